"""The assessment: an appointment, and what was understood in it."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

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

    ref = models.CharField(max_length=12, unique=True, default=reference)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="assessments")
    state = models.CharField(max_length=20, choices=State.choices, default=State.APPOINTED)
    version = models.PositiveIntegerField(default=1)
    period = DateTimeRangeField()
    how = models.CharField(max_length=20, choices=How.choices)
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="assessments")
    practitioner = models.ForeignKey(
        Practitioner, null=True, on_delete=models.PROTECT, related_name="assessments"
    )  # who holds it; none: nobody works with the person then
    # who else is there: a second member of staff, others in words, or nobody although the referral asks for somebody
    second = models.ForeignKey(
        Practitioner, null=True, on_delete=models.PROTECT, related_name="second_assessments"
    )
    others = models.CharField(max_length=120, blank=True)
    alone = models.BooleanField(default=False)
    elsewhere = models.CharField(max_length=120, blank=True)  # where, and why no room of the list serves
    elsewhere_reason = models.CharField(max_length=200, blank=True)
    submission = models.CharField(max_length=64, unique=True)
    appointed_by = models.CharField(max_length=40)
    appointed_at = models.DateTimeField()

    needs = models.TextField(blank=True)
    children_and_family = models.TextField(blank=True)
    risk = models.TextField(blank=True)
    story = models.TextField(blank=True)
    formulation = models.TextField(blank=True)
    protective_factors = models.TextField(blank=True)
    saved_by = models.CharField(max_length=40, blank=True)
    saved_at = models.DateTimeField(null=True)

    ended_reason = models.CharField(max_length=200, blank=True)  # why it was cancelled
    ended_by = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
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
        """Where somebody is met, in words."""
        return self.room.name if self.room else self.elsewhere or str(How(self.how).label)
