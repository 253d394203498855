"""A client's needs, plans and choices. The words are locked with the client's own key."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.advocacy.safety import states
from desist.advocacy.victims.models import Victim
from desist.circumstances.states import Care, ContactOrder, Over, Tie
from desist.facts import REF, SUBMISSION, Retention
from desist.references import reference


class PlanVersion(models.Model):
    """A safety plan as it was saved once; the newest counts, and none is ever changed."""

    retention_class = Retention.CASE
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="plans", db_comment="Client whose safety plan it is"
    )
    number = models.PositiveIntegerField(db_comment="Number of the version")
    words = models.BinaryField(db_comment="The safety plan; locked")
    review_on = models.DateField(db_comment="Day of the next review")
    saved_by = models.CharField(max_length=40, db_comment="Account that saved it")
    saved_at = models.DateTimeField(db_comment="When it was saved")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["victim", "number"], name="plan_versions_follow_each_other")
        ]


@pghistory.track()
class Need(models.Model):
    """A need that a client has."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="needs", db_comment="Client who has the need"
    )
    domain = models.CharField(max_length=16, choices=states.Domain.choices, db_comment="Part of life, coded")
    words = models.BinaryField(db_comment="What they need; locked")
    state = models.CharField(
        max_length=10,
        choices=states.NeedState.choices,
        default=states.NeedState.OPEN,
        db_comment="Where it stands",
    )
    raised_by = models.CharField(max_length=40, db_comment="Account that raised it")
    raised_at = models.DateTimeField(db_comment="When it was raised")
    closed_at = models.DateTimeField(null=True, db_comment="When it was settled")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="a_closed_need_has_its_moment",
            )
        ]


@pghistory.track()
class Support(models.Model):
    """A partner agency that was asked to help with a need, and what came of it."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    need = models.ForeignKey(
        Need,
        on_delete=models.PROTECT,
        related_name="supports",
        db_comment="Need that the agency was asked about",
    )
    words = models.BinaryField(db_comment="Agency that was asked, and the person there; locked")
    asked_by = models.CharField(max_length=40, db_comment="Account that asked the agency")
    asked_at = models.DateTimeField(db_comment="When the agency was asked")
    outcome = models.CharField(
        max_length=14, choices=states.SupportOutcome.choices, blank=True, db_comment="Result, coded"
    )
    outcome_at = models.DateTimeField(null=True, db_comment="When the result was recorded")


@pghistory.track()
class Choice(models.Model):
    """What a client chose to have told, to whom and until when. Without a choice nothing is told."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="choices", db_comment="Client who chose"
    )
    what = models.CharField(
        max_length=12, choices=states.What.choices, db_comment="What the choice is about, coded"
    )
    whom = models.CharField(max_length=12, choices=states.Whom.choices, db_comment="Recipient, coded")
    allowed = models.BooleanField(db_comment="Whether it may be told")
    until = models.DateField(null=True, db_comment="Last day on which the choice counts")
    words = models.BinaryField(db_comment="The client's own words and conditions; locked")
    recorded_by = models.CharField(max_length=40, db_comment="Account that recorded it")
    recorded_at = models.DateTimeField(db_comment="When it was recorded")
    ended_at = models.DateTimeField(null=True, db_comment="When another choice replaced it")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["victim", "what", "whom"], condition=Q(ended_at=None), name="one_choice_at_a_time"
            )
        ]


@pghistory.track()
class Child(models.Model):
    """A child or relative of a client; who they are is locked. A change ends the row and adds the next."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="children", db_comment="Client who cares for the child"
    )
    words = models.BinaryField(db_comment="First name and wishes; locked")
    born_in = models.PositiveSmallIntegerField(null=True, db_comment="Year of birth")
    contact = models.BooleanField(db_comment="Whether the person who stalks has contact by right or order")
    tie = models.CharField(
        max_length=20,
        choices=Tie.choices,
        default=Tie.CHILD,
        db_default=Tie.CHILD,
        db_comment="Who they are to the client, coded",
    )
    care = models.CharField(
        max_length=20,
        choices=Care.choices,
        default=Care.NOT_KNOWN,
        db_default=Care.NOT_KNOWN,
        db_comment="Who cares for them, coded",
    )
    contact_order = models.CharField(
        max_length=20,
        choices=ContactOrder.choices,
        default=ContactOrder.NOT_KNOWN,
        db_default=ContactOrder.NOT_KNOWN,
        db_comment="What a court says of contact, coded",
    )
    order_on = models.DateField(null=True, db_comment="Day of the order, or of the hearing")
    added_by = models.CharField(max_length=40, db_comment="Account that added it")
    added_at = models.DateTimeField(db_comment="When it was added")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    over = models.CharField(
        max_length=20,
        choices=Over.choices,
        blank=True,
        default="",
        db_default="",
        db_comment="Why the row no longer counts, coded",
    )
    ended_by = models.CharField(
        max_length=40,
        blank=True,
        default="",
        db_default="",
        db_comment="Account that changed or removed it",
    )
    ended_at = models.DateTimeField(null=True, db_comment="When it was changed or removed")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(over="", ended_by="", ended_at=None)
                | (~Q(over="") & ~Q(ended_by="") & Q(ended_at__isnull=False)),
                name="an_ended_child_says_by_whom_and_why",
            )
        ]


class Note(models.Model):
    """A note in one of two layers; never changed."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="notes", db_comment="Client whom it is about"
    )
    layer = models.CharField(max_length=10, choices=states.Layer.choices, db_comment="Evidence or private")
    words = models.BinaryField(db_comment="The note; locked")
    written_by = models.CharField(max_length=40, db_comment="Account that wrote it")
    written_at = models.DateTimeField(db_comment="When it was written")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        indexes = [models.Index(fields=["victim", "layer", "written_at"], name="notes_of_a_victim")]
