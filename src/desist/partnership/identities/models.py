"""Decisions to tell a victim who an online stalker is: who decided, on which safety plan, and how it was told."""

import pghistory
from django.db import models
from django.db.models import F, Q

from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.partnership.identities.codes import Decision, How
from desist.references import reference


@pghistory.track()
class IdentityDecision(models.Model):
    """One decision about one crime. Neither the victim nor the identity itself is kept here."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    crime_reference = models.CharField(
        max_length=24, db_comment="The force's own crime reference; never a name or a locator"
    )
    decision = models.CharField(
        max_length=10,
        choices=Decision.choices,
        db_comment="Whether the victim is told who an online stalker is",
    )
    reason = models.TextField(db_comment="Reason for the decision")
    plan_on = models.DateField(null=True, db_comment="Day on which the safety plan was made or reviewed")
    plan_with = models.CharField(
        max_length=100, blank=True, db_comment="Function of the person with whom the plan was made"
    )
    decided_by = models.CharField(max_length=40, db_comment="Account that recorded the decision")
    decided_at = models.DateTimeField(db_comment="When the decision was recorded")
    told_on = models.DateField(null=True, db_comment="Day on which the victim was told")
    told_how = models.CharField(
        max_length=20, choices=How.choices, blank=True, db_comment="How the victim was told"
    )
    told_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that recorded that the victim was told"
    )
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
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
