"""The practice log: which skill a person tried between the sessions, and whether it helped."""

import pghistory
from django.db import models

from desist.facts import REF, SUBMISSION, Retention
from desist.programme.episodes.models import Episode
from desist.programme.sessions.practice.states import Helped
from desist.references import reference


@pghistory.track()
class SkillPractice(models.Model):
    """One time that a person tried a skill; struck out, never overwritten."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="practices", db_comment="Episode of the person"
    )
    day = models.DateField(db_comment="Day on which they tried it")
    skill = models.CharField(max_length=40, db_comment="Skill that was tried, a key of the catalogue")
    helped = models.CharField(
        max_length=8, choices=Helped.choices, db_comment="Whether it helped, as the person says, coded"
    )
    note = models.CharField(max_length=400, blank=True, db_comment="The person's own words about it")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    entered_by = models.CharField(max_length=40, db_comment="Account that typed it from paper")
    entered_at = models.DateTimeField(db_comment="When it was typed in")
    struck_by = models.CharField(max_length=40, blank=True, db_comment="Account that struck it out")
    struck_at = models.DateTimeField(null=True, db_comment="When it was struck out")
