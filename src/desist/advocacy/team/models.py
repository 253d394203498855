"""Who can be allocated to a client, and what keeps them from whom."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.advocacy.team.states import LinkKind
from desist.references import reference


@pghistory.track()
class Advocate(models.Model):
    """An independent stalking advocate, by the reference of their account."""

    ref = models.CharField(max_length=12, unique=True)  # the account's reference
    name = models.CharField(max_length=80)
    area = models.CharField(max_length=40)
    trained_on = models.DateField(null=True)
    capacity = models.PositiveSmallIntegerField(default=25)
    left_on = models.DateField(null=True)

    class Meta:
        app_label = "advocacy"


@pghistory.track()
class Declaration(models.Model):
    """A link that somebody declared: it keeps them from one client, or from all."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    advocate = models.ForeignKey(Advocate, on_delete=models.PROTECT, related_name="declarations")
    kind = models.CharField(max_length=24, choices=LinkKind.choices)
    person = models.CharField(max_length=12, blank=True)  # the victim's reference; empty: every client
    declared_by = models.CharField(max_length=40)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    submission = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "advocacy"
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind__in=["client", "other_party", "household"]) & ~Q(person=""))
                | (~Q(kind__in=["client", "other_party", "household"]) & Q(person="")),
                name="a_link_is_about_one_client_or_about_all",
            )
        ]
