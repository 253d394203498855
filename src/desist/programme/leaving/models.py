"""Decisions that a person leaves, each with the record of telling."""

import pghistory
from django.db import models
from django.db.models import F, Q

from desist.facts import REF, SUBMISSION, Retention
from desist.programme.alerts.models import SentAlert
from desist.programme.episodes.models import Episode
from desist.programme.leaving.states import By, How, Phase, Reason, State
from desist.references import reference


@pghistory.track()
class Leaving(models.Model):
    """A decision that a person leaves. A deselection is held first; until then nobody outside the team is told."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode,
        on_delete=models.PROTECT,
        related_name="leavings",
        db_comment="Episode of the person who leaves",
    )
    state = models.CharField(
        max_length=20,
        choices=State.choices,
        db_comment="Held, ended, taken back, recorded by mistake, or followed by the person's return",
    )
    by = models.CharField(max_length=20, choices=By.choices, db_comment="Side that decided it, coded")
    reason = models.CharField(max_length=20, choices=Reason.choices, db_comment="Reason, coded")
    phase = models.CharField(
        max_length=20, choices=Phase.choices, db_comment="Phase that the person had reached, from the record"
    )
    note = models.TextField(blank=True, db_comment="What led to it; stays in the programme")
    contact = models.CharField(
        max_length=20, blank=True, db_comment="Telephone number that the alert carried"
    )
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    decided_by = models.CharField(max_length=40, db_comment="Account that decided it")
    decided_at = models.DateTimeField(db_comment="When it was decided")
    held_until = models.DateTimeField(
        null=True,
        db_comment="When the hold of a deselection ends; neither the person nor the referrer is told before",
    )
    ended_at = models.DateTimeField(null=True, db_comment="When this decision ended the episode")
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
    told_how = models.CharField(
        max_length=20, choices=How.choices, blank=True, db_comment="How the person was told"
    )
    told_at = models.DateTimeField(null=True, db_comment="When the person was told")
    told_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that recorded how the person was told"
    )
    taken_back_reason = models.TextField(
        blank=True, db_comment="Why the decision was taken back, or why the programme goes on after the end"
    )
    taken_back_by = models.CharField(max_length=40, blank=True, db_comment="Account that took it back")
    taken_back_at = models.DateTimeField(null=True, db_comment="When it was taken back")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode"], condition=Q(state__in=["held", "ended"]), name="a_person_leaves_once"
            ),
            models.CheckConstraint(
                condition=~Q(by="service") | Q(held_until__isnull=False, held_until__gt=F("decided_at")),
                name="a_deselection_is_held",
            ),
            models.CheckConstraint(
                condition=Q(held_until=None) | Q(ended_at=None) | Q(ended_at__gte=F("held_until")),
                name="nothing_ends_before_its_hold",
            ),
            models.CheckConstraint(
                condition=Q(told_at=None, told_how="", told_by="")
                | (
                    Q(state__in=["ended", "mistake", "came_back"], told_at__isnull=False)
                    & ~Q(told_how="")
                    & ~Q(told_by="")
                    & (Q(held_until=None) | Q(told_at__gte=F("held_until")))
                ),
                name="nobody_is_told_before_the_hold",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["held", "ended"])
                | (Q(taken_back_at__isnull=False) & ~Q(taken_back_by="") & ~Q(taken_back_reason="")),
                name="what_is_taken_back_says_who_and_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["ended", "mistake", "came_back"], ended_at__isnull=False)
                | Q(state__in=["held", "taken_back"], ended_at=None),
                name="an_ended_leaving_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["held_until"], condition=Q(state="held"), name="leavings_held")]


class ReasonChange(models.Model):
    """A change of the reason for a leaving. Written once, never changed."""

    retention_class = Retention.CASE
    leaving = models.ForeignKey(
        Leaving,
        on_delete=models.PROTECT,
        related_name="reason_changes",
        db_comment="Leaving whose reason was changed",
    )
    before = models.CharField(max_length=20, choices=Reason.choices, db_comment="Reason before, coded")
    after = models.CharField(max_length=20, choices=Reason.choices, db_comment="Reason after, coded")
    why = models.TextField(db_comment="Why it was changed; stays in the programme")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    made_by = models.CharField(max_length=40, db_comment="Account that changed it")
    made_at = models.DateTimeField(db_comment="When it was made")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="a_changed_reason_is_another"),
        ]
