"""Offers of clients to other advocates; their words are locked with the client's own key."""

from datetime import date

import pghistory
from django.db import models
from django.db.models import Q

from desist.advocacy.handovers.states import State
from desist.advocacy.team.models import Advocate
from desist.advocacy.victims.models import Victim
from desist.facts import REF, SUBMISSION, VERSION, Retention
from desist.references import reference


@pghistory.track()
class ClientHandover(models.Model):
    """One offer of a client to an advocate. Until it is accepted, the advocate before works with the client."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="handovers", db_comment="Client who is offered"
    )
    to = models.ForeignKey(
        Advocate, on_delete=models.PROTECT, related_name="handovers", db_comment="Advocate who is asked"
    )
    reason = models.BinaryField(db_comment="Why, locked with the client's own key")
    answer_by = models.DateField(db_comment="Last day for an answer: then the offer lapses")
    asked_by = models.CharField(max_length=40, db_comment="Account that asks")
    asked_at = models.DateTimeField(db_comment="When it was asked")
    state = models.CharField(
        max_length=12, choices=State.choices, default=State.ASKED, db_comment="Where it stands"
    )
    words = models.BinaryField(null=True, db_comment="Words of a refusal, locked with the client's own key")
    answered_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that answered, withdrew or renewed it"
    )
    answered_at = models.DateTimeField(null=True, db_comment="When it was answered or withdrawn")
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["victim"], condition=Q(state="asked"), name="one_advocate_is_asked_for_a_client"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered_by="", answered_at=None)
                | (~Q(state="asked") & ~Q(answered_by="") & Q(answered_at__isnull=False)),
                name="an_answered_handover_says_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["to"], condition=Q(state="asked"), name="handovers_to_answer")]

    def lapsed(self, today: date) -> bool:
        """Whether its last day is over and nobody answered it."""
        return self.state == State.ASKED and self.answer_by < today
