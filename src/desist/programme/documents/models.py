"""Documents of a person's case, kept with the site's own key."""

from django.db import models
from django.db.models import Q

from desist.programme.documents.states import Kind
from desist.programme.episodes.models import Episode
from desist.references import reference
from desist.referral.files import LONGEST_NAME, Media


class Document(models.Model):
    """One file. `sealed` opens with the key set named `key` and for this row alone; it is empty once it was removed."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    dated = models.DateField()
    name = models.CharField(max_length=LONGEST_NAME)
    media = models.CharField(max_length=80, choices=[(one.value, one.name) for one in Media])
    size = models.PositiveIntegerField()  # bytes, as it was before it was sealed
    digest = models.CharField(max_length=64)
    key = models.CharField(max_length=16)
    sealed = models.BinaryField()
    filed_by = models.CharField(max_length=40)
    filed_at = models.DateTimeField()
    removed_reason = models.CharField(max_length=200, blank=True)
    removed_by = models.CharField(max_length=40, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "digest"], condition=Q(removed_at=None), name="a_document_is_filed_once"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by="", removed_reason="")
                | (
                    Q(removed_at__isnull=False, sealed=b"", name="")
                    & ~Q(removed_by="")
                    & ~Q(removed_reason="")
                ),
                name="a_removed_document_says_who_and_why_and_holds_nothing",
            ),
        ]
