"""Tasks that go along with a case and what belongs to it, in the transaction of the change that gives the case to a colleague."""

from collections.abc import Collection
from datetime import datetime

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
