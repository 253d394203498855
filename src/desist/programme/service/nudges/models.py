"""Messages that say only that something waits, and who does not want which of them."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.programme.service.nudges.states import Kind, State
from desist.references import reference


class Nudge(models.Model):
    """One message to one person. It holds no address and no case: `kinds` is why it was sent, and is not in it."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    account = models.CharField(max_length=40)
    kinds = ArrayField(models.CharField(max_length=20, choices=Kind.choices))
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    failure = models.CharField(max_length=60, blank=True)  # the name of what failed last, without its words
    done_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
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
    """The kinds that somebody does not want. Nobody's row is made before they have chosen something."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    account = models.CharField(max_length=40, unique=True)
    unwanted = ArrayField(models.CharField(max_length=20, choices=Kind.choices), default=list, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "programme"
