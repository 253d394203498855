"""The post as a Django app."""

from django.apps import AppConfig


class PostConfig(AppConfig):
    """Installed in every staff zone."""

    name = "desist.post"
    label = "post"
