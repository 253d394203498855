"""What the post keeps: the partner register, what waits to leave, what arrived, and what people tell by telephone.

`ref` of an envelope is its own random id: the same in the sender's outbox and the receiver's inbox, and nowhere else.
"""

import uuid

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from desist.disclosure.codes import Purpose
from desist.post import locked
from desist.post.transports import Transport
from desist.references import reference
from desist.sites import Zone


@pghistory.track()
class Partner(models.Model):
    """Another site that this one may write to, and how."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    name = models.CharField(max_length=40, unique=True)
    zone = models.CharField(max_length=20, choices=[(zone.value, zone.value.capitalize()) for zone in Zone])
    title = models.CharField(max_length=120)
    transport = models.CharField(max_length=20, choices=Transport.choices)
    keys = models.TextField(blank=True)  # as keys.public.PublicKeys writes them
    phone = models.CharField(max_length=30, blank=True)
    area = models.CharField(max_length=40, blank=True)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "post"
        constraints = [
            models.CheckConstraint(
                condition=Q(transport=Transport.BY_HAND) | ~Q(keys=""),
                name="a_partner_has_keys_or_a_telephone",
            ),
            models.CheckConstraint(
                condition=~Q(transport=Transport.BY_HAND) | ~Q(phone=""),
                name="a_partner_by_hand_has_a_telephone",
            ),
        ]


class Outbox(models.Model):
    """An envelope to a partner, written with the change that caused it. `next_at` empty: as soon as may be."""

    id = models.BigAutoField(primary_key=True)
    ref = models.UUIDField(unique=True, default=uuid.uuid4)
    receiver = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)  # for this site's own eyes: the courier may not read it
    sealed = models.BinaryField()
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "post"
        indexes = [
            models.Index(fields=["receiver", "id"], condition=Q(sent_at=None), name="outbox_waiting"),
            models.Index(fields=["receiver", "sent_at"], name="outbox_sent"),
        ]


class Inbox(models.Model):
    """An envelope that arrived. Its body is dropped once it is handled; the row stays so that it is handled once."""

    ref = models.UUIDField(primary_key=True)
    sender = models.CharField(max_length=40)
    sealed = models.BinaryField()
    at = models.DateTimeField()
    arrived_at = models.DateTimeField(db_default=Now())
    handled_at = models.DateTimeField(null=True)
    tries = models.IntegerField(db_default=0)
    next_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, db_default="", blank=True)
    dead_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "post"
        constraints = [
            models.CheckConstraint(
                condition=Q(handled_at=None) | Q(dead_at=None),
                name="an_envelope_is_not_both_handled_and_dead",
            )
        ]
        indexes = [
            models.Index(
                fields=["arrived_at"], condition=Q(handled_at=None, dead_at=None), name="inbox_waiting"
            ),
            models.Index(fields=["dead_at"], condition=~Q(dead_at=None), name="inbox_dead"),
        ]


class Approval(models.Model):
    """One person's approval of exactly one envelope's bytes, until it is used up or has expired."""

    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    case = models.CharField(max_length=12, blank=True)
    by = models.CharField(max_length=40)
    organisation = models.CharField(max_length=40, blank=True)  # the partner that vouches; empty: this site
    at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # used up, or replaced after it had run out

    class Meta:
        app_label = "post"
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "by"], condition=Q(ended_at=None), name="a_person_approves_once"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="an_approval_holds_for_a_while"),
        ]


@pghistory.track()
class Agreement(models.Model):
    """A sharing agreement: who shares what with whom, for which purposes, on which lawful basis."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    area = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=120)
    parties = ArrayField(models.CharField(max_length=40))  # partners of the register, by their names
    others = models.CharField(max_length=400, blank=True)
    purposes = ArrayField(models.CharField(max_length=20, choices=Purpose.choices))
    lawful_basis = models.TextField()
    begins_on = models.DateField()
    review_on = models.DateField()
    ends_on = models.DateField(null=True)
    document = models.CharField(max_length=64, blank=True)  # SHA-256 of the signed document, in hexadecimal
    submission = models.CharField(max_length=64, unique=True)
    kept_by = models.CharField(max_length=40)
    kept_at = models.DateTimeField()
    ended_on = models.DateField(null=True)  # ended before its time
    ended_by = models.CharField(max_length=40, blank=True)

    class Meta:
        app_label = "post"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
                name="an_agreement_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(parties=[]) & ~Q(purposes=[]), name="an_agreement_has_parties_and_purposes"
            ),
        ]
        indexes = [models.Index(fields=["area", "title"], name="agreements_of_an_area")]


class ByHandTask(models.Model):
    """Something to tell a partner who has no software: what to say, by when, and what came of it."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField(max_length=40)
    case = models.CharField(max_length=12, blank=True)  # whose exclusions hold; empty: nobody's
    thread = models.CharField(max_length=40, blank=True)  # of which exchange it is; never shown
    about = models.CharField(max_length=250, blank=True)  # how the partner knows the case
    text = models.TextField()
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    overtaken_at = models.DateTimeField(null=True)  # a later one says all that this one says
    dropped_at = models.DateTimeField(null=True)  # nobody is to be told any more
    told_whom = models.CharField(max_length=80, blank=True)
    told_at = models.DateTimeField(null=True)
    sealed_answer = models.BinaryField(default=bytes)
    by = models.CharField(max_length=40, blank=True)

    class Meta:
        app_label = "post"
        constraints = [
            models.CheckConstraint(
                condition=Q(told_at=None, told_whom="", by="")
                | (
                    Q(told_at__gte=F("made_at"), overtaken_at=None, dropped_at=None)
                    & ~Q(told_whom="")
                    & ~Q(by="")
                ),
                name="a_told_task_says_whom_and_by_whom",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(told_at=None, overtaken_at=None, dropped_at=None),
                name="by_hand_waiting",
            )
        ]

    @property
    def answer(self) -> str:
        """What they answered; locked where it is kept."""
        return locked.unlock(place="by_hand.answer", row=self.ref, sealed=self.sealed_answer)

    @answer.setter
    def answer(self, words: str) -> None:
        self.sealed_answer = locked.lock(place="by_hand.answer", row=self.ref, text=words)
