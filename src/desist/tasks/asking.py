"""Tasks that a slice asks a colleague for, and ends by itself, each in the transaction of what happened."""

from datetime import date, datetime

from desist.tasks.models import Task, TaskStep
from desist.tasks.states import What
from desist.wall import gate


def ask(
    *, case: str, area: str, words: str, to: str, due_on: date, asked: str, by: str, at: datetime
) -> None:
    """Give a task about a case; `asked` names it, so that it is found again. The words are the slice's own."""
    row = Task(area=area, case=case, due_on=due_on, given_by=by, given_at=at, held_by=to, submission=asked)
    row.words = words
    row.save(force_insert=True)
    TaskStep.objects.create(task=row, what=What.GIVEN, by=by, to=to, at=at)


def end(*, asked: str, by: str, at: datetime) -> None:
    """End the task of that name, where it is open."""
    for row in Task.objects.select_for_update().filter(submission=asked, done_at=None):
        gate.next_version(row)
        row.done_by, row.done_at = by, at
        row.save(update_fields=["done_by", "done_at", "version"])
        TaskStep.objects.create(task=row, what=What.DONE, by=by, to=row.held_by, at=at)
