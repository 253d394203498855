"""What was put right in a finished record. What the record said before is in the session's own history."""

from django.db import models
from django.db.models import Q

from desist.facts import SUBMISSION, Retention
from desist.programme.corrections.states import Reason
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import Attendance


class Correction(models.Model):
    """One change of a finished record. Written once, never changed."""

    retention_class = Retention.CASE
    session = models.ForeignKey(
        Session,
        on_delete=models.PROTECT,
        related_name="corrections",
        db_comment="Session whose record was put right",
    )
    version = models.PositiveIntegerField(db_comment="Version of the session that the correction made")
    before = models.CharField(
        max_length=20, choices=Attendance.choices, db_comment="Attendance as the record said it before"
    )
    reason = models.CharField(max_length=20, choices=Reason.choices, db_comment="Reason, coded")
    concern = models.ForeignKey(
        "programme.Concern",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment="Concern that was raised, where the risk check was changed to one",
    )
    words = models.TextField(blank=True, db_comment="Reason, in words")
    submission = models.CharField(max_length=64, db_comment=SUBMISSION)
    made_by = models.CharField(max_length=40, db_comment="Account that put it right")
    made_at = models.DateTimeField(db_comment="When the record was put right")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "submission"], name="a_correction_is_made_once"),
            models.CheckConstraint(
                condition=~Q(reason="other") | ~Q(words=""), name="another_reason_to_correct_is_said"
            ),
        ]
