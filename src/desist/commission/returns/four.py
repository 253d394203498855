"""Four quarters side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desist.commission.returns import queries
from desist.commission.returns.models import ServiceReturn
from desist.commission.returns.policy import Action
from desist.post import partners
from desist.returns import definitions
from desist.returns.definitions import Definition, Edition
from desist.returns.figures import Span
from desist.returns.quarters import Quarter
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Beside:
    """One figure in four quarters: numbers as texts."""

    words: str
    numbers: tuple[str, ...]

    @property
    def nought(self) -> bool:
        """Whether it is 0 in each quarter."""
        return set(self.numbers) == {"0"}


@dataclass(frozen=True)
class Four:
    """Four quarters side by side."""

    ref: str
    service: str
    quarters: tuple[str, ...]
    missing: tuple[str, ...]
    definitions: str
    chapters: tuple[tuple[Definition, tuple[tuple[str, tuple[Beside, ...]], ...]], ...]
    flow: tuple[tuple[str, tuple[int | None, ...]], ...]
    steps: tuple[str, ...]
    picture: str

    @property
    def columns(self) -> list[tuple[str, None]]:
        """The headings of each table."""
        return [("Figure", None), *((one, None) for one in self.quarters)]


def four(*, actor: Actor, ref: str, at: datetime) -> Four:
    """Return the four quarters up to a return side by side, those that were counted by the same definitions."""
    row = gate.open(actor, Action.SEE_RETURNS, ServiceReturn, ref, at=at).get()
    wanted = Quarter(row.quarter).four
    found = {one.quarter: one for one in queries.beside(row)} | {row.quarter: row}
    edition = definitions.edition(row.definitions)
    read = [queries.numbers_of(found[one.first]) if one.first in found else {} for one in wanted]
    chapters = tuple(
        (
            one,
            tuple(
                (table.title, tuple(_numbers(edition, name, read) for name in (table.whole, *table.parts)))
                for table in one.leaving
            ),
        )
        for one in edition.shown
    )
    flow = tuple(
        (edition.words(name), tuple(quarter.get((Span.QUARTER, name)) for quarter in read))
        for name in edition.beside
    )
    return Four(
        ref=row.ref,
        service=partners.title(name=row.sender),
        quarters=tuple(map(str, wanted)),
        missing=tuple(str(one) for one in wanted if one.first not in found),
        definitions=row.definitions,
        chapters=chapters,
        flow=flow,
        steps=tuple(f"{one.first:%b %Y}" for one in wanted),
        picture=edition.picture,
    )


def _numbers(edition: Edition, name: str, read: Sequence[Mapping[tuple[Span, str], int]]) -> Beside:
    numbers = (quarter.get((Span.QUARTER, name)) if quarter else None for quarter in read)
    said = ("–" if not quarter else "withheld" if number is None else str(number)
            for quarter, number in zip(read, numbers, strict=True))  # fmt: skip
    return Beside(edition.words(name), tuple(said))
