"""Letters to clients."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.advocacy.letters.templates import Template
from desist.advocacy.vault.models import Locator
from desist.advocacy.victims.models import Victim
from desist.facts import REF, SUBMISSION, Retention
from desist.letters import Variant
from desist.references import reference


@pghistory.track()
class Letter(models.Model):
    """One letter to one address. Its words are drawn anew each time it is printed, and so is whether it may be."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="letters", db_comment="Client whom it is written to"
    )
    locator = models.ForeignKey(
        Locator, on_delete=models.PROTECT, related_name="letters", db_comment="Postal address in the vault"
    )
    template = models.CharField(
        max_length=12, choices=Template.choices, db_comment="Which of the fixed letters it is"
    )
    variant = models.CharField(
        max_length=8,
        choices=Variant.choices,
        default=Variant.PLAIN,
        db_default=Variant.PLAIN.value,
        db_comment="Plain English, easy read or Welsh",
    )
    written_by = models.CharField(max_length=40, db_comment="Account that wrote it")
    written_at = models.DateTimeField(db_comment="When it was written")
    printed_by = models.CharField(max_length=40, blank=True, db_comment="Account that printed it last")
    printed_at = models.DateTimeField(null=True, db_comment="When it was printed last")
    tells = ArrayField(
        models.CharField(max_length=12),
        default=list,
        db_comment="References of the news that it contained when it was printed last",
    )
    posted_on = models.DateField(null=True, db_comment="Day on which it was posted")
    posted_by = models.CharField(max_length=40, blank=True, db_comment="Account that recorded the posting")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(posted_on=None, posted_by="")
                | (Q(posted_on__isnull=False, printed_at__isnull=False) & ~Q(posted_by="")),
                name="a_posted_letter_was_printed",
            )
        ]
