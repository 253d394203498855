"""How a person works between the sessions: on paper alone or not, in which print, and the words for the place."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import VERSION, Retention
from desist.programme.episodes.models import Episode
from desist.programme.plans.between.states import Because, Edition


@pghistory.track()
class BetweenSessions(models.Model):
    """One person's setting; without a row: paper and phone, standard print, no words for the place."""

    retention_class = Retention.CASE
    episode = models.OneToOneField(
        Episode, on_delete=models.PROTECT, related_name="between", db_comment="Episode of the person"
    )
    on_paper = models.BooleanField(
        default=False, db_comment="Whether the person works on paper alone: no phone, no computer"
    )
    because = models.CharField(
        max_length=8, choices=Because.choices, blank=True, db_comment="Why they work on paper alone, coded"
    )
    edition = models.CharField(
        max_length=8,
        choices=Edition.choices,
        default=Edition.STANDARD,
        db_comment="How their sheets are made",
    )
    place = models.CharField(
        max_length=80,
        blank=True,
        db_comment="Words agreed with the person for the place of their sessions, never an address",
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    set_by = models.CharField(max_length=40, db_comment="Account that set it")
    set_at = models.DateTimeField(db_comment="When it was set")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(on_paper=False, because="") | (Q(on_paper=True) & ~Q(because="")),
                name="work_on_paper_has_its_reason",
            ),
        ]
