"""Who released which words of an order, what advocacy services said of them, and what each was told since."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.partnership.orders.models import Order
from desist.partnership.pairs.models import Side
from desist.partnership.releases.states import Answer, Reason, State
from desist.references import reference


@pghistory.track()
class Release(models.Model):
    """One request that a second person releases exact words, told by their digests. The words stand in the conditions."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="releases")
    state = models.CharField(max_length=12, choices=State.choices, default=State.ASKED)
    digests = ArrayField(models.CharField(max_length=64))
    reason = models.CharField(max_length=12, choices=Reason.choices)
    words = models.TextField()
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    #: when the clearance comes, whoever stands behind the crime; None where none is needed
    answer_by = models.DateTimeField(null=True)
    #: why it goes on without the answer of a service that did not give one
    without_words = models.TextField(blank=True)
    without_by = models.CharField(max_length=40, blank=True)
    without_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_words = models.TextField(blank=True)
    submission = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "partnership"
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

    ref = models.CharField(max_length=12, unique=True, default=reference)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="clearances")
    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="clearances")
    token = models.CharField(max_length=40, unique=True)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=12, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "partnership"
        constraints = [
            models.UniqueConstraint(fields=["release", "side"], name="a_service_is_asked_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answered_clearance_has_its_moment",
            ),
        ]


class ClientNotice(models.Model):
    """Which version of an order the advocate of a protected person was told last, by the digest of what was said."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="client_notices")
    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="client_notices")
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    told_at = models.DateTimeField()

    class Meta:
        app_label = "partnership"
        constraints = [
            models.UniqueConstraint(fields=["order", "side"], name="an_order_is_told_to_a_side_once")
        ]
