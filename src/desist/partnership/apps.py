"""The partnership zone as a Django app: its slices share one app label, so migrations belong to the zone."""

from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    """Models are gathered in desist.partnership.models."""

    name = "desist.partnership"
    label = "partnership"
