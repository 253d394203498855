"""The diary: one row a day, as the person wrote it on paper."""

import pghistory
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from desist.programme.episodes.models import Episode
from desist.programme.sessions.diary.states import Act


@pghistory.track()
class DiaryDay(models.Model):
    """What a person noted about one day. Figures run from 0 (not at all) to 5; none means not noted."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="diary")
    day = models.DateField()
    version = models.PositiveIntegerField(default=1)
    urge = models.PositiveSmallIntegerField(null=True, validators=[MaxValueValidator(5)])
    act = models.CharField(max_length=20, choices=Act.choices, blank=True)
    anger = models.PositiveSmallIntegerField(null=True, validators=[MaxValueValidator(5)])
    sadness = models.PositiveSmallIntegerField(null=True, validators=[MaxValueValidator(5)])
    shame = models.PositiveSmallIntegerField(null=True, validators=[MaxValueValidator(5)])
    sleep_hours = models.PositiveSmallIntegerField(null=True, validators=[MaxValueValidator(24)])
    substances = models.BooleanField(null=True)
    skill = models.CharField(max_length=40, blank=True)  # a key of the skills' catalogue
    note = models.TextField(blank=True)
    typed_by = models.CharField(max_length=40)
    typed_at = models.DateTimeField()

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(fields=["episode", "day"], name="a_day_of_the_diary_is_one_row"),
            models.CheckConstraint(condition=Q(urge=None) | Q(urge__lte=5), name="an_urge_is_0_to_5"),
        ]
