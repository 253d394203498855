"""Tasks that a change of a case moves, gives or ends, in the transaction of that change."""

from collections.abc import Collection
from datetime import date, datetime

from desist.tasks.models import Task, TaskStep
from desist.tasks.states import What
from desist.wall import gate


def go_along(*, cases: Collection[str], holders: Collection[str], to: str, by: str, at: datetime) -> None:
    """Give the open tasks about these cases from those who worked with it to the account that does now."""
    rows = (
        Task.objects.select_for_update()
        .filter(case__in=cases, held_by__in=holders, done_at=None)
        .order_by("pk")
    )
    for row in rows.exclude(held_by=to):
        gate.next_version(row)
        row.held_by = to
        row.save(update_fields=["held_by", "version"])
        TaskStep.objects.create(task=row, what=What.HANDED_OVER, by=by, to=to, at=at)


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
        Task.objects.filter(pk=row.pk).update(done_by=by, done_at=at, version=row.version)
        TaskStep.objects.create(task=row, what=What.DONE, by=by, to=row.held_by, at=at)
