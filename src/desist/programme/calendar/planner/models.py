"""What is kept of planning beside the sessions: answers about places, and every change with who asked and why."""

import pghistory
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import Q

from desist.programme.calendar.planner import states
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises.models import Premises, Room
from desist.programme.sessions.models import Session
from desist.references import reference


@pghistory.track()
class PlaceCheck(models.Model):
    """Somebody said whether a place, at a time, is inside what an order excludes; `exclusions` as they read then."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="place_checks")
    #: none: a place that is on no list
    premises = models.ForeignKey(Premises, null=True, on_delete=models.PROTECT, related_name="place_checks")
    period = DateTimeRangeField()  # from the first session that was asked about to the end of the last one
    exclusions = ArrayField(models.TextField())
    inside = models.BooleanField()
    reason = models.CharField(max_length=20, choices=states.Inside.choices, blank=True)
    words = models.TextField(blank=True)
    said_by = models.CharField(max_length=40)
    said_at = models.DateTimeField()

    class Meta:
        app_label = "programme"
        constraints = [
            models.CheckConstraint(
                condition=Q(inside=False, reason="", words="")
                | (Q(inside=True) & ~Q(reason="") & ~Q(words="")),
                name="a_place_inside_an_exclusion_has_its_reason",
            ),
        ]


@pghistory.track()
class Move(models.Model):
    """One change of one session's plan. Moves of one decision share `decision`."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=20, choices=states.Kind.choices)
    scope = models.CharField(max_length=20, choices=states.Scope.choices, default=states.Scope.ONE)
    decision = models.CharField(
        max_length=64
    )  # the form's own token, so that a double click changes nothing twice
    asked_by = models.CharField(max_length=20, choices=states.Asked.choices)
    why = models.CharField(max_length=20, choices=states.Why.choices)
    words = models.TextField(blank=True)
    before = DateTimeRangeField(null=True)
    after = DateTimeRangeField(null=True)
    room_before = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="+")
    room_after = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="+")
    practitioner_before = models.ForeignKey(
        Practitioner, null=True, on_delete=models.PROTECT, related_name="+"
    )
    practitioner_after = models.ForeignKey(
        Practitioner, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "programme"
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
