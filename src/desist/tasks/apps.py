"""The tasks of staff as a Django app."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Installed in the zones where staff work with cases."""

    name = "desist.tasks"
    label = "tasks"
