"""Questions about duty numbers, each with a frozen answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from desist.accounts import queries as accounts
from desist.accounts.beginning.queries import Missing
from desist.desk.duty.models import DutyNumber
from desist.desk.policy import Action
from desist.wall import gate, policy
from desist.wall.actors import Actor

PAGE = 50


@dataclass(frozen=True)
class Number:
    """A number and who answers it."""

    title: str
    number: str


@dataclass(frozen=True)
class Row:
    """One number, with the accounts that listed and ended it."""

    ref: str
    title: str
    number: str
    added_by: str
    added_at: datetime
    ended_by: str
    ended_at: datetime | None


@dataclass(frozen=True)
class Page:
    """The numbers of the area in use, and the ended ones."""

    current: tuple[Row, ...]
    past: tuple[Row, ...]
    can_change: bool  # for every actor


def current(*, actor: Actor, at: datetime) -> tuple[Number, ...]:
    """The numbers of the area, the first listed one first."""
    rows = gate.see(actor, Action.SEE_DUTY_NUMBERS, DutyNumber, at=at).filter(ended_at=None)
    found = rows.order_by("added_at", "pk").values_list("title", "number")[:PAGE]
    return tuple(Number(title, number) for title, number in found)


def in_a_fault(*, area: str) -> tuple[Number, ...]:
    """The numbers of an area, for the page of a fault in which no event can be kept: they belong to no case."""
    rows = DutyNumber.objects.filter(area=area, ended_at=None).order_by("added_at", "pk")
    return tuple(Number(title, number) for title, number in rows.values_list("title", "number")[:PAGE])


def numbers(*, actor: Actor, at: datetime) -> Page:
    """The area's list with its history; at most PAGE of each."""
    rows = gate.see(actor, Action.SEE_DUTY_NUMBERS, DutyNumber, at=at)
    return Page(
        current=tuple(map(_row, rows.filter(ended_at=None).order_by("added_at", "pk")[:PAGE])),
        past=tuple(map(_row, rows.exclude(ended_at=None).order_by("-ended_at", "pk")[:PAGE])),
        can_change=actor.role in policy.rule(Action.ADD_DUTY_NUMBER).roles,
    )


def _row(row: DutyNumber) -> Row:
    return Row(
        ref=row.ref,
        title=row.title,
        number=row.number,
        added_by=accounts.name(ref=row.added_by),
        added_at=row.added_at,
        ended_by=accounts.name(ref=row.ended_by) if row.ended_by else "",
        ended_at=row.ended_at,
    )


def missing() -> Iterator[Missing]:
    """The areas without a duty number in use."""
    listed = set(DutyNumber.objects.filter(ended_at=None).values_list("area", flat=True))
    for area, name in accounts.areas():
        if area not in listed:
            yield (
                f"A duty number in {name}, which alerts give to ring back: who leads there adds one under Duty numbers",
                "",
            )
