"""The record of what a person was told, whether they take part, and what follows when they no longer do."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.programme.agreement.states import FollowUp, Given, How, State, WithdrawalReason
from desist.programme.alerts.models import SentAlert
from desist.programme.episodes.models import Episode
from desist.references import reference


@pghistory.track()
class NoticeWords(models.Model):
    """What the information notice says about the service; a change is a new row, so that what was given stays."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    controller = models.CharField(max_length=120, db_comment="Organisation that is the data controller")
    telephone = models.CharField(max_length=40, db_comment="Telephone number of the service")
    email = models.CharField(max_length=120, blank=True, db_comment="E-mail address of the service")
    complaints = models.TextField(db_comment="Where to complain, in the service's words")
    data_protection = models.TextField(db_comment="Contact for questions about data, in the service's words")
    lawful_basis = models.TextField(db_comment="Lawful basis, in the service's words")
    retention = models.TextField(db_comment="How long records are kept, in the service's words")
    reason = models.CharField(max_length=200, db_comment="Why the words were changed")
    made_by = models.CharField(max_length=40, db_comment="Account that made it")
    made_at = models.DateTimeField(db_comment="When the words were put into use")
    ended_at = models.DateTimeField(null=True, db_comment="When the words were replaced")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area"], condition=Q(ended_at=None), name="one_current_set_of_notice_words"
            ),
        ]


@pghistory.track()
class NoticeGiven(models.Model):
    """One giving of the information notice: which version, when, and how."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode,
        on_delete=models.PROTECT,
        related_name="notices",
        db_comment="Episode of the person who was told",
    )
    notice = models.CharField(max_length=20, db_comment="Version of the information notice")
    words = models.ForeignKey(
        NoticeWords,
        null=True,
        on_delete=models.PROTECT,
        related_name="given",
        db_comment="What the notice said about the service; empty where the service had set no words",
    )
    how = models.CharField(max_length=20, choices=How.choices, db_comment="How it was given")
    given_on = models.DateField(db_comment="Day on which it was given")
    understood = models.TextField(db_comment="What the person said they understood")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    given_by = models.CharField(max_length=40, db_comment="Account that gave it")
    recorded_at = models.DateTimeField(db_comment="When it was recorded")


@pghistory.track()
class Agreement(models.Model):
    """Whether a person takes part, by agreement or by requirement. Apart from the legal basis for data."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.OneToOneField(
        Episode, on_delete=models.PROTECT, related_name="agreement", db_comment="Episode of the person"
    )
    state = models.CharField(
        max_length=20, choices=State.choices, db_comment="Whether the person takes part, and on which basis"
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    notice = models.ForeignKey(
        NoticeGiven,
        on_delete=models.PROTECT,
        related_name="agreements",
        db_comment="Notice that the person was given before",
    )
    given = models.CharField(
        max_length=20, choices=Given.choices, blank=True, db_comment="How the answer was given"
    )
    requirement = models.CharField(
        max_length=200,
        blank=True,
        db_comment="Order, licence or sentence that requires it, in words; empty where the person agreed",
    )
    note = models.TextField(blank=True, db_comment="What was said")
    answered_on = models.DateField(db_comment="The day of the answer")
    answered_by = models.CharField(max_length=40, db_comment="Account that recorded it")
    withdrawal_reason = models.CharField(
        max_length=20,
        choices=WithdrawalReason.choices,
        blank=True,
        db_comment="Why the person withdrew, coded",
    )
    withdrawal_note = models.TextField(blank=True, db_comment="What the person said about withdrawing")
    withdrawn_by = models.CharField(max_length=40, blank=True, db_comment="Account that recorded it")
    withdrawn_at = models.DateTimeField(null=True, db_comment="When it was withdrawn")
    alert = models.ForeignKey(
        SentAlert,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment="Alert that went out; empty where none did",
    )
    #: as the alert says; for the version before
    acknowledged_at = models.DateTimeField(
        null=True, db_comment="When a person on the other side took the alert up"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="withdrawn")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="") & ~Q(withdrawal_reason="")),
                name="a_withdrawal_says_who_when_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="required") | ~Q(requirement=""), name="a_requirement_is_named"
            ),
        ]


@pghistory.track()
class FollowUpTask(models.Model):
    """One task after a withdrawal."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="follow_ups", db_comment="Episode of the person"
    )
    kind = models.CharField(
        max_length=20, choices=FollowUp.choices, db_comment="What must be done after a withdrawal, coded"
    )
    due_on = models.DateField(db_comment="Day by which it must be done")
    made_at = models.DateTimeField(db_comment="When the task arose")
    note = models.TextField(blank=True, db_comment="What was done")
    done_by = models.CharField(max_length=40, blank=True, db_comment="Account that did it")
    done_at = models.DateTimeField(null=True, db_comment="When it was done")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, done_by="") | (Q(done_at__isnull=False) & ~Q(done_by="")),
                name="a_done_follow_up_says_who",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(done_at=None), name="follow_ups_open"),
        ]
