"""What staff must know around a person: risks to staff, needs, self-harm, children and family."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.circumstances.states import Care, ContactOrder, Kind, Over, Tie
from desist.facts import REF, SUBMISSION, Retention
from desist.programme.episodes.models import Episode
from desist.references import reference

ENDED = Q(over="", ended_by="", ended_at=None) | (~Q(over="") & ~Q(ended_by="") & Q(ended_at__isnull=False))


@pghistory.track()
class Circumstance(models.Model):
    """A risk to staff or a need, in force until it is ended; a review ends it and adds the next."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="circumstances", db_comment="Episode of the person"
    )
    kind = models.CharField(
        max_length=20, choices=Kind.choices, db_comment="Kind of risk to staff or of need, coded"
    )
    words = models.TextField(db_comment="What colleagues must know")
    said_by = models.CharField(max_length=120, db_comment="Who said it")
    since = models.DateField(null=True, db_comment="Day since which it holds, if known")
    review_on = models.DateField(db_comment="Day by which it must be reviewed")
    as_referred = models.BooleanField(
        default=False, db_comment="Whether it ends what the referral said, in the words of the referral"
    )
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    noted_by = models.CharField(max_length=40, db_comment="Account that noted it")
    noted_at = models.DateTimeField(db_comment="When it was noted")
    over = models.CharField(
        max_length=20, choices=Over.choices, blank=True, db_comment="Why it is no longer in force, coded"
    )
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Account that reviewed or ended it")
    ended_at = models.DateTimeField(null=True, db_comment="When it was reviewed or ended")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ENDED, name="an_ended_circumstance_says_by_whom_and_why")
        ]
        indexes = [models.Index(fields=["review_on"], condition=Q(over=""), name="circumstances_to_review")]


class SelfHarm(models.Model):
    """What is known of self-harm and the plan for a crisis, as saved once; the newest counts, and none is changed."""

    retention_class = Retention.CASE
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="self_harm", db_comment="Episode of the person"
    )
    number = models.PositiveIntegerField(db_comment="Number of the version")
    history = models.TextField(blank=True, db_comment="Self-harm before")
    thoughts = models.TextField(blank=True, db_comment="Thoughts of self-harm or suicide now")
    plans = models.TextField(blank=True, db_comment="Plans of the person to harm themselves")
    means = models.TextField(blank=True, db_comment="Means within reach")
    protects = models.TextField(blank=True, db_comment="What protects the person")
    signs = models.TextField(blank=True, db_comment="Crisis plan: signs of a crisis")
    ring = models.TextField(blank=True, db_comment="Crisis plan: who to ring")
    helps = models.TextField(blank=True, db_comment="Crisis plan: what helps")
    review_on = models.DateField(db_comment="Day by which it must be reviewed")
    saved_by = models.CharField(max_length=40, db_comment="Account that saved it")
    saved_at = models.DateTimeField(db_comment="When it was saved")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode", "number"], name="self_harm_versions_follow_each_other")
        ]


@pghistory.track()
class Relative(models.Model):
    """A child or relative of the person, named by what is needed; a change ends the row and adds the next."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="relatives", db_comment="Episode of the person"
    )
    name = models.CharField(max_length=80, db_comment="How colleagues know them; no surname")
    tie = models.CharField(max_length=20, choices=Tie.choices, db_comment="Who they are to the person, coded")
    born_in = models.PositiveSmallIntegerField(null=True, db_comment="Year of birth")
    care = models.CharField(max_length=20, choices=Care.choices, db_comment="Who cares for them, coded")
    contact_order = models.CharField(
        max_length=20, choices=ContactOrder.choices, db_comment="What a court says of contact, coded"
    )
    order_on = models.DateField(null=True, db_comment="Day of the order, or of the hearing")
    worker = models.CharField(max_length=120, blank=True, db_comment="Their social worker")
    words = models.TextField(blank=True, db_comment="What else colleagues must know")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    noted_by = models.CharField(max_length=40, db_comment="Account that noted it")
    noted_at = models.DateTimeField(db_comment="When it was noted")
    over = models.CharField(
        max_length=20, choices=Over.choices, blank=True, db_comment="Why the row no longer counts, coded"
    )
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Account that changed or removed it")
    ended_at = models.DateTimeField(null=True, db_comment="When it was changed or removed")

    class Meta:
        constraints = [models.CheckConstraint(condition=ENDED, name="an_ended_relative_says_by_whom_and_why")]
