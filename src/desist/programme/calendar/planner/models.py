"""Records of planning beside the sessions: answers about places, and every change with who asked and why."""

import pghistory
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import Q

from desist.facts import REF, Retention
from desist.programme.calendar.planner import states
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises.models import Premises, Room
from desist.programme.sessions.models import Session
from desist.references import reference


@pghistory.track()
class PlaceCheck(models.Model):
    """A check whether a place is, at that time, inside an area that an order excludes."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode,
        on_delete=models.PROTECT,
        related_name="place_checks",
        db_comment="Episode of the person whose sessions are held there",
    )
    premises = models.ForeignKey(
        Premises,
        null=True,
        on_delete=models.PROTECT,
        related_name="place_checks",
        db_comment="Building; empty for a place that is not on the list",
    )
    period = DateTimeRangeField(db_comment="Start of the first session checked, and end of the last")
    exclusions = ArrayField(models.TextField(), db_comment="What orders excluded, as the words read then")
    inside = models.BooleanField(db_comment="Whether the place is inside an excluded area at that time")
    reason = models.CharField(
        max_length=20,
        choices=states.Inside.choices,
        blank=True,
        db_comment="Why sessions are held there although it is inside, coded",
    )
    words = models.TextField(blank=True, db_comment="Who agreed to it, and when")
    said_by = models.CharField(max_length=40, db_comment="Account that said it")
    said_at = models.DateTimeField(db_comment="When it was said")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(inside=False, reason="", words="")
                | (Q(inside=True) & ~Q(reason="") & ~Q(words="")),
                name="a_place_inside_an_exclusion_has_its_reason",
            )
        ]


@pghistory.track()
class Move(models.Model):
    """One change of one session's plan. Moves of one decision share `decision`."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="moves", db_comment="Session that was moved"
    )
    kind = models.CharField(
        max_length=20,
        choices=states.Kind.choices,
        db_comment="Moved, cancelled, added, held at another time or entered afterwards",
    )
    scope = models.CharField(
        max_length=20,
        choices=states.Scope.choices,
        default=states.Scope.ONE,
        db_comment="This session, or this and all later ones",
    )
    decision = models.CharField(
        max_length=64,
        db_comment="Token of the form, shared by the moves decided together; a form sent twice acts once",
    )
    asked_by = models.CharField(
        max_length=20, choices=states.Asked.choices, db_comment="Side that asked for it, coded"
    )
    why = models.CharField(max_length=20, choices=states.Why.choices, db_comment="Reason, coded")
    words = models.TextField(blank=True, db_comment="Reason, in words")
    before = DateTimeRangeField(null=True, db_comment="Start and end before")
    after = DateTimeRangeField(null=True, db_comment="Start and end after")
    room_before = models.ForeignKey(
        Room, null=True, on_delete=models.PROTECT, related_name="+", db_comment="Room before; empty: remote"
    )
    room_after = models.ForeignKey(
        Room, null=True, on_delete=models.PROTECT, related_name="+", db_comment="Room after; empty: remote"
    )
    practitioner_before = models.ForeignKey(
        Practitioner, null=True, on_delete=models.PROTECT, related_name="+", db_comment="Practitioner before"
    )
    practitioner_after = models.ForeignKey(
        Practitioner, null=True, on_delete=models.PROTECT, related_name="+", db_comment="Practitioner after"
    )
    made_by = models.CharField(max_length=40, db_comment="Account that made the change")
    made_at = models.DateTimeField(db_comment="When the change was made")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "decision"], name="a_decision_moves_a_session_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["added", "entered"], before=None, after__isnull=False)
                | Q(kind="cancelled", before__isnull=False, after=None)
                | Q(kind__in=["moved", "held"], before__isnull=False, after__isnull=False),
                name="a_move_says_from_when_to_when",
            ),
            models.CheckConstraint(condition=~Q(why="other") | ~Q(words=""), name="another_reason_is_said"),
        ]
