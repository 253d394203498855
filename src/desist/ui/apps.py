"""The page furniture as a Django app, so that its static files are found."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """No models, no views of its own but the error pages."""

    name = "desist.ui"
    label = "ui"
