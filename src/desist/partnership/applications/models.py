"""Applications about an order that was made: to vary, renew or discharge it, and appeals."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, TextChoices

from desist.orders import consents
from desist.partnership.orders.models import Order
from desist.references import reference


class Kind(TextChoices):
    """What is asked of the court."""

    VARY = "vary", "Vary the order"
    RENEW = "renew", "Renew the order"
    DISCHARGE = "discharge", "Discharge the order"
    APPEAL = "appeal", "Appeal to the Crown Court"


class Side(TextChoices):
    """Who asks."""

    POLICE = consents.Side.POLICE.value, "A chief officer of police"
    DEFENDANT = consents.Side.DEFENDANT.value, "The person subject to the order"


class Ground(TextChoices):
    """What an appeal is against (section 7)."""

    MAKING = "making", "The making of the order (by the person)"
    CHANGE_FOR_POLICE = "change_for_police", "A change made on a chief officer’s application (by the person)"
    REFUSED_TO_PERSON = "refused_to_person", "The refusal of a change the person applied for"
    REFUSED_TO_POLICE = "refused_to_police", "The refusal of the order, or of a change, to a chief officer"
    CHANGE_FOR_PERSON = "change_for_person", "A change made on the person’s application (by a chief officer)"


class Outcome(TextChoices):
    """What the court decided."""

    GRANTED = "granted", "Granted, or the appeal allowed"
    REFUSED = "refused", "Refused, or the appeal dismissed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Consent(TextChoices):
    """Whose consent to a discharge was given to the court."""

    DEFENDANT = consents.Consent.DEFENDANT.value, "The person subject to the order"
    APPLICANT = consents.Consent.APPLICANT.value, "The chief officer who applied for the discharge"
    ORIGINAL = consents.Consent.ORIGINAL.value, "The chief officer who applied for the order"
    RESIDENCE = consents.Consent.RESIDENCE.value, "The chief officer of the area where the person lives"


@pghistory.track()
class Application(models.Model):
    """One application or appeal, until it is decided; a granted change is then written down and served."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="applications")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    by = models.CharField(max_length=20, choices=Side.choices)
    ground = models.CharField(max_length=20, choices=Ground.choices, blank=True)
    filed_on = models.DateField()
    hearing_on = models.DateField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    decided_on = models.DateField(null=True)
    consents = ArrayField(models.CharField(max_length=20, choices=Consent.choices), default=list)
    lives_elsewhere = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    #: of a granted change: when the register held it as the court made it, and when it was served
    written_on = models.DateField(null=True)
    served_on = models.DateField(null=True)
    submission = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "partnership"
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
