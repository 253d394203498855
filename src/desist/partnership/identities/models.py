"""Decisions to tell a victim who an online stalker is: who decided, on which safety plan, and how it was told."""

import pghistory
from django.db import models
from django.db.models import F, Q

from desist.partnership.identities.codes import Decision, How
from desist.references import reference


@pghistory.track()
class IdentityDecision(models.Model):
    """One decision about one crime. Neither the victim nor the identity itself is kept here."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    area = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    crime_reference = models.CharField(max_length=24)
    decision = models.CharField(max_length=10, choices=Decision.choices)
    reason = models.TextField()
    plan_on = models.DateField(null=True)  # when the safety plan was made or looked at again
    plan_with = models.CharField(max_length=100, blank=True)
    decided_by = models.CharField(max_length=40)
    decided_at = models.DateTimeField()
    told_on = models.DateField(null=True)
    told_how = models.CharField(max_length=20, choices=How.choices, blank=True)
    told_by = models.CharField(max_length=40, blank=True)
    submission = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "partnership"
        constraints = [
            models.CheckConstraint(
                condition=~Q(decision=Decision.TELL) | (Q(plan_on__isnull=False) & ~Q(plan_with="")),
                name="nobody_is_told_before_a_safety_plan",
            ),
            models.CheckConstraint(
                condition=Q(told_on=None, told_how="", told_by="")
                | (Q(decision=Decision.TELL, told_on__gte=F("plan_on")) & ~Q(told_how="") & ~Q(told_by="")),
                name="told_after_the_plan_and_as_decided",
            ),
        ]
        indexes = [models.Index(fields=["area", "decided_at"], name="identity_decisions_by_area")]
