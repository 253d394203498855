"""Alerts that came or went: each must be taken up by a person."""

import pghistory
from django.db import models
from django.db.models import Q

from desist import codes
from desist.desk.alerts.states import Way
from desist.post import locked
from desist.references import reference


@pghistory.track()
class Alert(models.Model):
    """Contact us now: an enumerated reason and a telephone number, nothing of what happened."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    way = models.CharField(max_length=4, choices=Way.choices, default=Way.IN)
    case = models.CharField(max_length=12)  # this site's own reference: its exclusions hold
    area = models.CharField(max_length=40)
    partner = models.CharField(max_length=40)
    thread = models.CharField(max_length=40)
    reason = models.CharField(max_length=20, choices=codes.AlertReason.choices)
    contact = models.CharField(max_length=120, blank=True)
    raised_at = models.DateTimeField()
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    acknowledged_by = models.CharField(max_length=40, blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    sealed_note = models.BinaryField(default=bytes)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "desk"
        constraints = [
            models.CheckConstraint(
                condition=Q(acknowledged_by="", acknowledged_at=None)
                | (~Q(acknowledged_by="") & Q(acknowledged_at__isnull=False)),
                name="an_acknowledgement_has_who_and_when",
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(acknowledged_at=None), name="alerts_waiting"),
            models.Index(fields=["thread", "raised_at"], name="alerts_of_a_thread"),
        ]

    @property
    def note(self) -> str:
        """What was done; locked where it is kept, since it is typed about a case."""
        return locked.unlock(place="alert.note", row=self.ref, sealed=self.sealed_note)

    @note.setter
    def note(self, words: str) -> None:
        self.sealed_note = locked.lock(place="alert.note", row=self.ref, text=words)


class Ring(models.Model):
    """One telephone call because nobody took an alert up in time: added, never changed."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="rings")
    sealed_whom = models.BinaryField(default=bytes)
    sealed_answer = models.BinaryField(default=bytes)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    submission = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "desk"

    @property
    def whom(self) -> str:
        """Who was rung; locked where it is kept."""
        return locked.unlock(place="ring.whom", row=self.submission, sealed=self.sealed_whom)

    @whom.setter
    def whom(self, words: str) -> None:
        self.sealed_whom = locked.lock(place="ring.whom", row=self.submission, text=words)

    @property
    def answer(self) -> str:
        """What they answered; locked where it is kept."""
        return locked.unlock(place="ring.answer", row=self.submission, sealed=self.sealed_answer)

    @answer.setter
    def answer(self, words: str) -> None:
        self.sealed_answer = locked.lock(place="ring.answer", row=self.submission, text=words)
