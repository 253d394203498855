"""Questions about need sheets, each with a frozen answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desist.accounts import queries as accounts
from desist.commission.force_tables import queries as tables
from desist.commission.needs import published
from desist.commission.needs.policy import Action
from desist.commission.needs.published import Step
from desist.commission.returns import queries as returns
from desist.commission.returns.models import ServiceReturn
from desist.commission.returns.states import State
from desist.post import partners
from desist.referral import police_areas
from desist.returns import definitions, figures
from desist.returns.definitions import Edition
from desist.returns.figures import Span
from desist.returns.quarters import Quarter
from desist.sites import Zone
from desist.wall import gate
from desist.wall.actors import Actor

#: the address of the own area where it is none of the 43
OWN = "own"
#: side -> the figures of its return that are steps
STEPS = {Zone.PARTNERSHIP: ("full",), Zone.PROGRAMME: ("received", "started", "completed")}
SHORT = {"full": "Orders made", "received": "Referred", "started": "Started", "completed": "Completed"}
WITHHELD = "Not in the return: withheld, or fewer than four quarters were counted"


@dataclass(frozen=True)
class Area:
    """One area of the list, with how many published figures are stored of it."""

    code: str
    name: str
    own: bool
    stalked: Step
    missing: int


@dataclass(frozen=True)
class Sheet:
    """The need sheet of an area. Only the own area has steps from returns."""

    name: str
    own: bool
    steps: tuple[Step, ...]
    returned: tuple[Step, ...]
    beside: str

    @property
    def whole(self) -> list[tuple[str, int | None]]:
        """The bars from need to completion."""
        return [
            (f"{one.short}, {one.low:,} to {one.high:,}" if one.low is not None else one.short, one.number)
            for one in self._flow
        ]

    @property
    def later(self) -> list[tuple[str, int | None]]:
        """The bars from what was recorded on: beside the estimate they are too short to compare."""
        return [(one.short, one.number) for one in self._flow[1:]]

    @property
    def _flow(self) -> list[Step]:
        return [one for one in (*self.steps, *self.returned) if one.in_flow]


def areas(*, actor: Actor, at: datetime) -> tuple[Area, ...]:
    """Return the own area and the 43, each once."""
    gate.see(actor, Action.SEE_NEEDS, ServiceReturn, at=at)
    own = _own(actor)
    codes = published.codes()
    listed = [own, *(code for code in codes if code != own)]
    return tuple(
        _area(code, codes.get(code) or accounts.area_name(actor.area), own=code == own) for code in listed
    )


def sheet(*, actor: Actor, area: str, at: datetime) -> Sheet:
    """Return the need sheet of an area by its code. Raises gate.NotFound."""
    rows = gate.see(actor, Action.SEE_NEEDS, ServiceReturn, at=at)
    own, force = _own(actor), published.force_of(area)
    if force is None and area != own:
        raise gate.NotFound(area)
    is_own = area == own
    name = published.codes().get(area) or accounts.area_name(actor.area)
    names = {name, area, *([force.name] if force else [actor.area])}
    steps = published.with_tables(
        published.steps(force) if force else published.missing(),
        tables.cells(actor=actor, names=names, at=at),
        area=name,
    )
    return Sheet(
        name=name,
        own=is_own,
        steps=steps,
        returned=_returned(rows.filter(state=State.STANDS).order_by("quarter")) if is_own else (),
        beside=published.beside_estimate(steps),
    )


def _own(actor: Actor) -> str:
    code = police_areas.called(actor.area)
    return code if code in published.codes() else OWN


def _area(code: str, name: str, *, own: bool) -> Area:
    force = published.force_of(code)
    steps = published.steps(force) if force else published.missing()
    return Area(code, name, own, steps[0], sum(one.number is None for one in steps))


def _returned(rows: Iterable[ServiceReturn]) -> tuple[Step, ...]:
    """Return the steps of the newest return that stands of each sender, the police first."""
    newest = {row.sender: (row, definitions.edition(row.definitions)) for row in rows}
    return tuple(
        _step(row, edition, name)
        for side, names in STEPS.items()
        for name in names
        for row, edition in newest.values()
        if edition.side is side and name in edition.names
    )


def _came(row: ServiceReturn) -> str:
    if hand := returns.by_hand(row):
        return hand[:1].lower() + hand[1:]
    return "small numbers were withheld before it left"


def _step(row: ServiceReturn, edition: Edition, name: str) -> Step:
    number = figures.read(tuple(row.figures), known=frozenset(edition.names)).get((Span.FOUR, name))
    said = next(one for one in edition.returns for table in one.tables if name in (table.whole, *table.parts))
    four = Quarter(row.quarter).four
    return Step(
        words=f"{edition.words(name)}: {partners.title(name=row.sender)}",
        short=SHORT[name],
        number=number,
        why="" if number is not None else WITHHELD,
        over=f"{four[0].first:%B %Y} to {four[-1].last:%B %Y}",
        said=(
            f"Counted: {said.counted}.",
            f"Out of: {said.of}.",
            f"Left out: {said.leaves_out}.",
            f"Source: the return that stands, by definitions {row.definitions}; {_came(row)}.",
        ),
    )
