"""Applications about an order that was made: to vary, renew or discharge it, and appeals."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from desist.facts import REF, SUBMISSION, Retention
from desist.partnership.applications.codes import Consent, Ground, Kind, Outcome, Side
from desist.partnership.orders.models import Order
from desist.references import reference


@pghistory.track()
class Application(models.Model):
    """One application or appeal, until it is decided; a granted change is then written down and served."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    order = models.ForeignKey(
        Order,
        on_delete=models.PROTECT,
        related_name="applications",
        db_comment="Order that the application is about",
    )
    kind = models.CharField(
        max_length=20, choices=Kind.choices, db_comment="Vary, renew, discharge or appeal"
    )
    by = models.CharField(max_length=20, choices=Side.choices, db_comment="Party that applies, coded")
    ground = models.CharField(
        max_length=20, choices=Ground.choices, blank=True, db_comment="What an appeal is against"
    )
    filed_on = models.DateField(db_comment="Day on which it was filed")
    hearing_on = models.DateField(null=True, db_comment="Day of the hearing")
    outcome = models.CharField(
        max_length=20, choices=Outcome.choices, blank=True, db_comment="What the court decided"
    )
    decided_on = models.DateField(null=True, db_comment="Day of the court's decision")
    consents = ArrayField(
        models.CharField(max_length=20, choices=Consent.choices),
        default=list,
        db_comment="Parties whose consent to a discharge the court had, coded",
    )
    lives_elsewhere = models.BooleanField(
        default=False, db_comment="Whether the person lives in another police area"
    )
    note = models.TextField(blank=True, db_comment="People who were heard, and what was decided")
    written_on = models.DateField(
        null=True, db_comment="Day on which the register held a granted change as the court made it"
    )
    served_on = models.DateField(null=True, db_comment="Day on which the change was served")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", decided_on=None) | (~Q(outcome="") & Q(decided_on__isnull=False)),
                name="a_decided_application_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None) | Q(decided_on__gte=F("filed_on")),
                name="decided_after_it_was_filed",
            ),
        ]
        indexes = [
            models.Index(fields=["hearing_on"], condition=Q(outcome=""), name="applications_before_court")
        ]
