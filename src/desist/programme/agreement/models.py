"""What a person was told, whether they take part, and what follows when they no longer do."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.programme.agreement.states import FollowUp, Given, How, State, WithdrawalReason
from desist.programme.episodes.models import Episode
from desist.references import reference


@pghistory.track()
class NoticeWords(models.Model):
    """What the notice says of the service, from when until when; a change is a new row, so that what was given stays."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    area = models.CharField(max_length=40)
    controller = models.CharField(max_length=120)
    telephone = models.CharField(max_length=40)
    email = models.CharField(max_length=120, blank=True)
    complaints = models.TextField()
    data_protection = models.TextField()
    lawful_basis = models.TextField()
    retention = models.TextField()
    reason = models.CharField(max_length=200)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(
                fields=["area"], condition=Q(ended_at=None), name="one_current_set_of_notice_words"
            ),
        ]


@pghistory.track()
class NoticeGiven(models.Model):
    """One giving of the information notice: which version, when, and how."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="notices")
    notice = models.CharField(max_length=20)  # its version
    #: what it said of the service; none where nobody had set it
    words = models.ForeignKey(NoticeWords, null=True, on_delete=models.PROTECT, related_name="given")
    how = models.CharField(max_length=20, choices=How.choices)
    given_on = models.DateField()
    understood = models.TextField()
    submission = models.CharField(max_length=64, unique=True)
    given_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()

    class Meta:
        app_label = "programme"


@pghistory.track()
class Agreement(models.Model):
    """Whether a person takes part, by agreement or by requirement. Apart from the legal basis for data."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="agreement")
    state = models.CharField(max_length=20, choices=State.choices)
    version = models.PositiveIntegerField(default=1)
    notice = models.ForeignKey(NoticeGiven, on_delete=models.PROTECT, related_name="agreements")
    given = models.CharField(max_length=20, choices=Given.choices, blank=True)
    #: the order, licence or sentence that requires it, in words; empty where the person agreed
    requirement = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    answered_on = models.DateField()
    answered_by = models.CharField(max_length=40)
    withdrawal_reason = models.CharField(max_length=20, choices=WithdrawalReason.choices, blank=True)
    withdrawal_note = models.TextField(blank=True)
    withdrawn_by = models.CharField(max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)  # the alert, by a person on the other side

    class Meta:
        app_label = "programme"
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
    """One thing that somebody has to do after a withdrawal."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="follow_ups")
    kind = models.CharField(max_length=20, choices=FollowUp.choices)
    due_on = models.DateField()
    made_at = models.DateTimeField()
    note = models.TextField(blank=True)
    done_by = models.CharField(max_length=40, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, done_by="") | (Q(done_at__isnull=False) & ~Q(done_by="")),
                name="a_done_follow_up_says_who",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(done_at=None), name="follow_ups_open"),
        ]
