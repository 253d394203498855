"""Chain analysis: how one act, or one urge resisted, came about and what would break it."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.programme.chains.links import Kind, Part
from desist.programme.sessions.models import Session
from desist.references import reference


@pghistory.track()
class Chain(models.Model):
    """One chain, made in one session."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="chains")
    version = models.PositiveIntegerField(default=1)
    behaviour = models.CharField(max_length=300)  # camera-visible: what could have been filmed
    resisted = models.BooleanField(default=False)  # an urge that was not acted on
    happened_on = models.DateField(null=True)
    reduce_vulnerability = models.TextField(blank=True)
    prevent_prompt = models.TextField(blank=True)
    repair = models.TextField(blank=True)  # never contact with the victim: the form refuses it
    submission = models.CharField(
        max_length=64, unique=True
    )  # of the form that started it: a double click starts one
    changed_by = models.CharField(max_length=40)
    changed_at = models.DateTimeField()
    started_by = models.CharField(max_length=40)
    started_at = models.DateTimeField()

    class Meta:
        app_label = "programme"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ChainLink(models.Model):
    """One step of a chain, in its place; what was taken out stays in the history, so that no earlier version loses it."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="links")
    part = models.CharField(max_length=20, choices=Part.choices)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    words = models.CharField(max_length=300)
    intensity = models.PositiveSmallIntegerField(null=True)
    skill = models.CharField(
        max_length=80, blank=True
    )  # which skill fits here; of an urge resisted, which was used
    written_in = models.PositiveIntegerField(default=1)  # the version of the chain that wrote it last

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "part", "position"],
                name="one_link_in_a_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(intensity=None) | Q(intensity__lte=5), name="intensity_is_0_to_5"
            ),
        ]


class ChainStep(models.Model):
    """One change of a chain's links, with what undoes it."""

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="steps")
    said = models.CharField(max_length=80)  # what was done, in words without any of the person's
    undoing = models.JSONField()  # links.Undoing as plain values
    shared = models.BooleanField(default=False)  # made before the participant's eyes, and so undone there
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "programme"
