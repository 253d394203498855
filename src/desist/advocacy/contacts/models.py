"""How and when an advocate can reach a client safely, the attempts, and the messages that wait."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from desist.advocacy.contacts.states import Channel, MessageState, Outcome, StopReason
from desist.advocacy.vault.models import Locator
from desist.advocacy.victims.models import Victim
from desist.facts import REF, SUBMISSION, Retention
from desist.references import reference


@pghistory.track()
class Arrangement(models.Model):
    """What was agreed with a client about contacting them. The words are locked with the client's key."""

    retention_class = Retention.CASE
    victim = models.OneToOneField(
        Victim, on_delete=models.PROTECT, related_name="arrangement", db_comment="Client whom it is about"
    )
    version = models.PositiveIntegerField(
        default=0, db_comment="Counts changes of the words, so that a stale page is noticed"
    )
    words = models.BinaryField(db_comment="What to say, who may be spoken with, and the code word; locked")
    not_safe_since = models.DateTimeField(null=True, db_comment="When contact stopped being safe")
    not_safe_by = models.CharField(max_length=40, blank=True, db_comment="Account that recorded that")
    next_on = models.DateField(null=True, db_comment="Day of the next contact")
    changed_by = models.CharField(max_length=40, db_comment="Account that changed it last")
    changed_at = models.DateTimeField(db_comment="When it was changed last")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(not_safe_since=None, not_safe_by="")
                | (Q(not_safe_since__isnull=False) & ~Q(not_safe_by="")),
                name="not_safe_has_since_when_and_by_whom",
            )
        ]


@pghistory.track()
class SafeTime(models.Model):
    """Hours of the week in which one way of contact is safe."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="safe_times", db_comment="Client whom it is about"
    )
    channel = models.CharField(max_length=8, choices=Channel.choices, db_comment="Way of contact")
    days = ArrayField(models.PositiveSmallIntegerField(), db_comment="Days of the week")
    start = models.TimeField(db_comment="Time from which it is safe")
    end = models.TimeField(db_comment="Time until which it is safe")
    added_by = models.CharField(max_length=40, db_comment="Account that added it")
    added_at = models.DateTimeField(db_comment="When it was added")
    ended_at = models.DateTimeField(null=True, db_comment="When it stopped being safe")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="a_safe_time_ends_after_it_starts")
        ]


@pghistory.track()
class Attempt(models.Model):
    """One try to reach a client; without an outcome while it is under way."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim,
        on_delete=models.PROTECT,
        related_name="attempts",
        db_comment="Client whom it was meant to reach",
    )
    channel = models.CharField(max_length=8, choices=Channel.choices, db_comment="Way of contact")
    began_at = models.DateTimeField(db_comment="When it began")
    by = models.CharField(max_length=40, db_comment="Account that tried")
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True, db_comment="Result, coded")
    note = models.BinaryField(null=True, db_comment="Note on the attempt; locked")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        indexes = [models.Index(fields=["victim", "began_at"], name="attempts_of_a_victim")]


@pghistory.track()
class Message(models.Model):
    """An e-mail with fixed, neutral words that waits for a safe time, and is checked again when it is sent."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="messages", db_comment="Client whom it is sent to"
    )
    locator = models.ForeignKey(
        Locator, on_delete=models.PROTECT, related_name="messages", db_comment="E-mail address in the vault"
    )
    state = models.CharField(
        max_length=8,
        choices=MessageState.choices,
        default=MessageState.QUEUED,
        db_comment="Waiting, sent or stopped",
    )
    stop_reason = models.CharField(
        max_length=12, choices=StopReason.choices, blank=True, db_comment="Why it was not sent, coded"
    )
    queued_by = models.CharField(max_length=40, db_comment="Account that queued it")
    queued_at = models.DateTimeField(db_comment="When it was queued")
    done_at = models.DateTimeField(null=True, db_comment="When it was sent or stopped")
    seen_at = models.DateTimeField(null=True, db_comment="When a person saw that it was stopped")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="stopped") & ~Q(stop_reason=""))
                | (~Q(state="stopped") & Q(stop_reason="")),
                name="a_stopped_message_has_its_reason",
            )
        ]
        indexes = [models.Index(fields=["queued_at"], condition=Q(state="queued"), name="messages_waiting")]
