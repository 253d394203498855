"""Files attached to a referral, kept with the site's own key."""

from django.db import models
from django.db.models import F, Q

from desist.disclosure.codes import Recall
from desist.facts import REF, Retention
from desist.partnership.referrals.models import Referral
from desist.references import reference
from desist.referral.files import LONGEST_NAME, Media
from desist.ui.words import FalseAlarm


class Attachment(models.Model):
    """One file. `sealed` opens with the key set named `key` and for this row alone.

    One that is held does not cross until one person gave a reason and another one released it.
    """

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    referral = models.ForeignKey(
        Referral,
        on_delete=models.PROTECT,
        related_name="attachments",
        db_comment="Referral that it belongs to",
    )
    name = models.CharField(max_length=LONGEST_NAME, db_comment="Its name, without folders")
    media = models.CharField(
        max_length=80,
        choices=[(one.value, one.name) for one in Media],
        db_comment="What it is, by its content",
    )
    size = models.PositiveIntegerField(db_comment="Bytes")
    digest = models.CharField(max_length=64, db_comment="SHA-256 of the content")
    key = models.CharField(max_length=16, db_comment="Which of the site's key sets opens it")
    sealed = models.BinaryField(db_comment="The content, encrypted with the site's key")
    added_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that attached it; empty: it came from the referrer"
    )
    added_at = models.DateTimeField(db_comment="When it was added")
    held = models.BooleanField(
        default=False,
        db_default=False,
        db_comment="Whether something in it may lead to the victim; then it is not sent until it is released",
    )
    leads = models.BinaryField(
        null=True,
        db_comment="What was found in it, locked with the site's key; empty where nothing was found or it was kept before this was",
    )
    reason = models.CharField(
        max_length=40,
        choices=FalseAlarm.choices,
        blank=True,
        db_default="",
        db_comment="Why it may be sent although something was found, coded",
    )
    reason_by = models.CharField(
        max_length=40, blank=True, db_default="", db_comment="Account that gave the reason"
    )
    reason_at = models.DateTimeField(null=True, db_comment="When the reason was given")
    released_by = models.CharField(
        max_length=40,
        blank=True,
        db_default="",
        db_comment="Account of the second person, who looked at it and released it",
    )
    released_at = models.DateTimeField(null=True, db_comment="When it was released")
    recall_reason = models.CharField(
        max_length=40,
        choices=Recall.choices,
        blank=True,
        db_default="",
        db_comment="Why it was recalled, coded",
    )
    recalled_by = models.CharField(
        max_length=40, blank=True, db_default="", db_comment="Account that recalled it"
    )
    recalled_at = models.DateTimeField(null=True, db_comment="When it was recalled")
    stopped_at = models.DateTimeField(null=True, db_comment="When the programme could no longer open it")
    opened = models.PositiveIntegerField(null=True, db_comment="How often the programme had opened it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "digest"], name="partnership_file_attached_once"),
            models.CheckConstraint(
                condition=Q(reason="", reason_by="", reason_at=None)
                | (Q(held=True, reason_at__isnull=False) & ~Q(reason="") & ~Q(reason_by="")),
                name="a_reason_for_a_file_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(released_by="", released_at=None)
                | (
                    Q(released_at__isnull=False)
                    & ~Q(released_by="")
                    & ~Q(reason="")
                    & ~Q(released_by=F("added_by"))
                    & ~Q(released_by=F("reason_by"))
                ),
                name="a_held_file_is_released_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(recalled_at=None, recall_reason="", recalled_by="", stopped_at=None, opened=None)
                | (Q(recalled_at__isnull=False) & ~Q(recall_reason="") & ~Q(recalled_by="")),
                name="a_recalled_file_says_why_and_by_whom",
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        """Whether it does not cross until a second person releases it."""
        return self.held and self.released_at is None
