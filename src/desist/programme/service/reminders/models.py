"""What a person chose about reminders, and each reminder that was sent."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import REF, VERSION, Retention
from desist.programme.episodes.models import Episode
from desist.programme.service.reminders.states import Channel, State, Words
from desist.references import reference


@pghistory.track()
class ReminderChoice(models.Model):
    """One person's choice; without a row, or once it is ended, nothing is ever sent to them."""

    retention_class = Retention.CASE
    episode = models.OneToOneField(
        Episode, on_delete=models.PROTECT, related_name="reminder_choice", db_comment="Episode of the person"
    )
    channel = models.CharField(
        max_length=8, choices=Channel.choices, db_comment="How reminders go to the person, coded"
    )
    address = models.CharField(
        max_length=120, db_comment="The person's own address for reminders; empty once the choice is ended"
    )
    words = models.CharField(
        max_length=12, choices=Words.choices, db_comment="Words that the person agreed to, coded"
    )
    alone = models.BooleanField(
        db_comment="Whether the person said that nobody else reads what comes to this address"
    )
    chosen_on = models.DateField(db_comment="Day on which the person chose it")
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    noted_by = models.CharField(max_length=40, db_comment="Account that recorded the choice")
    noted_at = models.DateTimeField(db_comment="When it was recorded")
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Account that ended it")
    ended_at = models.DateTimeField(null=True, db_comment="When it was ended; empty while it holds")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="", alone=True) & ~Q(address="")
                | Q(ended_at__isnull=False, address="") & ~Q(ended_by=""),
                name="reminders_go_where_nobody_else_reads_them",
            ),
        ]


class Reminder(models.Model):
    """One reminder of one meeting; kept before it is sent, so that no fault sends it twice.

    A text message that was not taken waits, and is decided anew before each try.
    """

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="reminders", db_comment="Episode of the person"
    )
    meeting = models.CharField(max_length=12, db_comment="Reference of the session or assessment")
    starts_at = models.DateTimeField(db_comment="When the meeting was to begin as the reminder was sent")
    channel = models.CharField(max_length=8, choices=Channel.choices, db_comment="How it went, coded")
    words = models.CharField(max_length=12, choices=Words.choices, db_comment="Which words it had, coded")
    state = models.CharField(max_length=8, choices=State.choices, db_comment="Sent, waiting, or not sent")
    sent_at = models.DateTimeField(db_comment="When it was sent; when it was decided, where it was not")
    tries = models.PositiveSmallIntegerField(
        default=0, db_default=0, db_comment="How often a text message was tried"
    )
    next_try_at = models.DateTimeField(null=True, db_comment="When a text message that waits is tried next")
    failure = models.CharField(
        max_length=60, blank=True, default="", db_default="", db_comment="Kind of the last failure, coded"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "starts_at"], name="a_meeting_is_reminded_of_once_at_its_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(next_try_at__isnull=False, channel="text"),
                name="a_text_that_waits_has_its_next_try",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="texts_waiting"),
        ]
