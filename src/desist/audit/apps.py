"""The audit's pages as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Installed in every staff zone."""

    name = "desist.audit"
    label = "audit"
