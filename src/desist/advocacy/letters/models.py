"""Letters that were written to clients."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.advocacy.letters.templates import Template
from desist.advocacy.vault.models import Locator
from desist.advocacy.victims.models import Victim
from desist.references import reference


@pghistory.track()
class Letter(models.Model):
    """One letter to one address. Its words are drawn anew each time it is printed, and so is whether it may be."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="letters")
    locator = models.ForeignKey(Locator, on_delete=models.PROTECT, related_name="letters")
    template = models.CharField(max_length=12, choices=Template.choices)
    written_by = models.CharField(max_length=40)
    written_at = models.DateTimeField()
    printed_by = models.CharField(max_length=40, blank=True)
    printed_at = models.DateTimeField(null=True)  # the last time
    #: the news that it said when it was printed last
    tells = ArrayField(models.CharField(max_length=12), default=list)
    posted_on = models.DateField(null=True)
    posted_by = models.CharField(max_length=40, blank=True)  # who said so
    submission = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "advocacy"
        constraints = [
            models.CheckConstraint(
                condition=Q(posted_on=None, posted_by="")
                | (Q(posted_on__isnull=False, printed_at__isnull=False) & ~Q(posted_by="")),
                name="a_posted_letter_was_printed",
            )
        ]
