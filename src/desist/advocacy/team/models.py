"""The advocates, and the links that keep them from clients."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.advocacy.team.states import LinkKind
from desist.facts import AREA, REF, SUBMISSION, Retention
from desist.references import reference


@pghistory.track()
class Advocate(models.Model):
    """An independent stalking advocate, by the reference of their account."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, db_comment="The account's reference")
    name = models.CharField(max_length=80, db_comment="Name of the advocate")
    area = models.CharField(max_length=40, db_comment=AREA)
    trained_on = models.DateField(null=True, db_comment="Day on which the training was signed off")
    capacity = models.PositiveSmallIntegerField(
        default=25, db_comment="How many clients they support at most"
    )
    left_on = models.DateField(null=True, db_comment="Day on which they left")


@pghistory.track()
class Declaration(models.Model):
    """A link that an advocate declared: it keeps them from one client, or from all."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    advocate = models.ForeignKey(
        Advocate,
        on_delete=models.PROTECT,
        related_name="declarations",
        db_comment="Advocate who has the link",
    )
    kind = models.CharField(max_length=24, choices=LinkKind.choices, db_comment="Kind of link, coded")
    person = models.CharField(
        max_length=12, blank=True, db_comment="Reference of the client; empty: every client"
    )
    declared_by = models.CharField(max_length=40, db_comment="Account that declared it")
    declared_at = models.DateTimeField(db_comment="When it was declared")
    ended_at = models.DateTimeField(null=True, db_comment="When the declaration was ended")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind__in=["client", "other_party", "household"]) & ~Q(person=""))
                | (~Q(kind__in=["client", "other_party", "household"]) & Q(person="")),
                name="a_link_is_about_one_client_or_about_all",
            )
        ]
