"""The accounts slice as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Installed in every staff zone."""

    name = "desist.accounts"
    label = "accounts"
