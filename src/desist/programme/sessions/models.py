"""The twelve sessions, planned and recorded."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from desist.programme.episodes.models import Episode
from desist.programme.team.models import Practitioner, Room
from desist.references import reference

#: sessions that hold their time: a moved or cancelled one does not
HOLDING = Q(state__in=["planned", "attended"])


@pghistory.track()
class Session(models.Model):
    """One meeting of practitioner and person, up to 150 minutes."""

    class State(models.TextChoices):
        """TRANSITIONS says what may follow what."""

        PLANNED = "planned", "Planned"
        ATTENDED = "attended", "Attended"
        MISSED = "missed", "Did not attend"
        CANCELLED = "cancelled", "Cancelled"

    class Kind(models.TextChoices):
        """What the meeting is for."""

        CORE = "core", "Session"
        CATCH_UP = "catch_up", "Catch-up session"
        PIVOT = "pivot", "Pivot session"

    class Risk(models.TextChoices):
        """What the risk check of every session ends in."""

        NOTHING = "nothing", "Nothing new"
        NOTE = "note", "Something to note"
        CONCERN = "concern", "A concern: somebody must be told"

    class Compliance(models.TextChoices):
        """Apart from attendance: being there is not the same as working."""

        WORKED = "worked", "Worked in the session"
        PARTLY = "partly", "Worked in part of it"
        DID_NOT = "did_not", "Was there and did not work"

    ref = models.CharField(max_length=12, unique=True, default=reference)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.CORE)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="sessions")
    room = models.ForeignKey(
        Room, null=True, on_delete=models.PROTECT, related_name="sessions"
    )  # none: remote
    period = DateTimeRangeField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.PLANNED)
    version = models.PositiveIntegerField(default=1)

    minutes_late = models.PositiveSmallIntegerField(null=True)
    missed_reason = models.CharField(max_length=40, blank=True)
    compliance = models.CharField(max_length=20, choices=Compliance.choices, blank=True)
    diary_review = models.TextField(blank=True)
    risk_check = models.CharField(max_length=20, choices=Risk.choices, blank=True)
    risk_note = models.TextField(blank=True)
    homework_review = models.TextField(blank=True)
    work_done = models.TextField(blank=True)
    homework_set = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=40, blank=True)
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        constraints = [
            ExclusionConstraint(
                name="a_practitioner_is_in_one_place",
                expressions=[("practitioner", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=HOLDING,
            ),
            ExclusionConstraint(
                name="a_room_holds_one_session",
                expressions=[("room", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=HOLDING,
            ),
            ExclusionConstraint(
                name="a_person_is_in_one_place",
                expressions=[("episode", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=HOLDING,
            ),
            models.UniqueConstraint(
                fields=["episode", "number"],
                condition=Q(kind="core") & ~Q(state__in=["cancelled", "missed"]),
                name="a_core_session_counts_once",
            ),
            models.CheckConstraint(
                condition=Q(recorded_by="", recorded_at=None)
                | (~Q(recorded_by="") & Q(recorded_at__isnull=False)),
                name="a_record_has_who_and_when",
            ),
        ]


TRANSITIONS: dict[Session.State, tuple[Session.State, ...]] = {
    Session.State.PLANNED: (Session.State.ATTENDED, Session.State.MISSED, Session.State.CANCELLED),
    Session.State.ATTENDED: (),
    Session.State.MISSED: (),
    Session.State.CANCELLED: (),
}
