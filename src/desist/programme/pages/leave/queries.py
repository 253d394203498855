"""Questions about leave, each with a frozen answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desist.programme.calendar.clashes import queries as clashes
from desist.programme.practitioners.absences.models import Leave
from desist.programme.practitioners.absences.policy import Action
from desist.programme.practitioners.absences.states import Kind
from desist.programme.practitioners.models import Practitioner
from desist.programme.service.cover import queries as cover
from desist.ui.dates import LONDON
from desist.wall import gate
from desist.wall.actors import Actor

MOST = 200


@dataclass(frozen=True)
class LeaveRow:
    """One leave: who is away, from the first to the last day."""

    ref: str
    practitioner: str
    first: date
    last: date
    kind: str
    cover: str
    now: bool


@dataclass(frozen=True)
class LeavePage:
    """The leave that is not over, what is planned into it, and whose leave can be noted."""

    rows: tuple[LeaveRow, ...]
    falling: tuple[clashes.MeetingInLeave, ...]
    people: tuple[tuple[str, str], ...]
    asked: Mapping[str, str]  # meeting -> the colleague who has not answered yet


@dataclass(frozen=True)
class LeavePractitioner:
    """The practitioner whose leave is recorded, their meetings meanwhile, and the colleagues who can stand in."""

    ref: str
    name: str
    others: tuple[tuple[str, str], ...]
    meetings: tuple[cover.MeetingToCover, ...]


def leave(*, actor: Actor, at: datetime) -> LeavePage:
    """Return the leave that is not over, of the area's practitioners, the next first."""
    people = Practitioner.objects.filter(area=actor.area, left_on=None).order_by("name")
    rows = _leave(actor, at)
    shown = tuple(_row(one, at) for one in rows)
    falling = clashes.falling(leave=rows, actor=actor, at=at)
    return LeavePage(
        shown, falling, tuple(people.values_list("ref", "name")), cover.asked([one.ref for one in falling])
    )


def who(*, actor: Actor, ref: str, first: date, last: date, at: datetime) -> LeavePractitioner:
    """One practitioner, to record leave of from one day to another."""
    row = gate.open(actor, Action.NOTE_LEAVE, Practitioner, ref, at=at).get()
    others = Practitioner.objects.filter(area=row.area, left_on=None).exclude(pk=row.pk).order_by("name")
    return LeavePractitioner(
        row.ref,
        row.name,
        tuple(others.values_list("ref", "name")),
        cover.to_cover(who=row, first=first, last=last, actor=actor, at=at),
    )


def _leave(actor: Actor, at: datetime) -> list[Leave]:
    today = at.astimezone(LONDON).date()
    rows = gate.see(actor, Action.SEE_LEAVE, Leave, at=at).filter(removed_at=None, days__endswith__gt=today)
    return list(rows.select_related("practitioner", "cover").order_by("days", "pk")[:MOST])


def _row(one: Leave, at: datetime) -> LeaveRow:
    return LeaveRow(
        ref=one.ref,
        practitioner=one.practitioner.name,
        first=one.days.lower,
        last=one.days.upper - timedelta(days=1),
        kind=Kind(one.kind).label,
        cover=one.cover.name if one.cover else "",
        now=one.days.lower <= at.astimezone(LONDON).date(),
    )
