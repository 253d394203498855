"""A person's key, what leads to them, and who looked at it. No history is kept of keys and of search marks."""

import pghistory
from django.db import models
from django.db.models import F, Q

from desist.advocacy.vault.states import Kind, Limit, Reason
from desist.advocacy.victims.models import Victim
from desist.references import reference


class PersonKey(models.Model):
    """One person's key, wrapped by the site's; empty once it was destroyed."""

    person = models.CharField(max_length=12, unique=True)  # the victim's reference
    keys = models.CharField(max_length=12)  # which key set of the site wraps it
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)
    destroyed_by = models.CharField(max_length=40, blank=True)

    class Meta:
        app_label = "advocacy"
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

    ref = models.CharField(max_length=12, unique=True, default=reference)
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="locators")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    sealed = models.BinaryField()
    mark = models.BinaryField(null=True)  # keyed hash of its one spelling, for exact search
    submission = models.CharField(max_length=64, null=True, unique=True)
    added_by = models.CharField(max_length=40)
    added_at = models.DateTimeField()
    post_safe_at = models.DateTimeField(null=True)  # when it was checked with them that letters are safe here
    post_safe_by = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(
        null=True
    )  # no longer theirs; kept, since it must still not stand in a text

    class Meta:
        app_label = "advocacy"
        indexes = [models.Index(fields=["mark"], name="locators_by_mark")]


class Reveal(models.Model):
    """Somebody looked: at one locator, or, for a call, at every way to reach a client."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="reveals")
    locator = models.ForeignKey(Locator, null=True, on_delete=models.PROTECT, related_name="reveals")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        app_label = "advocacy"
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="a_reveal_ends_after_it_began")
        ]
        indexes = [models.Index(fields=["by", "at"], name="reveals_of_an_account")]


class Allowance(models.Model):
    """A second person allowed somebody more on one day than a person may."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    account = models.CharField(max_length=40)
    area = models.CharField(max_length=40)
    limit = models.CharField(max_length=12, choices=Limit.choices)
    day = models.DateField()
    more = models.PositiveSmallIntegerField()
    given_by = models.CharField(max_length=40)
    given_at = models.DateTimeField()
    submission = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "advocacy"
        constraints = [
            models.CheckConstraint(condition=~Q(given_by=F("account")), name="nobody_allows_themselves_more")
        ]
        indexes = [models.Index(fields=["account", "day"], name="allowances_of_an_account")]


class RevealAlert(models.Model):
    """What account alerts were before: kept to be read in the record, and written no more."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    account = models.CharField(max_length=40)
    area = models.CharField(max_length=40)
    day = models.DateField()
    count = models.PositiveIntegerField()
    looked_at_by = models.CharField(max_length=40, blank=True)
    looked_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "advocacy"
        constraints = [models.UniqueConstraint(fields=["account", "day"], name="one_reveal_alert_a_day")]
