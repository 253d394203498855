"""The page furniture as a Django app, so that its static files are found."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The app has no models, and no views but the error pages."""

    name = "desist.ui"
    label = "ui"
