"""Releases of an order's words, the answers of advocacy services about them, and the notices sent to each since."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.facts import REF, SUBMISSION, Retention
from desist.partnership.orders.models import Order
from desist.partnership.pairs.models import Side
from desist.partnership.releases.states import Answer, Reason, State
from desist.references import reference


@pghistory.track()
class Release(models.Model):
    """One request that a second person releases exact words, told by their digests. The words stand in the conditions."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="releases", db_comment="Order whose words are released"
    )
    state = models.CharField(
        max_length=12,
        choices=State.choices,
        default=State.ASKED,
        db_comment="Asked for, released, sent back or replaced",
    )
    digests = ArrayField(
        models.CharField(max_length=64), db_comment="Digests of exactly the words that are released"
    )
    reason = models.CharField(
        max_length=12, choices=Reason.choices, db_comment="Why the words may be said, coded"
    )
    words = models.TextField(db_comment="That reason in a sentence")
    asked_by = models.CharField(max_length=40, db_comment="Account that asked")
    asked_at = models.DateTimeField(db_comment="When it was asked for")
    answer_by = models.DateTimeField(
        null=True, db_comment="Day by which the service's clearance is due; empty where none is needed"
    )
    without_words = models.TextField(
        blank=True, db_comment="Why it goes on without the answer of a service that did not give one"
    )
    without_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that said to go on without it"
    )
    without_at = models.DateTimeField(null=True, db_comment="When that was said")
    decided_by = models.CharField(max_length=40, blank=True, db_comment="Account of the second person")
    decided_at = models.DateTimeField(null=True, db_comment="When it was decided")
    decided_words = models.TextField(blank=True, db_comment="Reason for the decision")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="asked", decided_by="", decided_at=None)
                | (~Q(state="asked") & ~Q(decided_by="") & Q(decided_at__isnull=False)),
                name="a_decided_release_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="released") | ~Q(decided_by=models.F("asked_by")),
                name="nobody_releases_what_they_asked_for",
            ),
            models.CheckConstraint(condition=Q(digests__len__gt=0), name="a_release_is_of_some_words"),
            models.UniqueConstraint(
                fields=["order"], condition=Q(state="asked"), name="one_release_is_asked_at_a_time"
            ),
        ]


class Clearance(models.Model):
    """What one advocacy service was asked about the words of a release, and what it answered."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    release = models.ForeignKey(
        Release,
        on_delete=models.PROTECT,
        related_name="clearances",
        db_comment="Release that needs the clearance",
    )
    side = models.ForeignKey(
        Side,
        on_delete=models.PROTECT,
        related_name="clearances",
        db_comment="Side of the client whose service was asked",
    )
    token = models.CharField(
        max_length=40, unique=True, db_comment="Names the question towards that service; never shown"
    )
    asked_at = models.DateTimeField(db_comment="When it was asked")
    answer = models.CharField(
        max_length=12, choices=Answer.choices, blank=True, db_comment="Cleared or refused"
    )
    answered_at = models.DateTimeField(null=True, db_comment="When it was answered")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "side"], name="a_service_is_asked_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answered_clearance_has_its_moment",
            ),
        ]


class ClientNotice(models.Model):
    """Which version of an order the advocate of a protected person was told last, by the digest of what was said."""

    retention_class = Retention.CASE
    order = models.ForeignKey(
        Order,
        on_delete=models.PROTECT,
        related_name="client_notices",
        db_comment="Order that the service was told of",
    )
    side = models.ForeignKey(
        Side,
        on_delete=models.PROTECT,
        related_name="client_notices",
        db_comment="Side of the client whose service was told",
    )
    version = models.PositiveIntegerField(db_comment="Version of the order that was told")
    digest = models.CharField(max_length=64, db_comment="Digest of what was said")
    told_at = models.DateTimeField(db_comment="When it was told")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "side"], name="an_order_is_told_to_a_side_once")
        ]
