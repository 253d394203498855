"""The calendar feeds as a Django app."""

from django.apps import AppConfig


class FeedsConfig(AppConfig):
    """Installed in the zones where staff have a calendar."""

    name = "desist.feeds"
    label = "feeds"
