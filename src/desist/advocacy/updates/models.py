"""News for a client, to be told in time and when it is safe."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.advocacy.contacts.models import Attempt
from desist.advocacy.updates.states import Event, Outcome, State
from desist.advocacy.victims.models import Victim
from desist.facts import REF, SUBMISSION, Retention
from desist.references import reference


@pghistory.track()
class Update(models.Model):
    """One piece of news: the kind of event and the day, nothing else."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="updates", db_comment="Which client is to be told"
    )
    event = models.CharField(max_length=16, choices=Event.choices, db_comment="What happened, coded")
    on = models.DateField(db_comment="Day on which it happened")
    quiet_until = models.DateTimeField(
        null=True,
        db_comment="Earliest time at which the client may be told; until then the person has not been told",
    )
    received_at = models.DateTimeField(
        db_comment="When this service was told: the clock of the Victims' Code begins"
    )
    recorded_by = models.CharField(
        max_length=40,
        default="post",
        db_comment="The post, or the account that typed in what the police told by telephone",
    )
    submission = models.CharField(max_length=64, null=True, unique=True, db_comment=SUBMISSION)
    state = models.CharField(
        max_length=12, choices=State.choices, default=State.DUE, db_comment="Whether it was told"
    )
    settled_at = models.DateTimeField(null=True, db_comment="When it was told, not wanted or overtaken")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="due", settled_at=None) | (~Q(state="due") & Q(settled_at__isnull=False)),
                name="a_settled_update_has_its_moment",
            )
        ]
        indexes = [models.Index(fields=["received_at"], condition=Q(state="due"), name="updates_due")]


class Telling(models.Model):
    """One try to tell a piece of news: what came of it, in which contact or letter. Added, never changed."""

    retention_class = Retention.CASE
    update = models.ForeignKey(
        Update, on_delete=models.PROTECT, related_name="tellings", db_comment="News that was to be told"
    )
    attempt = models.ForeignKey(
        Attempt,
        null=True,
        on_delete=models.PROTECT,
        related_name="tellings",
        db_comment="Attempt to reach the client in which it was told",
    )
    letter = models.ForeignKey(
        "advocacy.Letter",
        null=True,
        on_delete=models.PROTECT,
        related_name="tellings",
        db_comment="Letter in which it was told",
    )
    outcome = models.CharField(
        max_length=12, choices=Outcome.choices, db_comment="Told, not reached, not safe or not wanted"
    )
    by = models.CharField(max_length=40, db_comment="Account that tried")
    at = models.DateTimeField(db_comment="When it was tried")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["update", "attempt"], name="a_contact_tells_an_update_once"),
            models.UniqueConstraint(fields=["update", "letter"], name="a_letter_tells_an_update_once"),
            models.CheckConstraint(
                condition=Q(attempt__isnull=False, letter=None) | Q(attempt=None, letter__isnull=False),
                name="told_in_a_contact_or_by_a_letter",
            ),
        ]
