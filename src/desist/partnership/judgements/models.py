"""Questions of programmes for a judgement of risk of a person whom another organisation referred."""

from django.db import models
from django.db.models import Q

from desist.facts import AREA, REF, Retention
from desist.references import reference
from desist.ui import dates


class JudgementRequest(models.Model):
    """One question, and the force's answer. An answer without any word says that the force holds no judgement."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    programme = models.CharField(max_length=60, db_comment="Partner that asked")
    thread = models.CharField(
        max_length=40, unique=True, db_comment="Token shared with that partner alone; never shown"
    )
    given_names = models.CharField(max_length=100, db_comment="Given names of the person to judge")
    family_name = models.CharField(max_length=100, db_comment="Family name of the person to judge")
    born = models.DateField(db_comment="Date of birth of the person to judge")
    asked_at = models.DateTimeField(db_comment="When the programme asked")
    answers = models.JSONField(
        default=dict,
        db_comment="The judgement, by the fields of a referral; empty where the force holds none",
    )
    answered_by = models.CharField(max_length=40, blank=True, db_comment="Account that answered")
    answered_at = models.DateTimeField(null=True, db_comment="When it was answered")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by="", answered_at=None)
                | (~Q(answered_by="") & Q(answered_at__isnull=False)),
                name="an_answered_judgement_has_who_and_when",
            ),
        ]
        indexes = [
            models.Index(fields=["area"], condition=Q(answered_at=None), name="judgements_to_answer"),
        ]

    @property
    def name(self) -> str:
        """The person's name."""
        return f"{self.given_names} {self.family_name}"

    @property
    def called(self) -> str:
        """The words for the person on the telephone with the programme."""
        return f"{self.name}, born {dates.on(self.born)}"
