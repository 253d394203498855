"""News that a client is to be told, in time and when it is safe."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.advocacy.contacts.models import Attempt
from desist.advocacy.updates.states import Event, Outcome, State
from desist.advocacy.victims.models import Victim
from desist.references import reference


@pghistory.track()
class Update(models.Model):
    """One piece of news: the kind of event and the day, nothing else."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="updates")
    event = models.CharField(max_length=16, choices=Event.choices)
    on = models.DateField()
    quiet_until = models.DateTimeField(null=True)  # before then the person has not been told themselves
    received_at = models.DateTimeField()
    recorded_by = models.CharField(
        max_length=40, default="post"
    )  # an account where the police told it by telephone
    submission = models.CharField(max_length=64, null=True, unique=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DUE)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "advocacy"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="due", settled_at=None) | (~Q(state="due") & Q(settled_at__isnull=False)),
                name="a_settled_update_has_its_moment",
            )
        ]
        indexes = [models.Index(fields=["received_at"], condition=Q(state="due"), name="updates_due")]


class Telling(models.Model):
    """One try to tell a piece of news: what came of it, in which contact or letter. Added, never changed."""

    update = models.ForeignKey(Update, on_delete=models.PROTECT, related_name="tellings")
    attempt = models.ForeignKey(Attempt, null=True, on_delete=models.PROTECT, related_name="tellings")
    letter = models.ForeignKey(
        "advocacy.Letter", null=True, on_delete=models.PROTECT, related_name="tellings"
    )
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        app_label = "advocacy"
        constraints = [
            models.UniqueConstraint(fields=["update", "attempt"], name="a_contact_tells_an_update_once"),
            models.UniqueConstraint(fields=["update", "letter"], name="a_letter_tells_an_update_once"),
            models.CheckConstraint(
                condition=Q(attempt__isnull=False, letter=None) | Q(attempt=None, letter__isnull=False),
                name="told_in_a_contact_or_by_a_letter",
            ),
        ]
