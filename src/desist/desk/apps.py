"""The duty desk as a Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Installed in the zones that have staff on duty."""

    name = "desist.desk"
    label = "desk"
