"""A person's key, and what leads to them. No history is kept of keys: it would outlive their destruction."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.advocacy.vault.states import Kind
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


@pghistory.track()
class Locator(models.Model):
    """A telephone number, an address, anything that leads to a person: locked, and shown only when revealed."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    person = models.CharField(max_length=12)  # the victim's reference
    kind = models.CharField(max_length=12, choices=Kind.choices)
    sealed = models.BinaryField()
    mark = models.BinaryField(null=True)  # keyed hash of its one spelling, for exact search
    added_by = models.CharField(max_length=40)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(
        null=True
    )  # no longer theirs; kept, since it must still not stand in a text

    class Meta:
        app_label = "advocacy"
        indexes = [
            models.Index(fields=["person", "kind"], name="locators_of_a_person"),
            models.Index(fields=["mark"], name="locators_by_mark"),
        ]
