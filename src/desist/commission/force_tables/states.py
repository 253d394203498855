"""What a published table counts."""

from django.db.models import TextChoices


class Counts(TextChoices):
    """The steps of a need sheet that a table can hold."""

    ADULTS = "adults", "People aged 16 and over"
    RECORDED = "recorded", "Stalking offences recorded by the police"
    CHARGED = "charged", "Stalking offences with a charge or summons"
    ORDERS = "orders", "Stalking Protection Orders granted"
