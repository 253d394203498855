"""Questions about published tables, each with a frozen answer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from desist.accounts import queries as accounts
from desist.commission.force_tables import reading
from desist.commission.force_tables.models import ForceTable
from desist.commission.force_tables.policy import Action
from desist.commission.force_tables.states import Counts
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Row:
    """One table, with what was read from it and the accounts that pasted and removed it."""

    ref: str
    counts: str
    source: str
    table: str
    areas: int
    periods: tuple[str, ...]
    left_out: tuple[str, ...]
    entered_by: str
    entered_at: datetime
    removed_by: str
    removed_at: datetime | None


@dataclass(frozen=True)
class Page:
    """The tables that stand on sheets, and those that were removed."""

    current: tuple[Row, ...]
    removed: tuple[Row, ...]
    can_change: bool


@dataclass(frozen=True)
class Cell:
    """What the newest table of one kind says of an area; without a number, `note` says why."""

    counts: Counts
    number: int | None
    note: str
    over: str
    source: str
    entered_at: datetime


def tables(*, actor: Actor, at: datetime) -> Page:
    """Return the tables of the area, the newest first."""
    rows = gate.see(actor, Action.SEE_FORCE_TABLES, ForceTable, at=at).order_by("-entered_at", "pk")
    every = [_row(row) for row in rows]
    return Page(
        current=tuple(one for one in every if one.removed_at is None),
        removed=tuple(one for one in every if one.removed_at is not None),
        can_change=actor.role in policy.rule(Action.ENTER_FORCE_TABLE).roles,
    )


def cells(*, actor: Actor, names: Collection[str], at: datetime) -> dict[Counts, Cell]:
    """Return by kind what the newest table says of the area of these names; a kind without a table is not there."""
    rows = gate.see(actor, Action.SEE_FORCE_TABLES, ForceTable, at=at).filter(removed_at=None)
    found: dict[Counts, Cell] = {}
    for row in rows.order_by("entered_at", "pk"):
        if cell := reading.newest(row.table, names=names):
            over = f"{dates.on(cell.period.start)} to {dates.on(cell.period.end)}"
            kind = Counts(row.counts)
            found[kind] = Cell(kind, cell.count, cell.note, over, row.source, row.entered_at)
    return found


def _row(row: ForceTable) -> Row:
    read = reading.read(row.table)
    return Row(
        ref=row.ref,
        counts=str(Counts(row.counts).label),
        source=row.source,
        table=row.table,
        areas=len({one.area for one in read.counts}),
        periods=tuple(read.periods),
        left_out=read.left_out,
        entered_by=accounts.name(ref=row.entered_by),
        entered_at=row.entered_at,
        removed_by=accounts.name(ref=row.removed_by) if row.removed_at else "",
        removed_at=row.removed_at,
    )
