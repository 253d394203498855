"""The advocacy zone as a Django app: its slices share one app label, so migrations belong to the zone."""

from django.apps import AppConfig


class AdvocacyConfig(AppConfig):
    """Models are gathered in desist.advocacy.models."""

    name = "desist.advocacy"
    label = "advocacy"
