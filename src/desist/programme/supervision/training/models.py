"""The training record of each practitioner: entries that are added, and struck out where they were a mistake."""

import pghistory
from django.db import models
from django.db.models import F, Q

from desist.facts import REF, SUBMISSION, Retention
from desist.programme.practitioners.models import Practitioner
from desist.programme.supervision.training.states import Kind, Level
from desist.references import reference

#: courses that run out, as long as no later entry of the same course replaces them
RUNS_OUT = Q(kind="course", until__isnull=False, struck_at=None)


@pghistory.track()
class TrainingEntry(models.Model):
    """A course taken, an induction step done, or a module judged; the newest of its subject is the one that holds."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    practitioner = models.ForeignKey(
        Practitioner,
        on_delete=models.PROTECT,
        related_name="training",
        db_comment="Practitioner whose record it is in",
    )
    kind = models.CharField(
        max_length=12, choices=Kind.choices, db_comment="Course, induction step or competence"
    )
    about = models.CharField(
        max_length=80,
        db_comment="Its subject: the code of a course or of a step, the name of another course or of a module",
    )
    on = models.DateField(db_comment="Day of the course, of the step or of the judgement")
    until = models.DateField(
        null=True, db_comment="Last day on which a course counts; empty where it does not run out"
    )
    level = models.CharField(
        max_length=12, choices=Level.choices, blank=True, db_comment="Competence as it was judged, coded"
    )
    note = models.CharField(
        max_length=300, blank=True, db_comment="Who gave the course, or what the judgement rests on"
    )
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    recorded_by = models.CharField(max_length=40, db_comment="Account that recorded or judged it")
    recorded_at = models.DateTimeField(db_comment="When it was recorded")
    struck_by = models.CharField(max_length=40, blank=True, db_comment="Account that struck it out")
    struck_at = models.DateTimeField(null=True, db_comment="When it was struck out")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="competence") & ~Q(level="") | ~Q(kind="competence") & Q(level=""),
                name="only_competence_is_judged",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(kind="course", until__gte=F("on")),
                name="only_a_course_runs_out_and_after_its_day",
            ),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by="") | (Q(struck_at__isnull=False) & ~Q(struck_by="")),
                name="a_struck_entry_says_who",
            ),
        ]
        indexes = [
            models.Index(fields=["until"], condition=RUNS_OUT, name="refreshers_by_day"),
        ]
