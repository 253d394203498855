"""What staff declared: that they know nobody among the cases of their side, or one case that is then kept from them."""

from django.db import models
from django.db.models import Q

from desist.facts import AREA, REF, SUBMISSION, Retention
from desist.references import reference


class InterestDeclaration(models.Model):
    """One declaration of one account; the newest says until when the account has declared."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    account = models.CharField(max_length=40, db_comment="Account that declared")
    area = models.CharField(max_length=40, db_comment=AREA)
    named = models.CharField(
        max_length=12,
        blank=True,
        db_comment="Reference as it was typed; empty where there is nothing to declare",
    )
    case = models.CharField(
        max_length=12, blank=True, db_comment="Case that is kept from the account; empty where none was found"
    )
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    declared_at = models.DateTimeField(db_comment="When it was declared")
    checked_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that checked who works with the case now"
    )
    checked_at = models.DateTimeField(null=True, db_comment="When it was checked; empty until then")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_at=None, checked_by="")
                | (Q(checked_at__isnull=False) & ~Q(checked_by="") & ~Q(case="")),
                name="a_checked_declaration_names_a_case_and_who_checked",
            )
        ]
        indexes = [
            models.Index(fields=["account", "declared_at"], name="declarations_of_an_account"),
            models.Index(fields=["area"], condition=Q(checked_at=None) & ~Q(case=""), name="cases_to_check"),
        ]
