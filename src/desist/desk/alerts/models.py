"""Alerts that came or went: each must be taken up by a person."""

import pghistory
from django.db import models
from django.db.models import Q

from desist import codes
from desist.desk.alerts.states import Way
from desist.facts import AREA, REF, SUBMISSION, Retention
from desist.post import locked
from desist.references import reference


@pghistory.track()
class Alert(models.Model):
    """Contact us now: an enumerated reason and a telephone number, nothing of what happened."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    way = models.CharField(
        max_length=4,
        choices=Way.choices,
        default=Way.IN,
        db_comment="Whether it came to this site or went from it",
    )
    case = models.CharField(
        max_length=12, db_comment="This site's own reference of the case, whose exclusions hold"
    )
    area = models.CharField(max_length=40, db_comment=AREA)
    partner = models.CharField(max_length=40, db_comment="The other site")
    thread = models.CharField(max_length=40, db_comment="Token shared with that site alone; never shown")
    reason = models.CharField(
        max_length=20, choices=codes.AlertReason.choices, db_comment="Coded reason, without content"
    )
    contact = models.CharField(max_length=120, blank=True, db_comment="Person and number to telephone")
    raised_at = models.DateTimeField(db_comment="When it was raised")
    received_at = models.DateTimeField(db_comment="When it was received, or written to go out")
    due_at = models.DateTimeField(db_comment="When a person must have taken it up")
    acknowledged_by = models.CharField(
        max_length=40,
        blank=True,
        db_comment="Account that took it up; the post, where a person at the partner's took it up",
    )
    acknowledged_at = models.DateTimeField(null=True, db_comment="When it was acknowledged")
    sealed_note = models.BinaryField(default=bytes, db_comment="What was done, locked with the site's key")
    escalated_at = models.DateTimeField(
        null=True, db_comment="When everyone on duty was asked to look, since nobody had taken it up"
    )

    class Meta:
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
        """The action on the alert; the table keeps it locked, since it is typed about a case."""
        return locked.unlock(place="alert.note", row=self.ref, sealed=self.sealed_note)

    @note.setter
    def note(self, words: str) -> None:
        self.sealed_note = locked.lock(place="alert.note", row=self.ref, text=words)


class Ring(models.Model):
    """One telephone call because nobody took an alert up in time: added, never changed."""

    retention_class = Retention.CASE
    alert = models.ForeignKey(
        Alert, on_delete=models.PROTECT, related_name="rings", db_comment="The alert that was rung about"
    )
    sealed_whom = models.BinaryField(
        default=bytes, db_comment="Person who was rung, locked with the site's key"
    )
    sealed_answer = models.BinaryField(
        default=bytes, db_comment="What they answered, locked with the site's key"
    )
    by = models.CharField(max_length=40, db_comment="Account that rang")
    at = models.DateTimeField(db_comment="When they were rung")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    @property
    def whom(self) -> str:
        """The person who was rung; the table keeps it locked."""
        return locked.unlock(place="ring.whom", row=self.submission, sealed=self.sealed_whom)

    @whom.setter
    def whom(self, words: str) -> None:
        self.sealed_whom = locked.lock(place="ring.whom", row=self.submission, text=words)

    @property
    def answer(self) -> str:
        """Their answer; the table keeps it locked."""
        return locked.unlock(place="ring.answer", row=self.submission, sealed=self.sealed_answer)

    @answer.setter
    def answer(self, words: str) -> None:
        self.sealed_answer = locked.lock(place="ring.answer", row=self.submission, text=words)
