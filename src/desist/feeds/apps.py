"""As a Django app."""

from django.apps import AppConfig


class FeedsConfig(AppConfig):
    """Installed in the zones where somebody has a calendar."""

    name = "desist.feeds"
    label = "feeds"
