"""What advocates must know around a client: risks to staff, needs, self-harm. The words are locked with the client's own key."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.advocacy.victims.models import Victim
from desist.circumstances.states import Kind, Over
from desist.facts import REF, SUBMISSION, Retention
from desist.references import reference


@pghistory.track()
class Circumstance(models.Model):
    """A risk to staff from a client's household or visitors, or a need; in force until ended. A review adds the next."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="circumstances", db_comment="Client whom it is about"
    )
    kind = models.CharField(
        max_length=20, choices=Kind.choices, db_comment="Kind of risk to staff or of need, coded"
    )
    words = models.BinaryField(db_comment="What colleagues must know, and who said it; locked")
    since = models.DateField(null=True, db_comment="Day since which it holds, if known")
    review_on = models.DateField(db_comment="Day by which it must be reviewed")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    noted_by = models.CharField(max_length=40, db_comment="Account that noted it")
    noted_at = models.DateTimeField(db_comment="When it was noted")
    over = models.CharField(
        max_length=20, choices=Over.choices, blank=True, db_comment="Why it is no longer in force, coded"
    )
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Account that reviewed or ended it")
    ended_at = models.DateTimeField(null=True, db_comment="When it was reviewed or ended")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(over="", ended_by="", ended_at=None)
                | (~Q(over="") & ~Q(ended_by="") & Q(ended_at__isnull=False)),
                name="an_ended_circumstance_of_a_client_says_why",
            )
        ]
        indexes = [
            models.Index(fields=["review_on"], condition=Q(over=""), name="client_circumstances_to_review")
        ]


class SelfHarm(models.Model):
    """What is known of a client's self-harm and the plan for a crisis, as saved once; the newest counts."""

    retention_class = Retention.CASE
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="self_harm", db_comment="Client whom it is about"
    )
    number = models.PositiveIntegerField(db_comment="Number of the version")
    words = models.BinaryField(db_comment="What is known, and the crisis plan; locked")
    review_on = models.DateField(db_comment="Day by which it must be reviewed")
    saved_by = models.CharField(max_length=40, db_comment="Account that saved it")
    saved_at = models.DateTimeField(db_comment="When it was saved")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["victim", "number"], name="self_harm_of_a_client_by_version")
        ]
