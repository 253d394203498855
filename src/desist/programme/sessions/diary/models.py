"""The diary: one row a day, as the person wrote it on paper."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from desist.facts import REF, SUBMISSION, VERSION, Retention
from desist.programme.episodes.models import Episode
from desist.programme.sessions.diary.states import Act
from desist.references import reference


@pghistory.track()
class DiaryDay(models.Model):
    """What a person noted about one day. Figures run from 0 (not at all) to 5; none means not noted."""

    retention_class = Retention.CASE
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="diary", db_comment="Episode of the person"
    )
    day = models.DateField(db_comment="Day that the entry is about")
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    urge = models.PositiveSmallIntegerField(
        null=True, validators=[MaxValueValidator(5)], db_comment="The strongest urge of the day, 0 to 5"
    )
    act = models.CharField(
        max_length=20, choices=Act.choices, blank=True, db_comment="What the person did about it, coded"
    )
    anger = models.PositiveSmallIntegerField(
        null=True, validators=[MaxValueValidator(5)], db_comment="Anger, 0 to 5"
    )
    sadness = models.PositiveSmallIntegerField(
        null=True, validators=[MaxValueValidator(5)], db_comment="Sadness, 0 to 5"
    )
    shame = models.PositiveSmallIntegerField(
        null=True, validators=[MaxValueValidator(5)], db_comment="Shame, 0 to 5"
    )
    sleep_hours = models.PositiveSmallIntegerField(
        null=True, validators=[MaxValueValidator(24)], db_comment="Hours of sleep"
    )
    substances = models.BooleanField(null=True, db_comment="Whether alcohol or drugs were taken")
    skill = models.CharField(
        max_length=40, blank=True, db_comment="Skill that was used, a key of the catalogue"
    )
    note = models.TextField(blank=True, db_comment="The person's own words")
    own = models.JSONField(
        default=dict, db_default={}, db_comment="Own targets: reference of the target and its figure, 0 to 5"
    )
    hour = models.PositiveSmallIntegerField(
        null=True,
        validators=[MaxValueValidator(23)],
        db_comment="Hour in which the act happened or the urge was strongest, 0 to 23",
    )
    entered_on = models.DateField(
        null=True, db_comment="Day on which it was first entered; empty for days of before this was kept"
    )
    typed_by = models.CharField(max_length=40, db_comment="Account that typed it from paper")
    typed_at = models.DateTimeField(db_comment="When it was typed in")
    noted_at = models.DateTimeField(
        null=True,
        db_comment="When it was noted on a phone without a line, by the phone's clock; empty: typed or sent at once",
    )
    entries = ArrayField(
        models.CharField(max_length=64),
        default=list,
        db_default=[],
        db_comment="What phones noted without a line, each by its own token, so that one sent twice counts once",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode", "day"], name="a_day_of_the_diary_is_one_row"),
            models.CheckConstraint(condition=Q(urge=None) | Q(urge__lte=5), name="an_urge_is_0_to_5"),
        ]


@pghistory.track()
class DiaryTarget(models.Model):
    """A row of one person's own in their diary, beside those that everyone has; ended, never overwritten."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="diary_targets", db_comment="Episode of the person"
    )
    name = models.CharField(max_length=40, db_comment="What the person rates each day, 0 to 5")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    added_by = models.CharField(max_length=40, db_comment="Account that added it")
    added_at = models.DateTimeField(db_comment="When it was added")
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Account that ended it")
    ended_at = models.DateTimeField(null=True, db_comment="When it was ended")
