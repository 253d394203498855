"""The programme zone as a Django app: its slices share one app label, so migrations belong to the zone."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Models are gathered in desist.programme.models."""

    name = "desist.programme"
    label = "programme"
