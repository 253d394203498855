"""An episode: a person's time on the programme, from acceptance to leaving, with their practitioners."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import AREA, REF, VERSION, Retention
from desist.programme.episodes.states import State
from desist.programme.practitioners.absences.models import Leave
from desist.programme.practitioners.models import Practitioner
from desist.programme.practitioners.states import Ended
from desist.programme.referrals.models import Referral
from desist.references import reference


@pghistory.track()
class Episode(models.Model):
    """One person's time on the programme, from acceptance to leaving."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    referral = models.OneToOneField(
        Referral, on_delete=models.PROTECT, related_name="episode", db_comment="The referral it began with"
    )
    area = models.CharField(max_length=40, db_comment=AREA)
    state = models.CharField(
        max_length=20,
        choices=State.choices,
        default=State.WAITING,
        db_comment="How far the person has come, coded",
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    opened_at = models.DateTimeField(db_comment="When the person was accepted")
    ended_at = models.DateTimeField(null=True, db_comment="When the episode ended")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["completed", "left"], ended_at__isnull=False)
                | (~Q(state__in=["completed", "left"]) & Q(ended_at=None)),
                name="an_ended_episode_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "opened_at"], name="episodes_by_state"),
            models.Index(
                fields=["area", "referral"], condition=Q(state="waiting"), name="unallocated_episodes"
            ),
        ]


@pghistory.track()
class Allocation(models.Model):
    """A practitioner works with a person: exactly one at a time, and one who stands in during a leave."""

    retention_class = Retention.CASE
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="allocations", db_comment="Episode of the person"
    )
    practitioner = models.ForeignKey(
        Practitioner,
        on_delete=models.PROTECT,
        related_name="allocations",
        db_comment="Practitioner who works with the person",
    )
    made_by = models.CharField(max_length=40, db_comment="Account that made it")
    made_at = models.DateTimeField(db_comment="When the allocation began")
    ended_at = models.DateTimeField(null=True, db_comment="When the allocation ended")
    reason = models.CharField(
        max_length=20, choices=Ended.choices, blank=True, db_comment="Why it ended, coded"
    )
    leave = models.ForeignKey(
        Leave,
        null=True,
        on_delete=models.PROTECT,
        related_name="stand_ins",
        db_comment="Leave during which this practitioner stands in; empty for the person's own practitioner",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode"], condition=Q(ended_at=None, leave=None), name="one_current_practitioner"
            ),
            models.UniqueConstraint(
                fields=["episode", "practitioner"],
                condition=Q(ended_at=None),
                name="nobody_has_a_person_twice",
            ),
        ]
        indexes = [
            models.Index(fields=["practitioner"], condition=Q(ended_at=None), name="current_caseload"),
        ]
