"""The twelve sessions, planned and recorded."""

from datetime import datetime

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from desist.programme import clocks
from desist.programme.apart import apart
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises.models import Room
from desist.programme.sessions import states
from desist.references import reference

#: sessions that hold their time: a missed or cancelled one does not
HOLDING = Q(state__in=["planned", "attended"])
#: entered after it was held, never having been planned here
ENTERED = Q(moves__kind="entered")
#: entered, and the days for the contact after it were over when the person was accepted here: nobody here was to ask
BEFOREHAND = ENTERED & Q(period__startswith__lt=F("episode__opened_at") - clocks.FOLLOW_UP_MOST)
#: missed here, and nobody has spoken with the person since: a message that was left reaches nobody
UNCONTACTED = Q(state="missed", follow_up__in=states.UNREACHED) & ~BEFOREHAND


@pghistory.track()
class Session(models.Model):
    """One meeting of practitioner and person, up to 150 minutes."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=states.Kind.choices, default=states.Kind.CORE)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="sessions")
    # who else is there: a second member of staff, others in words, or nobody although the referral asks for somebody
    second = models.ForeignKey(
        Practitioner, null=True, on_delete=models.PROTECT, related_name="second_sessions"
    )
    others = models.CharField(max_length=120, blank=True)
    alone = models.BooleanField(default=False)
    room = models.ForeignKey(
        Room, null=True, on_delete=models.PROTECT, related_name="sessions"
    )  # none: remote
    period = DateTimeRangeField()
    state = models.CharField(max_length=20, choices=states.State.choices, default=states.State.PLANNED)
    version = models.PositiveIntegerField(default=1)

    # what was planned, copied from the curriculum: no later version changes it
    curriculum = models.PositiveSmallIntegerField(
        null=True
    )  # the version's number; 0: as it comes with Desist
    module = models.CharField(max_length=80, blank=True)
    about = models.CharField(max_length=120, blank=True)
    skills = ArrayField(models.CharField(max_length=40), default=list)
    measures = ArrayField(models.CharField(max_length=40), default=list)

    # the record: saved while it is written; the state follows only when it is finished
    attendance = models.CharField(max_length=20, choices=states.Attendance.choices, blank=True)
    minutes_late = models.PositiveSmallIntegerField(null=True)
    ended = models.CharField(max_length=20, choices=states.Ended.choices, blank=True)  # "": as planned
    minutes_held = models.PositiveSmallIntegerField(null=True)  # where it ended early
    missed_reason = models.CharField(max_length=40, choices=states.MissedReason.choices, blank=True)
    whose_reason = models.CharField(max_length=20, choices=states.Whose.choices, blank=True)
    compliance = models.CharField(max_length=20, choices=states.Compliance.choices, blank=True)
    agenda = models.TextField(blank=True)  # in the practitioner's words: shown on the shared screen
    diary_review = models.TextField(blank=True)
    risk_check = models.CharField(max_length=20, choices=states.Risk.choices, blank=True)
    risk_note = models.TextField(blank=True)
    homework_done = models.CharField(max_length=20, choices=states.Homework.choices, blank=True)
    homework_review = models.TextField(blank=True)
    work_done = models.TextField(blank=True)
    skill = models.CharField(max_length=40, blank=True)  # a key of the skills' catalogue
    homework_set = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    debrief_wanted = models.BooleanField(default=False)  # by the practitioner, for themselves
    saved_by = models.CharField(max_length=40, blank=True)
    saved_at = models.DateTimeField(null=True)
    recorded_by = models.CharField(max_length=40, blank=True)
    recorded_at = models.DateTimeField(null=True)

    # after a missed session somebody asks how the person is, as often as it takes: the last attempt, and how many
    follow_up = models.CharField(max_length=20, choices=states.FollowUp.choices, blank=True)
    follow_up_note = models.TextField(blank=True)
    tried_on = models.DateField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    followed_up_by = models.CharField(max_length=40, blank=True)
    followed_up_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        # Looked at when a statement ends, so that one statement can move many sessions past each other.
        constraints = [
            ExclusionConstraint(
                name="a_practitioner_is_in_one_place",
                expressions=[("practitioner", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=HOLDING,
                deferrable=models.Deferrable.IMMEDIATE,
            ),
            ExclusionConstraint(
                name="a_room_holds_one_session",
                expressions=[("room", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=HOLDING,
                deferrable=models.Deferrable.IMMEDIATE,
            ),
            ExclusionConstraint(
                name="a_person_is_in_one_place",
                expressions=[("episode", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=HOLDING,
                deferrable=models.Deferrable.IMMEDIATE,
            ),
            models.UniqueConstraint(
                fields=["episode", "number"],
                condition=Q(kind="core") & ~Q(state__in=["cancelled", "missed"]),
                name="a_core_session_counts_once",
            ),
            models.CheckConstraint(
                condition=Q(second=None) | ~Q(second=F("practitioner")), name="nobody_is_in_a_session_twice"
            ),
            models.CheckConstraint(
                condition=Q(alone=False) | Q(second=None, others=""), name="alone_in_a_session_is_alone"
            ),
            models.CheckConstraint(
                condition=Q(recorded_by="", recorded_at=None)
                | (~Q(recorded_by="") & Q(recorded_at__isnull=False)),
                name="a_record_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["attended", "missed"]) | Q(recorded_at__isnull=False),
                name="a_held_or_missed_session_is_recorded",
            ),
            models.CheckConstraint(
                # the others where the record was put right afterwards: what was noted meanwhile stays
                condition=Q(followed_up_at=None) | Q(state__in=["missed", "attended", "cancelled"]),
                name="only_a_finished_session_is_followed_up",
            ),
            models.CheckConstraint(
                condition=Q(followed_up_at=None, tried_on=None, follow_up="", attempts=0)
                | (
                    Q(followed_up_at__isnull=False, tried_on__isnull=False, attempts__gt=0) & ~Q(follow_up="")
                ),
                name="a_contact_has_its_day_and_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state="missed") | ~Q(missed_reason=""), name="a_missed_session_has_its_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="attended", ended__in=["person", "service"])
                | Q(minutes_held__isnull=False),
                name="an_early_end_has_its_minutes",
            ),
        ]
        triggers = [
            apart(
                own="programme_session",
                other="programme_assessment",
                holding="NEW.state IN ('planned', 'attended')",
                own_holding="s.state IN ('planned', 'attended')",
                other_holding="o.state <> 'cancelled'",
            )
        ]

    @property
    def entered_at(self) -> datetime | None:
        """When it was entered, after it was held and never having been planned here."""
        return next((one.made_at for one in self.moves.all() if one.kind == "entered"), None)

    @property
    def entered(self) -> bool:
        """Whether it was entered after it was held, never having been planned here."""
        return self.entered_at is not None

    @property
    def may_be_a_mistake(self) -> bool:
        """Whether somebody said afterwards when it was held, and nobody wrote yet whether the person came."""
        unwritten = self.state == states.State.PLANNED and not self.attendance
        return unwritten and any(one.kind in {"entered", "held"} for one in self.moves.all())

    @property
    def beforehand(self) -> bool:
        """The same as BEFOREHAND says, of one session."""
        return self.period.lower < self.episode.opened_at - clocks.FOLLOW_UP_MOST and self.entered

    @property
    def cut_short(self) -> tuple[int, int] | None:
        """Where it ended early: how many minutes were held, of how many."""
        if self.ended not in states.EARLY or self.minutes_held is None:
            return None
        return self.minutes_held, int((self.period.upper - self.period.lower).total_seconds() // 60)


@pghistory.track()
class SessionFeedback(models.Model):
    """What a participant said of a session: 1 (not at all) to 4 (fully), once."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="feedback")
    said = models.PositiveSmallIntegerField()
    understood = models.PositiveSmallIntegerField()
    pace = models.PositiveSmallIntegerField()
    clear = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField()
    screen_of = models.CharField(max_length=40)  # on whose screen it was answered

    class Meta:
        app_label = "programme"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    said__range=(1, 4), understood__range=(1, 4), pace__range=(1, 4), clear__range=(1, 4)
                ),
                name="feedback_is_1_to_4",
            )
        ]
