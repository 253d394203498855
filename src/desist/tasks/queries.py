"""Questions about tasks, each with a frozen answer."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q, QuerySet

from desist.accounts import queries as accounts
from desist.accounts.models import Account
from desist.references import spoken
from desist.tasks import cases
from desist.tasks.models import Task
from desist.tasks.policy import LEADERS, Action
from desist.tasks.states import What
from desist.ui import dates
from desist.ui.todo import Line, When
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Instances, Question, Slot, among, day, moment, texts

#: the most tasks of one page: those due first
MOST = 100


@dataclass(frozen=True)
class Case:
    """The case of a task: `name` is empty where it is about none."""

    ref: str
    name: str
    spoken: str
    route: str


@dataclass(frozen=True)
class ToGive:
    """The case of the new task, and who may have it."""

    case: Case
    colleagues: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Step:
    """One thing that happened: "Handed over to Noor Hale", by whom and when."""

    words: str
    by: str
    at: datetime
    line: str


@dataclass(frozen=True)
class TaskPage:
    """One task with what happened to it."""

    ref: str
    words: str
    case: Case
    holder: str
    giver: str
    due_on: date
    late: bool
    done_at: datetime | None
    version: int
    colleagues: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]


def to_give(*, actor: Actor, case: str, at: datetime) -> ToGive:
    """The page that gives a task. Raises gate.NotFound for a case that the actor may not see."""
    gate.see(actor, Action.SEE_TASKS, Task, at=at)
    known = cases.named(actor, [case] if case else [])
    if case and case not in known:
        raise gate.NotFound(case)
    return ToGive(_case(case, known), tuple(cases.colleagues(actor, case)))


def task(*, actor: Actor, ref: str, at: datetime) -> TaskPage:
    """One task."""
    row = gate.open(actor, Action.HAND_OVER_TASK, Task, ref, at=at).get()
    steps = list(row.steps.order_by("at", "pk"))
    names = accounts.names(
        refs=[row.held_by, row.given_by, *(who for one in steps for who in (one.by, one.to))]
    )
    return TaskPage(
        ref=row.ref,
        words=row.words,
        case=_case(row.case, cases.named(actor, [row.case] if row.case else [])),
        holder=names[row.held_by],
        giver=names[row.given_by],
        due_on=row.due_on,
        late=row.done_at is None and row.due_on < dates.day_of(at),
        done_at=row.done_at,
        version=row.version,
        colleagues=tuple(one for one in cases.colleagues(actor, row.case) if one[0] != row.held_by),
        steps=tuple(
            Step(_happened(one.what, names[one.to], names[one.by]), names[one.by], one.at, one.line)
            for one in steps
        ),
    )


@dataclass(frozen=True)
class OnCase:
    """A task as the page of its case lists it; `late` where it should have been done by now."""

    ref: str
    case: str
    words: str
    holder: str
    due_on: date
    late: bool
    done_at: datetime | None


def about(*, actor: Actor, cases: Collection[str], at: datetime) -> tuple[OnCase, ...]:
    """The tasks about these cases that the actor may see, the open ones first, each by its day."""
    rows = list(
        gate.see(actor, Action.SEE_TASKS, Task, at=at).filter(case__in=cases).order_by("due_on", "pk")
    )
    names = accounts.names(refs=[row.held_by for row in rows])
    today = dates.day_of(at)
    found = (
        OnCase(
            ref=row.ref,
            case=row.case,
            words=row.words,
            holder=names[row.held_by],
            due_on=row.due_on,
            late=row.done_at is None and row.due_on < today,
            done_at=row.done_at,
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda one: one.done_at is not None))


def open_about(*, case: str) -> int:
    """How many tasks about a case are not done, also those that few may see."""
    return Task.objects.filter(case=case, done_at=None).count()


def to_do(*, actor: Actor, at: datetime) -> Iterator[Line]:
    """The lines of a first page: own tasks, those given to others, those done today; a leader's late ones and leavers'."""
    today = dates.day_of(at)
    which = OF_A_LEADER if actor.role in LEADERS else OWN
    moments = {"today": today, "midnight": dates.moment(today, time(0))}
    rows = gate.whole(actor, Action.SEE_TASKS, which, TASKS, at=at, **moments)
    if not rows:
        return
    known = cases.named(actor, {row.case for row in rows if row.case})
    people = {one.ref: one for one in PEOPLE.rows(refs=list({row.held_by for row in rows}))}
    for row in rows:
        case, holder = _case(row.case, known), people[row.held_by]
        line = Line(
            words=row.words,
            route="tasks:task",
            ref=row.ref,
            name=case.name,
            spoken=case.spoken,
            by=row.due_on,
        )
        if row.done_at:
            yield line.but(when=When.DONE, by=None, press="tasks:undo", button="Not done")
        elif row.held_by == actor.who:
            yield line.but(press="tasks:done", button="Done")
        elif holder.left_at:
            yield line.but(clock=f"{holder.name} has left: hand the task over")
        else:
            yield line.but(owner=holder.name, when=When.WAITING)


def _case(ref: str, known: dict[str, tuple[str, str]]) -> Case:
    name, route = known.get(ref, ("", ""))
    return Case(ref, name, spoken(ref) if ref else "", route)


def _happened(what: str, to: str, by: str) -> str:
    return f"{What(what).label} {by if what in {What.DONE, What.REOPENED} else to}"


_HELD_OR_GIVEN = Q(held_by=Slot("who")) | Q(given_by=Slot("who"))


def _of_a_leader(rows: QuerySet[Task]) -> QuerySet[Any]:
    left = Account.objects.filter(left_at__isnull=False).values("ref")
    return _listed(rows, _HELD_OR_GIVEN | Q(due_on__lt=day("today")) | Q(held_by__in=left))


def _listed(rows: QuerySet[Task], whose: Q) -> QuerySet[Any]:
    done = Q(done_by=Slot("who"), done_at__gte=moment("midnight"))
    rows = rows.filter((Q(done_at=None) & whose) | done)
    return rows.order_by("due_on", "pk").values_list("pk")[:MOST]


TASKS = Instances(
    lambda: Task.objects.filter(pk__in=among("keys")).order_by("due_on", "pk"),
    *("ref", "case", "sealed_words", "due_on", "held_by", "done_at"),
)
PEOPLE = Instances(lambda: Account.objects.filter(ref__in=texts("refs")), "ref", "name", "left_at")
OWN = Question(Task, lambda rows: _listed(rows, _HELD_OR_GIVEN))
OF_A_LEADER = Question(Task, _of_a_leader)
