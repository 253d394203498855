"""The changes of a task."""

from datetime import date, datetime

from desist.accounts import queries as accounts
from desist.refusals import Refused
from desist.tasks import cases
from desist.tasks.models import Task, TaskStep
from desist.tasks.policy import Action
from desist.tasks.states import What
from desist.ui import dates
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor


def give(
    *,
    actor: Actor,
    case: str,
    words: str,
    due_on: date,
    to: str,
    override: Override | None,
    submission: str,
    at: datetime,
) -> None:
    """Give a task, once. Raises Refused where the colleague cannot have it, and words.Unclear."""
    row = Task(area=actor.area, case=case, due_on=due_on, given_by=actor.who, given_at=at, held_by=to)
    row.words, row.submission = words, submission
    try:
        with gate.create(actor, Action.GIVE_TASK, row, at=at):
            _check(row, to, actor)
            _hold(row, {"words": words}, override, actor, at)
            _step(row, What.GIVEN, actor, at)
    except gate.Twice:
        return


def hand_over(
    *,
    actor: Actor,
    ref: str,
    to: str,
    line: str,
    override: Override | None,
    version: int | None,
    at: datetime,
) -> None:
    """Hand a task over to a colleague with a line. Raises Refused, Changed and words.Unclear."""
    with gate.change(actor, Action.HAND_OVER_TASK, Task, ref, at=at) as row:
        if row.held_by == to:
            return
        if row.done_at:
            raise Refused(f"{accounts.name(ref=row.done_by)} has done this task already")
        gate.next_version(row, version)
        _check(row, to, actor)
        _hold(row, {"line": line}, override, actor, at)
        row.held_by = to
        row.save(update_fields=["held_by", "version"])
        _step(row, What.HANDED_OVER, actor, at, line)


def finish(*, actor: Actor, ref: str, at: datetime) -> None:
    """Record that a task is done. Raises Refused where a colleague has done it."""
    with gate.change(actor, Action.DO_TASK, Task, ref, at=at) as row:
        if row.done_by == actor.who:
            return
        if row.done_at:
            raise Refused(f"{accounts.name(ref=row.done_by)} has done this task already")
        gate.next_version(row)
        row.done_by, row.done_at = actor.who, at
        row.save(update_fields=["done_by", "done_at", "version"])
        _step(row, What.DONE, actor, at)


def reopen(*, actor: Actor, ref: str, at: datetime) -> None:
    """Take back, on the same day, that a task is done. Raises Refused on a later day."""
    with gate.change(actor, Action.DO_TASK, Task, ref, at=at) as row:
        if row.done_at is None:
            return
        if dates.day_of(row.done_at) != dates.day_of(at):
            raise Refused(f"This task was done on {dates.on(row.done_at)}. Give a new one")
        gate.next_version(row)
        row.done_by, row.done_at = "", None
        row.save(update_fields=["done_by", "done_at", "version"])
        _step(row, What.REOPENED, actor, at)


def _check(row: Task, to: str, actor: Actor) -> None:
    """Refuse a colleague who left, changed roles, or may not see the case."""
    if to != actor.who and not cases.may_hold(to, row.area, row.case):
        raise Refused(
            "This colleague has left or may not see this case. Choose another colleague", field="to"
        )


def _hold(row: Task, texts: dict[str, str], override: Override | None, actor: Actor, at: datetime) -> None:
    named = audit.row_name(Task, row.ref)
    clearances.hold(named=named, texts=texts, override=override, actor=actor, at=at)


def _step(row: Task, what: What, actor: Actor, at: datetime, line: str = "") -> None:
    step = TaskStep(task=row, what=what, by=actor.who, to=row.held_by, at=at)
    step.line = line
    step.save(force_insert=True)
