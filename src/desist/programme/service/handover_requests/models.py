"""Requests to colleagues to take over a person, or one meeting during a leave."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import REF, Retention
from desist.programme.assessments.models import Assessment
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.absences.models import Leave
from desist.programme.practitioners.models import Practitioner
from desist.programme.practitioners.states import Ended
from desist.programme.service.handover_requests.states import Answer
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import title
from desist.references import reference
from desist.ui import dates


@pghistory.track()
class HandoverRequest(models.Model):
    """A request to take over a person, or with `leave` one meeting. Until it is accepted nothing changes hands.

    One that was made `at_once` is in effect before it is answered: the colleague before has left or is away.
    """

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="handovers", db_comment="Episode of the person"
    )
    to = models.ForeignKey(
        Practitioner,
        on_delete=models.PROTECT,
        related_name="handovers",
        db_comment="Practitioner who is asked",
    )
    leave = models.ForeignKey(
        Leave,
        null=True,
        on_delete=models.PROTECT,
        related_name="handovers",
        db_comment="Leave during which one meeting is covered; empty where the person is handed over",
    )
    session = models.ForeignKey(
        Session,
        null=True,
        on_delete=models.PROTECT,
        related_name="handovers",
        db_comment="Session to be covered",
    )
    assessment = models.ForeignKey(
        Assessment,
        null=True,
        on_delete=models.PROTECT,
        related_name="handovers",
        db_comment="Assessment to be covered",
    )
    why = models.CharField(
        max_length=20, choices=Ended.choices, blank=True, db_comment="Why a colleague stops, coded"
    )
    at_once = models.BooleanField(default=False, db_comment="Whether it took effect before it was answered")
    asked_by = models.CharField(max_length=40, db_comment="Account that asks")
    asked_at = models.DateTimeField(db_comment="When it was asked")
    state = models.CharField(
        max_length=20, choices=Answer.choices, default=Answer.ASKED, db_comment="Answer, coded"
    )
    words = models.TextField(blank=True, db_comment="Why it was refused; stays in the programme")
    answered_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that answered or withdrew it"
    )
    answered_at = models.DateTimeField(null=True, db_comment="When it was answered or withdrawn")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(state="asked", leave=None),
                name="one_colleague_is_asked_for_a_person",
            ),
            models.UniqueConstraint(
                fields=["session"], condition=Q(state="asked"), name="one_colleague_is_asked_for_a_session"
            ),
            models.UniqueConstraint(
                fields=["assessment"],
                condition=Q(state="asked"),
                name="one_colleague_is_asked_for_an_assessment",
            ),
            models.CheckConstraint(
                condition=Q(leave=None, session=None, assessment=None)
                | Q(leave__isnull=False, session__isnull=False, assessment=None)
                | Q(leave__isnull=False, session=None, assessment__isnull=False),
                name="cover_is_for_one_meeting",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at=None, answered_by="")
                | (~Q(state="asked") & Q(answered_at__isnull=False) & ~Q(answered_by="")),
                name="an_answered_request_says_who_and_when",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(words=""), name="a_refusal_says_why"),
        ]
        indexes = [models.Index(fields=["to"], condition=Q(state="asked"), name="requests_to_answer")]

    @property
    def what(self) -> str:
        """The meeting that is to be covered, in words; empty where the whole person is handed over."""
        if self.session:
            return f"{title(self.session.kind, self.session.number)} on {dates.at(self.session.period.lower)}"
        return f"Assessment on {dates.at(self.assessment.period.lower)}" if self.assessment else ""
