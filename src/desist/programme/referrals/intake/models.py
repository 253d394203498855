"""A referral that is typed in here, because it came by letter, telephone or through the door."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.programme.referrals.models import Referral
from desist.references import reference
from desist.referral.forgetting import forgets
from desist.referral.lists import DiscardReason


@pghistory.track()
class Draft(models.Model):
    """A referral that is being typed in; once complete it becomes a referral and no longer changes.

    A discarded draft keeps its beginning and its end (by whom, when, why), and no word of the person, neither here nor
    in its history.
    """

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    partner = models.CharField(
        max_length=60, blank=True, db_comment="Partner that is told the decision; empty: nobody is told"
    )
    answers = models.JSONField(default=dict, db_comment="Answers so far, as the fields of a referral")
    started_by = models.CharField(max_length=40, db_comment="Account that began it")
    started_at = models.DateTimeField(db_comment="When it was begun")
    came_at = models.DateTimeField(
        null=True,
        db_comment="When it came by the form for referrers without an account; empty where it was typed",
    )
    submission = models.CharField(max_length=64, null=True, unique=True, db_comment=SUBMISSION)
    referral = models.OneToOneField(
        Referral,
        on_delete=models.PROTECT,
        null=True,
        related_name="draft",
        db_comment="Referral that it became",
    )
    discard_reason = models.CharField(
        max_length=40,
        choices=DiscardReason.choices,
        blank=True,
        db_comment="Why it was discarded, coded; its answers are emptied then",
    )
    discarded_by = models.CharField(max_length=40, blank=True, db_comment="Account that discarded it")
    discarded_at = models.DateTimeField(null=True, db_comment="When it was discarded")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(discarded_at=None, discarded_by="", discard_reason="")
                | (
                    Q(discarded_at__isnull=False, referral=None, answers={})
                    & ~Q(discarded_by="")
                    & ~Q(discard_reason="")
                ),
                name="a_discarded_intake_says_nothing",
            )
        ]
        indexes = [
            models.Index(
                fields=["area", "started_at"],
                condition=Q(referral=None, discarded_at=None),
                name="drafts_open",
            )
        ]
        triggers = [
            forgets(
                events="programme_draftevent",
                when=pgtrigger.Q(old__discarded_at__isnull=True, new__discarded_at__isnull=False),
                drafts="discarded_at IS NULL",
                further="referral_id IS NOT NULL",
            )
        ]
