"""Files attached to a referral, kept with the site's own key."""

from django.db import models
from django.db.models import F, Q

from desist.disclosure.codes import Recall
from desist.partnership.referrals.models import Referral
from desist.references import reference
from desist.referral.files import LONGEST_NAME, Media
from desist.ui.words import FalseAlarm


class Attachment(models.Model):
    """One file. `sealed` opens with the key set named `key` and for this row alone.

    One that is held does not cross until one person gave a reason and another one released it.
    """

    ref = models.CharField(max_length=12, unique=True, default=reference)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=LONGEST_NAME)
    media = models.CharField(max_length=80, choices=[(one.value, one.name) for one in Media])
    size = models.PositiveIntegerField()  # bytes, as it was before it was sealed
    digest = models.CharField(max_length=64)
    key = models.CharField(max_length=16)
    sealed = models.BinaryField()
    added_by = models.CharField(max_length=40, blank=True)  # empty: it came from the referrer
    added_at = models.DateTimeField()
    held = models.BooleanField(default=False, db_default=False)  # something in it may lead to the victim
    #: what was found in it, sealed as the file is; empty where nothing was, or of a file kept before this was
    leads = models.BinaryField(null=True)
    reason = models.CharField(max_length=40, choices=FalseAlarm.choices, blank=True, db_default="")
    reason_by = models.CharField(max_length=40, blank=True, db_default="")
    reason_at = models.DateTimeField(null=True)
    released_by = models.CharField(max_length=40, blank=True, db_default="")
    released_at = models.DateTimeField(null=True)
    recall_reason = models.CharField(max_length=40, choices=Recall.choices, blank=True, db_default="")
    recalled_by = models.CharField(max_length=40, blank=True, db_default="")
    recalled_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)  # when the programme could no longer open it
    opened = models.PositiveIntegerField(null=True)  # how often it was opened there before

    class Meta:
        app_label = "partnership"
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
