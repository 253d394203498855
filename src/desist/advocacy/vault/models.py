"""A person's key, their locators, and each look at a locator. Keys and search marks have no history."""

import pghistory
from django.db import models
from django.db.models import F, Q

from desist.advocacy.vault.states import Kind, Limit, Reason
from desist.advocacy.victims.models import Victim
from desist.facts import AREA, REF, SUBMISSION, Retention
from desist.references import reference


class PersonKey(models.Model):
    """One person's key, wrapped by the site's; empty once it was destroyed."""

    retention_class = Retention.CASE
    person = models.CharField(max_length=12, unique=True, db_comment="Reference of the client")
    keys = models.CharField(max_length=12, db_comment="Which of the site's key sets wraps it")
    wrapped = models.BinaryField(db_comment="The client's own key, wrapped; emptied when it is destroyed")
    made_at = models.DateTimeField(db_comment="When it was made")
    destroyed_at = models.DateTimeField(
        null=True, db_comment="When it was destroyed: nothing that it locked can be read since"
    )
    destroyed_by = models.CharField(max_length=40, blank=True, db_comment="Account that destroyed it")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(destroyed_at=None) & ~Q(wrapped=b"") & Q(destroyed_by=""))
                | (Q(destroyed_at__isnull=False, wrapped=b"") & ~Q(destroyed_by="")),
                name="a_destroyed_key_is_empty",
            )
        ]


@pghistory.track(exclude=["mark"])
class Locator(models.Model):
    """A telephone number, an address, anything that leads to a person: locked, and shown only when revealed."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="locators", db_comment="Client whom it leads to"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices, db_comment="Kind of locator")
    sealed = models.BinaryField(db_comment="The locator, locked with the client's own key")
    mark = models.BinaryField(null=True, db_comment="Keyed hash of its normal spelling, for exact search")
    submission = models.CharField(max_length=64, null=True, unique=True, db_comment=SUBMISSION)
    added_by = models.CharField(max_length=40, db_comment="Account that added it")
    added_at = models.DateTimeField(db_comment="When it was added")
    post_safe_at = models.DateTimeField(
        null=True, db_comment="When the client confirmed that letters are safe here"
    )
    post_safe_by = models.CharField(max_length=40, blank=True, db_comment="Account that recorded that")
    ended_at = models.DateTimeField(
        null=True, db_comment="When it stopped being the client's; kept, since no text may contain it"
    )

    class Meta:
        indexes = [models.Index(fields=["mark"], name="locators_by_mark")]


class Reveal(models.Model):
    """One look at a locator or, for a call, at every way to reach a client."""

    retention_class = Retention.AUDIT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim,
        on_delete=models.PROTECT,
        related_name="reveals",
        db_comment="Client whose locators were shown",
    )
    locator = models.ForeignKey(
        Locator,
        null=True,
        on_delete=models.PROTECT,
        related_name="reveals",
        db_comment="Locator that was shown; empty: the ways to reach the client, for a call",
    )
    reason = models.CharField(max_length=12, choices=Reason.choices, db_comment="Why it was needed, coded")
    by = models.CharField(max_length=40, db_comment="Account that looked")
    at = models.DateTimeField(db_comment="When it was shown")
    until = models.DateTimeField(db_comment="When it was hidden again")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="a_reveal_ends_after_it_began")
        ]
        indexes = [models.Index(fields=["by", "at"], name="reveals_of_an_account")]


class Allowance(models.Model):
    """A second person allowed a colleague more on one day than the limit."""

    retention_class = Retention.AUDIT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    account = models.CharField(max_length=40, db_comment="Account that may do more on that day")
    area = models.CharField(max_length=40, db_comment=AREA)
    limit = models.CharField(max_length=12, choices=Limit.choices, db_comment="Limit that is raised, coded")
    day = models.DateField(db_comment="Day on which it counts")
    more = models.PositiveSmallIntegerField(db_comment="Number that is allowed above the limit")
    given_by = models.CharField(max_length=40, db_comment="Account of the second person, who allowed it")
    given_at = models.DateTimeField(db_comment="When it was given")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(given_by=F("account")), name="nobody_allows_themselves_more")
        ]
        indexes = [models.Index(fields=["account", "day"], name="allowances_of_an_account")]


class RevealAlert(models.Model):
    """An alert of the time before account alerts: kept for the audit, and written no more."""

    retention_class = Retention.AUDIT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    account = models.CharField(max_length=40, db_comment="Account that revealed more than its limit")
    area = models.CharField(max_length=40, db_comment=AREA)
    day = models.DateField(db_comment="Day on which it was seen")
    count = models.PositiveIntegerField(db_comment="Number of reveals that day")
    looked_at_by = models.CharField(max_length=40, blank=True, db_comment="Account that looked into it")
    looked_at = models.DateTimeField(null=True, db_comment="When it was looked into")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "day"], name="one_reveal_alert_a_day")]
