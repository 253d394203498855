"""Applications about an order that was made: to vary, renew or discharge it, and appeals."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from desist.partnership.applications.codes import Consent, Ground, Kind, Outcome, Side
from desist.partnership.orders.models import Order
from desist.references import reference


@pghistory.track()
class Application(models.Model):
    """One application or appeal, until it is decided; a granted change is then written down and served."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="applications")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    by = models.CharField(max_length=20, choices=Side.choices)
    ground = models.CharField(max_length=20, choices=Ground.choices, blank=True)
    filed_on = models.DateField()
    hearing_on = models.DateField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    decided_on = models.DateField(null=True)
    consents = ArrayField(models.CharField(max_length=20, choices=Consent.choices), default=list)
    lives_elsewhere = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    #: of a granted change: when the register held it as the court made it, and when it was served
    written_on = models.DateField(null=True)
    served_on = models.DateField(null=True)
    submission = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "partnership"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", decided_on=None) | (~Q(outcome="") & Q(decided_on__isnull=False)),
                name="a_decided_application_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None) | Q(decided_on__gte=F("filed_on")),
                name="decided_after_it_was_filed",
            ),
        ]
        indexes = [
            models.Index(fields=["hearing_on"], condition=Q(outcome=""), name="applications_before_court")
        ]
