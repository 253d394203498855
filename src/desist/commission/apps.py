"""The commission zone as a Django app: its slices share one app label, so migrations belong to the zone."""

from django.apps import AppConfig


class CommissionConfig(AppConfig):
    """Models are gathered in desist.commission.models."""

    name = "desist.commission"
    label = "commission"
