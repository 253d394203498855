"""The twelve sessions, planned and recorded."""

from datetime import datetime

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from desist.facts import REF, VERSION, Retention
from desist.programme import clocks
from desist.programme.apart import apart
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises.models import Room
from desist.programme.sessions import states
from desist.references import reference

#: sessions that hold their time: a missed or cancelled one does not
HOLDING = Q(state__in=["planned", "attended"])
#: sessions of the course: motivational ones come before it, and say nothing of how far it is
OF_THE_COURSE = ~Q(kind=states.Kind.MOTIVATIONAL)
#: entered after the session, never planned here
ENTERED = Q(moves__kind="entered")
#: entered, and the days for the contact after it were over when the person was accepted here: no contact was due
BEFOREHAND = ENTERED & Q(period__startswith__lt=F("episode__opened_at") - clocks.FOLLOW_UP_MOST)


@pghistory.track()
class Session(models.Model):
    """One meeting of practitioner and person, up to 150 minutes."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="sessions", db_comment="Episode of the person"
    )
    number = models.PositiveSmallIntegerField(db_comment="Number of the session: every kind counts from 1")
    kind = models.CharField(
        max_length=20,
        choices=states.Kind.choices,
        default=states.Kind.CORE,
        db_comment="Core session, catch-up, pivot or motivational session",
    )
    practitioner = models.ForeignKey(
        Practitioner,
        on_delete=models.PROTECT,
        related_name="sessions",
        db_comment="Practitioner who holds it",
    )
    # who else is there: a second member of staff, others in words, or `alone` although the referral asks for company
    second = models.ForeignKey(
        Practitioner,
        null=True,
        on_delete=models.PROTECT,
        related_name="second_sessions",
        db_comment="Second member of staff who is there",
    )
    others = models.CharField(max_length=120, blank=True, db_comment="Other people who are there, in words")
    alone = models.BooleanField(
        default=False,
        db_comment="Whether nobody else is there although the referral asks for a second person",
    )
    room = models.ForeignKey(
        Room, null=True, on_delete=models.PROTECT, related_name="sessions", db_comment="Room; empty: remote"
    )
    period = DateTimeRangeField(db_comment="Planned start and end")
    state = models.CharField(
        max_length=20,
        choices=states.State.choices,
        default=states.State.PLANNED,
        db_comment="Planned, attended, missed or cancelled",
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)

    # what was planned, copied from the curriculum: no later version changes it
    curriculum = models.PositiveSmallIntegerField(
        null=True,
        db_comment="Version of the curriculum it was planned with; 0 is the one that comes with Desist",
    )
    module = models.CharField(
        max_length=80, blank=True, db_comment="Module of the curriculum, copied when it was planned"
    )
    about = models.CharField(
        max_length=120, blank=True, db_comment="Subject of the session, copied when it was planned"
    )
    skills = ArrayField(
        models.CharField(max_length=40),
        default=list,
        db_comment="Keys of the skills that it was planned to need",
    )
    measures = ArrayField(
        models.CharField(max_length=40),
        default=list,
        db_comment="Names of the instruments that it was planned to take",
    )

    # the record: saved while it is written; the state follows only when it is finished
    attendance = models.CharField(
        max_length=20,
        choices=states.Attendance.choices,
        blank=True,
        db_comment="Whether the person came, as noted so far",
    )
    minutes_late = models.PositiveSmallIntegerField(
        null=True, db_comment="Minutes by which the person was late"
    )
    ended = models.CharField(
        max_length=20,
        choices=states.Ended.choices,
        blank=True,
        db_comment="How it ended: early and by whose decision; empty: as planned",
    )
    minutes_held = models.PositiveSmallIntegerField(
        null=True, db_comment="Minutes that were held, where it ended early"
    )
    missed_reason = models.CharField(
        max_length=40, choices=states.MissedReason.choices, blank=True, db_comment="Why it was missed, coded"
    )
    whose_reason = models.CharField(
        max_length=20,
        choices=states.Whose.choices,
        blank=True,
        db_comment="Whether the reason for being late or absent lay with the person or the service",
    )
    compliance = models.CharField(
        max_length=20,
        choices=states.Compliance.choices,
        blank=True,
        db_comment="Whether the person took part in the work, apart from being there",
    )
    agenda = models.TextField(
        blank=True,
        db_comment="What was to be talked about, in the practitioner's words; shown on the shared screen",
    )
    diary_review = models.TextField(blank=True, db_comment="What the diary showed")
    risk_check = models.CharField(
        max_length=20, choices=states.Risk.choices, blank=True, db_comment="Result of the risk check, coded"
    )
    risk_note = models.TextField(blank=True, db_comment="Note on the risk check")
    homework_done = models.CharField(
        max_length=20,
        choices=states.Homework.choices,
        blank=True,
        db_comment="Whether the homework was done, coded",
    )
    homework_review = models.TextField(blank=True, db_comment="How the homework went")
    work_done = models.TextField(blank=True, db_comment="What was worked on")
    skill = models.CharField(
        max_length=40, blank=True, db_comment="Skill that was worked on, a key of the catalogue"
    )
    method = models.CharField(
        max_length=12,
        choices=states.Method.choices,
        blank=True,
        default="",
        db_default="",
        db_comment="Main method of the session, coded",
    )
    homework_set = models.TextField(blank=True, db_comment="Homework for the next session")
    next_steps = models.TextField(blank=True, db_comment="Next steps")
    debrief_wanted = models.BooleanField(
        default=False, db_comment="Whether the practitioner asks for a debrief of their own"
    )
    saved_by = models.CharField(max_length=40, blank=True, db_comment="Account that saved it last")
    saved_at = models.DateTimeField(null=True, db_comment="When it was saved last")
    recorded_by = models.CharField(max_length=40, blank=True, db_comment="Account that finished the record")
    recorded_at = models.DateTimeField(null=True, db_comment="When the record was finished")

    # after a missed session a colleague asks how the person is, as often as it takes: the last attempt, and how many
    follow_up = models.CharField(
        max_length=20,
        choices=states.FollowUp.choices,
        blank=True,
        db_comment="Result of the last attempt to reach the person after a missed session, coded",
    )
    follow_up_note = models.TextField(blank=True, db_comment="What was said or done")
    tried_on = models.DateField(null=True, db_comment="Day of that attempt")
    attempts = models.PositiveSmallIntegerField(default=0, db_comment="Number of attempts")
    followed_up_by = models.CharField(max_length=40, blank=True, db_comment="Account that noted the attempt")
    followed_up_at = models.DateTimeField(null=True, db_comment="When the attempt was noted")

    class Meta:
        # Checked when a statement ends, so that one statement can move many sessions past each other.
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
                # the other states where the record was put right afterwards: what was noted meanwhile stays
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
        indexes = [
            # the meetings of a day, and those without an outcome
            models.Index(F("period__startswith"), condition=Q(state="planned"), name="planned_by_time"),
            # what is still to be held, when a time is looked for
            models.Index(F("period__endswith"), name="sessions_by_end"),
            models.Index(F("episode"), F("period__startswith"), name="sessions_of_a_person"),
            models.Index(fields=["episode"], condition=Q(state="missed"), name="missed_sessions"),
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
        """The moment of entry, where the session was never planned here."""
        return next((one.made_at for one in self.moves.all() if one.kind == "entered"), None)

    @property
    def entered(self) -> bool:
        """Whether the session was entered afterwards, never having been planned here."""
        return self.entered_at is not None

    @property
    def may_be_a_mistake(self) -> bool:
        """Whether a colleague named its time afterwards, and its attendance is not recorded yet."""
        unwritten = self.state == states.State.PLANNED and not self.attendance
        return unwritten and any(one.kind in {"entered", "held"} for one in self.moves.all())

    @property
    def beforehand(self) -> bool:
        """Whether BEFOREHAND holds of one session."""
        return self.period.lower < self.episode.opened_at - clocks.FOLLOW_UP_MOST and self.entered

    @property
    def cut_short(self) -> tuple[int, int] | None:
        """The minutes held, of how many, where the session ended early."""
        if self.ended not in states.EARLY or self.minutes_held is None:
            return None
        return self.minutes_held, int((self.period.upper - self.period.lower).total_seconds() // 60)


@pghistory.track()
class SessionFeedback(models.Model):
    """What a participant said of a session: 1 (not at all) to 4 (fully), once."""

    retention_class = Retention.CASE
    session = models.OneToOneField(
        Session,
        on_delete=models.PROTECT,
        related_name="feedback",
        db_comment="Session that the feedback is about",
    )
    said = models.PositiveSmallIntegerField(db_comment="I could say what I think: 1 to 4")
    understood = models.PositiveSmallIntegerField(db_comment="I understood what we did and why: 1 to 4")
    pace = models.PositiveSmallIntegerField(db_comment="The pace was right: 1 to 4")
    clear = models.PositiveSmallIntegerField(db_comment="I know what to do until next time: 1 to 4")
    given_at = models.DateTimeField(db_comment="When it was given")
    screen_of = models.CharField(max_length=40, db_comment="Account on whose screen it was answered")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    said__range=(1, 4), understood__range=(1, 4), pace__range=(1, 4), clear__range=(1, 4)
                ),
                name="feedback_is_1_to_4",
            )
        ]
