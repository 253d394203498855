"""What the police were asked to judge of a person whom another organisation referred, and their answer."""

from django.db import models
from django.db.models import Q

from desist.facts import Retention
from desist.programme.referrals.models import Referral


class PoliceJudgement(models.Model):
    """One question to one force, and its answer. An answer without any word says that the force holds no judgement."""

    retention_class = Retention.CASE
    referral = models.ForeignKey(
        Referral,
        on_delete=models.PROTECT,
        related_name="police_judgements",
        db_comment="Referral of the person to judge",
    )
    partner = models.CharField(max_length=60, db_comment="The force that was asked")
    thread = models.CharField(
        max_length=40, unique=True, db_comment="Token shared with that force alone; never shown"
    )
    asked_by = models.CharField(max_length=40, db_comment="Account that asked")
    asked_at = models.DateTimeField(db_comment="When the force was asked")
    answers = models.JSONField(
        default=dict,
        db_comment="The force's judgement, by the fields of a referral; empty where it holds none",
    )
    told_by = models.CharField(
        max_length=80, blank=True, db_comment="Person who told it, where the force has no Desist"
    )
    typed_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that typed it in; empty: it came over post"
    )
    answered_at = models.DateTimeField(null=True, db_comment="When the force answered")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(answered_at=None), name="one_judgement_is_asked_at_a_time"
            ),
        ]
