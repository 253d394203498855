"""How and when a client can be reached safely, what was tried, and what waits to be sent."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from desist.advocacy.contacts.states import Channel, MessageState, Outcome, StopReason
from desist.advocacy.vault.models import Locator
from desist.advocacy.victims.models import Victim
from desist.references import reference


@pghistory.track()
class Arrangement(models.Model):
    """What was agreed with a client about contacting them. The words are locked with the client's key."""

    victim = models.OneToOneField(Victim, on_delete=models.PROTECT, related_name="arrangement")
    version = models.PositiveIntegerField(default=0)  # of the words
    words = models.BinaryField()
    not_safe_since = models.DateTimeField(null=True)
    not_safe_by = models.CharField(max_length=40, blank=True)
    next_on = models.DateField(null=True)  # when to contact them next
    changed_by = models.CharField(max_length=40)
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "advocacy"
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

    ref = models.CharField(max_length=12, unique=True, default=reference)
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="safe_times")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    days = ArrayField(models.PositiveSmallIntegerField())
    start = models.TimeField()
    end = models.TimeField()
    added_by = models.CharField(max_length=40)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "advocacy"
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="a_safe_time_ends_after_it_starts")
        ]


@pghistory.track()
class Attempt(models.Model):
    """One try to reach a client; without an outcome while it is under way."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="attempts")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    began_at = models.DateTimeField()
    by = models.CharField(max_length=40)
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True)
    note = models.BinaryField(null=True)  # locked
    submission = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "advocacy"
        indexes = [models.Index(fields=["victim", "began_at"], name="attempts_of_a_victim")]


@pghistory.track()
class Message(models.Model):
    """An e-mail with fixed, neutral words that waits for a safe time, and is checked again when it is sent."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="messages")
    locator = models.ForeignKey(Locator, on_delete=models.PROTECT, related_name="messages")
    state = models.CharField(max_length=8, choices=MessageState.choices, default=MessageState.QUEUED)
    stop_reason = models.CharField(max_length=12, choices=StopReason.choices, blank=True)
    queued_by = models.CharField(max_length=40)
    queued_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)  # when somebody was told that it was stopped
    submission = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "advocacy"
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="stopped") & ~Q(stop_reason=""))
                | (~Q(state="stopped") & Q(stop_reason="")),
                name="a_stopped_message_has_its_reason",
            )
        ]
        indexes = [models.Index(fields=["queued_at"], condition=Q(state="queued"), name="messages_waiting")]
