"""The assessment: an appointment, and what was understood in it."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from desist.facts import REF, SUBMISSION, VERSION, Retention
from desist.programme.apart import apart
from desist.programme.assessments.states import How, State
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises.models import Room
from desist.references import reference

#: assessments that hold their time: a cancelled one does not
HOLDING = ~Q(state="cancelled")


@pghistory.track()
class Assessment(models.Model):
    """One assessment of a person, before the plan; a later one is a new row."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="assessments", db_comment="Episode of the person"
    )
    state = models.CharField(
        max_length=20,
        choices=State.choices,
        default=State.APPOINTED,
        db_comment="Appointment made, finished or cancelled",
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    period = DateTimeRangeField(db_comment="Start and end of the appointment")
    how = models.CharField(
        max_length=20, choices=How.choices, db_comment="In a room, by video or telephone, or elsewhere"
    )
    room = models.ForeignKey(
        Room,
        null=True,
        on_delete=models.PROTECT,
        related_name="assessments",
        db_comment="Room of the appointment",
    )
    practitioner = models.ForeignKey(
        Practitioner,
        null=True,
        on_delete=models.PROTECT,
        related_name="assessments",
        db_comment="Practitioner who holds it; empty where nobody works with the person",
    )
    # who else is there: a second member of staff, others in words, or `alone` although the referral asks for company
    second = models.ForeignKey(
        Practitioner,
        null=True,
        on_delete=models.PROTECT,
        related_name="second_assessments",
        db_comment="Second member of staff who is there",
    )
    others = models.CharField(max_length=120, blank=True, db_comment="Other people who are there, in words")
    alone = models.BooleanField(
        default=False,
        db_comment="Whether nobody else is there although the referral asks for a second person",
    )
    elsewhere = models.CharField(
        max_length=120, blank=True, db_comment="Place that is not on the list of rooms"
    )
    elsewhere_reason = models.CharField(
        max_length=200, blank=True, db_comment="Why no room of the list was used"
    )
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    appointed_by = models.CharField(max_length=40, db_comment="Account that made the appointment")
    appointed_at = models.DateTimeField(db_comment="When it was made")

    needs = models.TextField(blank=True, db_comment="Health, housing, money, work, access")
    children_and_family = models.TextField(
        blank=True, db_comment="Children in contact, and who looks after them"
    )
    risk = models.TextField(blank=True, db_comment="Risk to others, to themselves, to staff, in words")
    story = models.TextField(blank=True, db_comment="History as the person tells it")
    formulation = models.TextField(blank=True, db_comment="Why the behaviour happens and goes on")
    protective_factors = models.TextField(blank=True, db_comment="Protective factors in words")
    saved_by = models.CharField(max_length=40, blank=True, db_comment="Account that saved it last")
    saved_at = models.DateTimeField(null=True, db_comment="When it was saved last")

    ended_reason = models.CharField(max_length=200, blank=True, db_comment="Why it was cancelled")
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Account that finished or cancelled it")
    ended_at = models.DateTimeField(null=True, db_comment="When it was finished or cancelled")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode"], condition=Q(state="appointed"), name="one_open_assessment"
            ),
            ExclusionConstraint(
                name="a_room_holds_one_assessment",
                expressions=[("room", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=HOLDING,
            ),
            ExclusionConstraint(
                name="a_practitioner_holds_one_assessment",
                expressions=[("practitioner", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=HOLDING,
            ),
            models.CheckConstraint(
                condition=Q(second=None) | ~Q(second=F("practitioner")),
                name="nobody_is_in_an_assessment_twice",
            ),
            models.CheckConstraint(
                condition=Q(alone=False) | Q(second=None, others=""), name="alone_in_an_assessment_is_alone"
            ),
            models.CheckConstraint(
                condition=Q(how="room", room__isnull=False, elsewhere="", elsewhere_reason="")
                | Q(how__in=["video", "telephone"], room=None, elsewhere="", elsewhere_reason="")
                | Q(how="elsewhere", room=None) & ~Q(elsewhere="") & ~Q(elsewhere_reason=""),
                name="an_assessment_is_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(state="appointed", ended_at=None, ended_by="")
                | (~Q(state="appointed") & Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="an_ended_assessment_says_who",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(ended_reason=""), name="a_cancelled_assessment_says_why"
            ),
        ]
        triggers = [
            apart(
                own="programme_assessment",
                other="programme_session",
                holding="NEW.state <> 'cancelled'",
                own_holding="s.state <> 'cancelled'",
                other_holding="o.state IN ('planned', 'attended')",
            )
        ]

    @property
    def place(self) -> str:
        """The place of the meeting, in words."""
        return self.room.name if self.room else self.elsewhere or str(How(self.how).label)
