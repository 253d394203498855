"""An offer of a person to another service, made here or there. Each zone has a table of its own."""

from datetime import date

from django.db import models
from django.db.models import Q

from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.moving_in.offers.states import How, State
from desist.references import reference

ANSWERED = Q(state="offered", answered_by="", answered_at=None) | (
    ~Q(state="offered") & ~Q(answered_by="") & Q(answered_at__isnull=False)
)


class Offer(models.Model):
    """One offer. Until it is accepted the sender works with the person."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    incoming = models.BooleanField(default=False, db_comment="Whether another service offers the person here")
    partner = models.CharField(max_length=60, db_comment="The other service")
    thread = models.CharField(
        max_length=40, unique=True, db_comment="Token shared with that service alone; never shown"
    )
    sealed = models.BinaryField(
        default=bytes,
        db_comment="Of an offer made here why and whom to telephone; of another's the offer, until it is answered. Locked",
    )
    agreed_on = models.DateField(null=True, db_comment="Day on which the person agreed; empty where not")
    agreed_how = models.CharField(
        max_length=12, choices=How.choices, blank=True, db_comment="How the person agreed, coded"
    )
    answer_by = models.DateField(null=True, db_comment="Last day for an answer: then the offer lapses")
    offered_by = models.CharField(max_length=40, db_comment="Account that offered it, or the post")
    offered_at = models.DateTimeField(db_comment="When it was offered or arrived")
    state = models.CharField(
        max_length=12, choices=State.choices, default=State.OFFERED, db_comment="Where it stands"
    )
    words = models.BinaryField(default=bytes, db_comment="Words of the answer; locked")
    answered_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that answered, withdrew or renewed it, or the post"
    )
    answered_at = models.DateTimeField(null=True, db_comment="When it was answered or withdrawn")
    submission = models.CharField(max_length=64, null=True, unique=True, db_comment=SUBMISSION)

    class Meta:
        abstract = True

    def lapsed(self, today: date) -> bool:
        """Whether its last day is over and nobody answered it."""
        return self.state == State.OFFERED and self.answer_by is not None and self.answer_by < today
