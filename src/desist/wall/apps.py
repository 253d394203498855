"""The wall as a Django app."""

from django.apps import AppConfig


class WallConfig(AppConfig):
    """Installed in every staff zone."""

    name = "desist.wall"
    label = "wall"
