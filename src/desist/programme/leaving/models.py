"""How somebody leaves: one row a decision, and the telling of it."""

import pghistory
from django.db import models
from django.db.models import F, Q

from desist.programme.episodes.models import Episode
from desist.programme.leaving.states import By, How, Phase, Reason, State
from desist.references import reference


@pghistory.track()
class Leaving(models.Model):
    """A decision that somebody leaves. A deselection is held; while it is, nobody outside the team is told."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="leavings")
    state = models.CharField(max_length=20, choices=State.choices)
    by = models.CharField(max_length=20, choices=By.choices)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    phase = models.CharField(max_length=20, choices=Phase.choices)
    note = models.TextField(blank=True)
    contact = models.CharField(max_length=20, blank=True)  # the number the alert carried
    submission = models.CharField(max_length=64, unique=True)
    decided_by = models.CharField(max_length=40)
    decided_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)  # the alert, by a person on the other side
    told_how = models.CharField(max_length=20, choices=How.choices, blank=True)
    told_at = models.DateTimeField(null=True)
    told_by = models.CharField(max_length=40, blank=True)
    #: of a decision that was taken back, and of an end after which the programme goes on
    taken_back_reason = models.TextField(blank=True)
    taken_back_by = models.CharField(max_length=40, blank=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(
                fields=["episode"], condition=Q(state__in=["held", "ended"]), name="a_person_leaves_once"
            ),
            models.CheckConstraint(
                condition=~Q(by="service") | Q(held_until__isnull=False, held_until__gt=F("decided_at")),
                name="a_deselection_is_held",
            ),
            models.CheckConstraint(
                condition=Q(held_until=None) | Q(ended_at=None) | Q(ended_at__gte=F("held_until")),
                name="nothing_ends_before_its_hold",
            ),
            models.CheckConstraint(
                condition=Q(told_at=None, told_how="", told_by="")
                | (
                    Q(state__in=["ended", "mistake", "came_back"], told_at__isnull=False)
                    & ~Q(told_how="")
                    & ~Q(told_by="")
                    & (Q(held_until=None) | Q(told_at__gte=F("held_until")))
                ),
                name="nobody_is_told_before_the_hold",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["held", "ended"])
                | (Q(taken_back_at__isnull=False) & ~Q(taken_back_by="") & ~Q(taken_back_reason="")),
                name="what_is_taken_back_says_who_and_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["ended", "mistake", "came_back"], ended_at__isnull=False)
                | Q(state__in=["held", "taken_back"], ended_at=None),
                name="an_ended_leaving_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["held_until"], condition=Q(state="held"), name="leavings_held")]


class ReasonChange(models.Model):
    """Another reason for a leaving that stands. Written once, never changed."""

    leaving = models.ForeignKey(Leaving, on_delete=models.PROTECT, related_name="reason_changes")
    before = models.CharField(max_length=20, choices=Reason.choices)
    after = models.CharField(max_length=20, choices=Reason.choices)
    why = models.TextField()
    submission = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "programme"
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="a_changed_reason_is_another"),
        ]
