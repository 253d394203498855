"""An episode: one person's time on the programme, from acceptance to leaving, and who works with them."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.programme.episodes.states import State
from desist.programme.practitioners.absences.models import Leave
from desist.programme.practitioners.models import Practitioner
from desist.programme.practitioners.states import Ended
from desist.programme.referrals.models import Referral
from desist.references import reference


@pghistory.track()
class Episode(models.Model):
    """Begins with an accepted referral."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="episode")
    area = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["completed", "left"], ended_at__isnull=False)
                | (~Q(state__in=["completed", "left"]) & Q(ended_at=None)),
                name="an_ended_episode_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["state", "opened_at"], name="episodes_by_state")]


@pghistory.track()
class Allocation(models.Model):
    """Who works with a person, from when until when: exactly one, and whoever stands in for them during a leave."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="allocations")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="allocations")
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20, choices=Ended.choices, blank=True)  # why it ended
    #: during which leave somebody stands in; none for whoever works with the person
    leave = models.ForeignKey(Leave, null=True, on_delete=models.PROTECT, related_name="stand_ins")

    class Meta:
        app_label = "programme"
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
