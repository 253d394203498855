"""Tasks that staff give themselves or a colleague; their words are locked with the site's key."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.post import locked
from desist.references import reference
from desist.tasks.states import What


@pghistory.track()
class Task(models.Model):
    """One thing that an account has to do by a day, about a case of this site or about none."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    case = models.CharField(
        max_length=12,
        blank=True,
        db_comment="This site's own reference of the case; empty where it is about none",
    )
    sealed_words = models.BinaryField(
        default=bytes, db_comment="What is to be done, locked with the site's key"
    )
    due_on = models.DateField(db_comment="Day by which it is to be done")
    given_by = models.CharField(max_length=40, db_comment="Account that gave it")
    given_at = models.DateTimeField(db_comment="When it was given")
    held_by = models.CharField(max_length=40, db_comment="Account that has to do it")
    done_by = models.CharField(max_length=40, blank=True, db_comment="Account that did it")
    done_at = models.DateTimeField(null=True, db_comment="When it was done")
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_by="", done_at=None) | (~Q(done_by="") & Q(done_at__isnull=False)),
                name="a_done_task_has_who_and_when",
            )
        ]
        indexes = [
            models.Index(fields=["held_by", "due_on"], condition=Q(done_at=None), name="tasks_held"),
            models.Index(fields=["given_by", "due_on"], condition=Q(done_at=None), name="tasks_given"),
            models.Index(fields=["done_by", "done_at"], name="tasks_done"),
        ]

    @property
    def words(self) -> str:
        """What is to be done."""
        return locked.unlock(place="task.words", row=self.ref, sealed=self.sealed_words)

    @words.setter
    def words(self, words: str) -> None:
        self.sealed_words = locked.lock(place="task.words", row=self.ref, text=words)


class TaskStep(models.Model):
    """One thing that happened to a task: added, never changed."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="steps", db_comment="The task")
    what = models.CharField(max_length=12, choices=What.choices, db_comment="What happened, coded")
    by = models.CharField(max_length=40, db_comment="Account that did it")
    to = models.CharField(max_length=40, db_comment="Account that has or had to do the task then")
    at = models.DateTimeField(db_comment="When it happened")
    sealed_line = models.BinaryField(
        default=bytes, db_comment="Line that went with a hand-over, locked with the site's key"
    )

    @property
    def line(self) -> str:
        """The line that went with a hand-over."""
        return locked.unlock(place="task.line", row=self.ref, sealed=self.sealed_line)

    @line.setter
    def line(self, words: str) -> None:
        self.sealed_line = locked.lock(place="task.line", row=self.ref, text=words)
