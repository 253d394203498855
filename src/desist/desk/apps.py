"""As a Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Installed in the zones where somebody is on duty."""

    name = "desist.desk"
    label = "desk"
