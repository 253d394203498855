"""Messages that say only that something waits, and who does not want which of them."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.facts import REF, Retention
from desist.programme.service.nudges.states import Kind, State
from desist.references import reference


class Nudge(models.Model):
    """One message to one person. It holds no address and no case: `kinds` is why it was sent, and is not in it."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    account = models.CharField(max_length=40, db_comment="Account that gets the message")
    kinds = ArrayField(
        models.CharField(max_length=20, choices=Kind.choices),
        db_comment="Why it is sent, coded; not in the message",
    )
    state = models.CharField(
        max_length=20,
        choices=State.choices,
        default=State.WAITING,
        db_comment="Waiting, sent, dropped or given up",
    )
    made_at = models.DateTimeField(db_comment="When the waiting work was found")
    tries = models.PositiveSmallIntegerField(default=0, db_comment="Number of tries to send it")
    next_try_at = models.DateTimeField(db_comment="When it is tried next")
    failure = models.CharField(
        max_length=60, blank=True, db_comment="Name of the last failure, without its words"
    )
    done_at = models.DateTimeField(null=True, db_comment="When it was sent, dropped or given up")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", done_at=None) | (~Q(state="waiting") & Q(done_at__isnull=False)),
                name="a_nudge_that_is_done_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "made_at"], name="nudges_of_an_account"),
            models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="nudges_waiting"),
        ]


@pghistory.track()
class NudgeChoice(models.Model):
    """The kinds of nudge that a person does not want. There is no row until they choose."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    account = models.CharField(max_length=40, unique=True, db_comment="Account that chose")
    unwanted = ArrayField(
        models.CharField(max_length=20, choices=Kind.choices),
        default=list,
        blank=True,
        db_comment="Kinds of message that they do not want",
    )
    changed_at = models.DateTimeField(db_comment="When the choice was made")
