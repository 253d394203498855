"""Chain analysis: how one act, or one urge resisted, came about and what would break it."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import REF, SUBMISSION, VERSION, Retention
from desist.programme.chains.links import Kind, Part
from desist.programme.sessions.models import Session
from desist.references import reference


@pghistory.track()
class Chain(models.Model):
    """One chain, made in one session."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    session = models.ForeignKey(
        Session,
        on_delete=models.PROTECT,
        related_name="chains",
        db_comment="Session in which the chain was made",
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    behaviour = models.CharField(
        max_length=300, db_comment="The act, or the urge, as a camera could have filmed it"
    )
    resisted = models.BooleanField(
        default=False, db_comment="Whether it was an urge that the person did not act on"
    )
    happened_on = models.DateField(null=True, db_comment="Day on which it happened")
    hour = models.PositiveSmallIntegerField(null=True, db_comment="Hour in which it happened, 0 to 23")
    reduce_vulnerability = models.TextField(blank=True, db_comment="How to be less vulnerable")
    prevent_prompt = models.TextField(blank=True, db_comment="How to avoid the prompt")
    repair = models.TextField(
        blank=True, db_comment="What is put right; never contact with the victim: the form refuses it"
    )
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    changed_by = models.CharField(max_length=40, db_comment="Account that changed it last")
    changed_at = models.DateTimeField(db_comment="When it was changed last")
    started_by = models.CharField(max_length=40, db_comment="Account that began it")
    started_at = models.DateTimeField(db_comment="When it was begun")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ChainLink(models.Model):
    """One step of a chain, in its place; what was taken out stays in the history, so that no earlier version loses it."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    chain = models.ForeignKey(
        Chain, on_delete=models.CASCADE, related_name="links", db_comment="Chain that the link belongs to"
    )
    part = models.CharField(max_length=20, choices=Part.choices, db_comment="Part of the chain")
    position = models.PositiveSmallIntegerField(db_comment="Place in the part")
    kind = models.CharField(
        max_length=20, choices=Kind.choices, db_comment="Event, thought, feeling, body, urge or act"
    )
    words = models.CharField(max_length=300, db_comment="The link in words")
    intensity = models.PositiveSmallIntegerField(null=True, db_comment="Intensity, 0 to 5")
    skill = models.CharField(
        max_length=80,
        blank=True,
        db_comment="Skill that fits here; of an urge resisted, the skill that was used",
    )
    same_as = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        db_comment="Spelling under which the link counts with those of other chains; empty: its own words",
    )
    skill_code = models.CharField(
        max_length=40, blank=True, default="", db_default="", db_comment="The skill, a key of the catalogue"
    )
    written_in = models.PositiveIntegerField(
        default=1, db_comment="Version of the chain that wrote the link last"
    )

    class Meta:
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

    retention_class = Retention.CASE
    chain = models.ForeignKey(
        Chain, on_delete=models.CASCADE, related_name="steps", db_comment="Chain that was changed"
    )
    said = models.CharField(
        max_length=80, db_comment="What was done, in words without any of the person's own"
    )
    undoing = models.JSONField(db_comment="How to undo it: links.Undoing as plain values")
    shared = models.BooleanField(
        default=False, db_comment="Whether it was done on the shared screen, and is undone there"
    )
    made_by = models.CharField(max_length=40, db_comment="Account that made it")
    made_at = models.DateTimeField(db_comment="When it was made")
