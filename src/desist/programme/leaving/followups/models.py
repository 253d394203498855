"""Follow-ups after a person left."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.facts import REF, VERSION, Retention
from desist.programme.concerns.models import Concern
from desist.programme.episodes.models import Episode
from desist.programme.leaving.followups.states import Known, Outcome, Source
from desist.references import reference


@pghistory.track()
class FollowUp(models.Model):
    """One follow-up after the end. It stays due until its outcome is recorded."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode,
        on_delete=models.PROTECT,
        related_name="followed_up",
        db_comment="Episode of the person who left",
    )
    months = models.PositiveSmallIntegerField(db_comment="Months after the end")
    due_on = models.DateField(db_comment="Day by which it is due")
    made_at = models.DateTimeField(db_comment="When it was planned")
    voided_at = models.DateTimeField(
        null=True, db_comment="When it was called off because the programme goes on"
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)

    outcome = models.CharField(
        max_length=20,
        choices=Outcome.choices,
        blank=True,
        db_comment="Contact made, not reached, declined or not appropriate; empty while it is due",
    )
    tried_on = models.DateField(null=True, db_comment="Day of the last attempt")
    attempts = models.PositiveSmallIntegerField(default=0, db_comment="Number of attempts")
    note = models.TextField(blank=True, db_comment="What was said or done; stays in the programme")
    known = models.CharField(
        max_length=20,
        choices=Known.choices,
        blank=True,
        db_comment="What became known of further stalking, coded; no code says that there was none",
    )
    sources = ArrayField(
        models.CharField(max_length=20, choices=Source.choices),
        default=list,
        db_comment="People or bodies that were asked or told it, coded",
    )
    learned = models.TextField(blank=True, db_comment="What became known, in words; stays in the programme")
    concern = models.OneToOneField(
        Concern,
        null=True,
        on_delete=models.PROTECT,
        related_name="followed_up",
        db_comment="The concern that it led to",
    )
    recorded_by = models.CharField(max_length=40, blank=True, db_comment="Account that recorded it")
    recorded_at = models.DateTimeField(null=True, db_comment="When it was recorded")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "months"], condition=Q(voided_at=None), name="one_follow_up_a_term"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", known="", recorded_at=None, recorded_by="", tried_on=None)
                | (
                    ~Q(outcome="")
                    & ~Q(known="")
                    & ~Q(recorded_by="")
                    & Q(recorded_at__isnull=False, tried_on__isnull=False)
                ),
                name="a_recorded_follow_up_says_who_when_what",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["not_reached", "not_appropriate"])
                | ~Q(sources__contains=["person"]),
                name="whoever_was_not_reached_said_nothing",
            ),
            models.CheckConstraint(
                condition=~Q(known="nobody_asked") | Q(sources=[]), name="nobody_asked_has_no_source"
            ),
            models.CheckConstraint(
                condition=~Q(known__in=["something", "nothing"]) | ~Q(sources=[]),
                name="what_became_known_has_its_source",
            ),
            models.CheckConstraint(
                condition=~Q(known="something") | Q(concern__isnull=False),
                name="further_stalking_led_to_a_person",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(outcome="", voided_at=None), name="follow_ups_due")
        ]
