"""What was put right in a finished record. What the record said before is in the session's own history."""

from django.db import models
from django.db.models import Q

from desist.programme.corrections.states import Reason
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import Attendance


class Correction(models.Model):
    """One change of a finished record. Written once, never changed."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="corrections")
    version = models.PositiveIntegerField()  # of the session, that it made
    before = models.CharField(
        max_length=20, choices=Attendance.choices
    )  # whether the person came, as it was said
    reason = models.CharField(max_length=20, choices=Reason.choices)
    #: where the risk check was put right to a concern: the one that was raised about it
    concern = models.ForeignKey("programme.Concern", null=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    submission = models.CharField(max_length=64)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(fields=["session", "submission"], name="a_correction_is_made_once"),
            models.CheckConstraint(
                condition=~Q(reason="other") | ~Q(words=""), name="another_reason_to_correct_is_said"
            ),
        ]
