"""The tables of the post: the partner register, the outbox, the inbox, and the tasks by telephone.

`ref` of an envelope is its own random id: equal in the sender's outbox and the receiver's inbox, and used nowhere else.
"""

import uuid

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.post import locked
from desist.post.purposes import PURPOSES
from desist.post.states import SetAsideReason
from desist.post.transports import Transport
from desist.references import reference
from desist.sites import Zone


@pghistory.track()
class Partner(models.Model):
    """Another site that this one may write to, and how."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    name = models.CharField(max_length=40, unique=True, db_comment="The partner site's name")
    zone = models.CharField(
        max_length=20,
        choices=[(zone.value, zone.value.capitalize()) for zone in Zone],
        db_comment="Kind of site",
    )
    title = models.CharField(max_length=120, db_comment="Name of the organisation in words")
    transport = models.CharField(
        max_length=20, choices=Transport.choices, db_comment="How envelopes reach it"
    )
    keys = models.TextField(blank=True, db_comment="Its public keys, as keys.public.PublicKeys writes them")
    phone = models.CharField(max_length=30, blank=True, db_comment="Its telephone number")
    area = models.CharField(max_length=40, blank=True, db_comment=AREA)
    added_at = models.DateTimeField(db_comment="When it was added to the register")
    ended_at = models.DateTimeField(null=True, db_comment="When it was taken off the register")
    withdrawn_at = models.DateTimeField(
        null=True,
        db_comment="When it withdrew its keys, as they may be known to others; empty once people compared the new digits",
    )
    offered_keys = models.TextField(
        blank=True,
        default="",
        db_default="",
        db_comment="The keys that it sent then and nobody has compared yet",
    )
    knows_key = models.CharField(
        max_length=8,
        blank=True,
        default="",
        db_default="",
        db_comment="Id of this site’s key set that it confirmed; empty: none",
    )
    told_key = models.CharField(
        max_length=8,
        blank=True,
        default="",
        db_default="",
        db_comment="Id of this site’s key set that it was told of last",
    )
    told_at = models.DateTimeField(null=True, db_comment="When it was told of it")

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
    """An envelope to a partner, written with the change that caused it."""

    retention_class = Retention.POST
    id = models.BigAutoField(primary_key=True, db_comment="Number of the row, never shown")
    ref = models.UUIDField(unique=True, default=uuid.uuid4, db_comment="The envelope's own random id")
    receiver = models.CharField(max_length=40, db_comment="Name of the partner it goes to")
    kind = models.CharField(
        max_length=40, db_comment="Kind of envelope, for this site alone: the courier may not read it"
    )
    sealed = models.BinaryField(db_comment="The sealed content")
    at = models.DateTimeField(db_comment="When it was written")
    sent_at = models.DateTimeField(null=True, db_comment="When the courier carried it")
    tries = models.IntegerField(default=0, db_comment="How often it was tried")
    next_at = models.DateTimeField(null=True, db_comment="When it is tried next; empty: as soon as possible")
    error = models.CharField(max_length=200, blank=True, db_comment="Why it waits, without content")

    class Meta:
        app_label = "post"
        indexes = [
            models.Index(fields=["receiver", "id"], condition=Q(sent_at=None), name="outbox_waiting"),
            models.Index(fields=["receiver", "sent_at"], name="outbox_sent"),
        ]


class Inbox(models.Model):
    """An envelope that arrived. Its body is dropped once it is handled; the row stays so that it is handled once.

    One that a person set aside counts as handled, and keeps its body as long as a sent envelope is kept.
    """

    retention_class = Retention.POST
    ref = models.UUIDField(primary_key=True, db_comment="The envelope's own random id")
    sender = models.CharField(max_length=40, db_comment="Name of the partner it came from")
    sealed = models.BinaryField(db_comment="The sealed content, emptied once it is handled")
    at = models.DateTimeField(db_comment="When it was written")
    arrived_at = models.DateTimeField(db_default=Now(), db_comment="When it arrived")
    handled_at = models.DateTimeField(null=True, db_comment="When it was handled")
    tries = models.IntegerField(db_default=0, db_comment="How often it was tried")
    next_at = models.DateTimeField(null=True, db_comment="When it is tried next")
    error = models.CharField(
        max_length=300, db_default="", blank=True, db_comment="Why it failed, without content"
    )
    dead_at = models.DateTimeField(null=True, db_comment="When it was given up after too many tries")
    set_aside_why = models.CharField(
        max_length=200,
        choices=SetAsideReason.choices,
        blank=True,
        default="",
        db_default="",
        db_comment="Why a person set it aside unread, without content; empty: nobody did",
    )

    class Meta:
        app_label = "post"
        constraints = [
            models.CheckConstraint(
                condition=Q(handled_at=None) | Q(dead_at=None),
                name="an_envelope_is_not_both_handled_and_dead",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_why="") | ~Q(handled_at=None),
                name="an_envelope_that_was_set_aside_waits_no_more",
            ),
        ]
        indexes = [
            models.Index(
                fields=["arrived_at"], condition=Q(handled_at=None, dead_at=None), name="inbox_waiting"
            ),
            models.Index(fields=["dead_at"], condition=~Q(dead_at=None), name="inbox_dead"),
            models.Index(fields=["handled_at"], condition=~Q(set_aside_why=""), name="inbox_set_aside"),
        ]


class Trouble(models.Model):
    """A time in which something of the post needed a person, and the e-mail about it to administrators."""

    retention_class = Retention.POST
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    began_at = models.DateTimeField(db_comment="When it was noticed")
    told_at = models.DateTimeField(null=True, db_comment="When an e-mail without content last went out")
    next_at = models.DateTimeField(db_comment="When the next e-mail is due")
    ended_at = models.DateTimeField(null=True, db_comment="When nothing was dead or late any more")

    class Meta:
        app_label = "post"
        constraints = [
            models.UniqueConstraint(  # type: ignore[call-overload]  # Q is an expression, which the stubs do not say
                Q(ended_at=None), condition=Q(ended_at=None), name="one_trouble_at_a_time"
            )
        ]


class Approval(models.Model):
    """One person's approval of exactly one envelope's bytes, until it is used up or has expired."""

    retention_class = Retention.CASE
    digest = models.CharField(
        max_length=64, db_comment="Digest of exactly what was approved, for whom, about which case"
    )
    kind = models.CharField(max_length=40, db_comment="Which kind of envelope")
    case = models.CharField(max_length=12, blank=True, db_comment="Reference of the case")
    by = models.CharField(max_length=40, db_comment="Account that approved it")
    organisation = models.CharField(
        max_length=40, blank=True, db_comment="Partner that vouches for its own people; empty: this site"
    )
    at = models.DateTimeField(db_comment="When it was approved")
    until = models.DateTimeField(db_comment="When the approval runs out")
    ended_at = models.DateTimeField(
        null=True, db_comment="When it was used up, or replaced after it had run out"
    )

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
    """A sharing agreement between two organisations: kinds of facts, purposes, lawful basis."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    title = models.CharField(max_length=120, db_comment="Title of the sharing agreement")
    parties = ArrayField(
        models.CharField(max_length=40),
        db_comment="Partners of the register that are parties, by their names",
    )
    others = models.CharField(max_length=400, blank=True, db_comment="Parties that are not in the register")
    purposes = ArrayField(
        models.CharField(max_length=20, choices=PURPOSES), db_comment="Purposes it covers, coded"
    )
    lawful_basis = models.TextField(db_comment="Lawful basis in words")
    begins_on = models.DateField(db_comment="Its first day")
    review_on = models.DateField(db_comment="When it is reviewed next")
    ends_on = models.DateField(null=True, db_comment="Its last day")
    joins = models.BooleanField(
        default=False,
        db_default=False,
        db_comment="Whether the extracts of an evaluation may be joined with one another",
    )
    document = models.CharField(
        max_length=64,
        blank=True,
        db_comment="SHA-256 of the signed document in hexadecimal; the document is not kept here",
    )
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    kept_by = models.CharField(max_length=40, db_comment="Account that entered it")
    kept_at = models.DateTimeField(db_comment="When it was entered")
    ended_on = models.DateField(
        null=True, db_comment="Day from which it covers nothing, where it was ended early"
    )
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Account that ended it early")

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
    """News for a partner that has no software: what to say, by when, and what they answered."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="tasks", db_comment="Partner to telephone"
    )
    kind = models.CharField(max_length=40, db_comment="Kind of news")
    case = models.CharField(
        max_length=12, blank=True, db_comment="Reference of the case whose exclusions hold; empty: no case"
    )
    thread = models.CharField(
        max_length=40, blank=True, db_comment="Token of the exchange that it belongs to; never shown"
    )
    about = models.CharField(
        max_length=250,
        blank=True,
        db_comment="How the partner knows the case: a person by name and day of birth, or a crime reference",
    )
    text = models.TextField(
        db_comment="The text to read out; what leads to a person is emptied once it was told"
    )
    made_at = models.DateTimeField(db_comment="When it arose")
    due_at = models.DateTimeField(db_comment="By when the partner must be told")
    overtaken_at = models.DateTimeField(null=True, db_comment="When a later task replaced this one")
    dropped_at = models.DateTimeField(null=True, db_comment="When it was decided that nobody is told")
    told_whom = models.CharField(max_length=80, blank=True, db_comment="Person at the partner who was told")
    told_at = models.DateTimeField(null=True, db_comment="When they were told")
    sealed_answer = models.BinaryField(
        default=bytes, db_comment="What they answered, locked with the site's key"
    )
    by = models.CharField(max_length=40, blank=True, db_comment="Account that told them")

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
        """The partner's answer; the table keeps it locked."""
        return locked.unlock(place="by_hand.answer", row=self.ref, sealed=self.sealed_answer)

    @answer.setter
    def answer(self, words: str) -> None:
        self.sealed_answer = locked.lock(place="by_hand.answer", row=self.ref, text=words)
