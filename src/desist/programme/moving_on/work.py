"""The work of the sessions as the tables of a person who goes on elsewhere: chains, diary, risk, readiness.

The work of a session outside the twelve goes with the last of the twelve that was held before it. An older receiver
passes over tables that it does not know.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from desist.moving_in.tables import KEY, Sheet
from desist.programme.chains.links import Part
from desist.programme.chains.models import Chain
from desist.programme.episodes.models import Episode
from desist.programme.moving_in import work as tables
from desist.programme.risk.states import Over
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import OF_THE_TWELVE, State
from desist.ui import dates

#: columns that a table numbers or names in its own way
NUMBERED = frozenset({KEY, "chain", "session", "target", "own", "ended_on"})


def of(episode: Episode) -> dict[str, list[Mapping[str, Any]]]:
    """The rows of each of these tables."""
    chains = list(_chains(episode))
    targets = {
        row.ref: (number, row) for number, row in enumerate(episode.diary_targets.order_by("pk"), start=1)
    }
    numbers = {ref: number for ref, (number, _) in targets.items()}
    factors = episode.acute_factors.exclude(over=Over.ERROR).order_by("pk")
    return {
        "chains": [{**_plain(row, tables.CHAINS), "chain": n, "session": held} for n, held, row in chains],
        "links": [one for number, _, row in chains for one in _links(number, row)],
        "targets": [
            {"target": number, "name": row.name, "ended_on": _day(row.ended_at)}
            for number, row in targets.values()
        ],
        "diary": [
            {**_plain(row, tables.DIARY), "own": _own(row.own, numbers)}
            for row in episode.diary.order_by("day")
        ],
        "factors": [{**_plain(row, tables.FACTORS), "ended_on": _day(row.ended_at)} for row in factors],
        "types": [_plain(row, tables.TYPES) for row in episode.typologies.order_by("pk")],
        "readiness": [_plain(row, tables.READINESS) for row in episode.readiness.order_by("pk")],
    }


def _chains(episode: Episode) -> Iterator[tuple[int, int, Chain]]:
    """Each chain with its number, and the number of the session with which it goes; none where none was held."""
    held = list(
        episode.sessions.filter(state=State.ATTENDED, kind__in=OF_THE_TWELVE).order_by("period", "pk")
    )
    made = (
        (row, session)
        for session in episode.sessions.order_by("period", "pk")
        for row in session.chains.all()
    )
    for number, (row, session) in enumerate(made if held else (), start=1):
        yield number, _session(session, held), row


def _session(made_in: Session, held: Sequence[Session]) -> int:
    if made_in in held:
        return made_in.number
    before = [one for one in held if one.period.lower <= made_in.period.lower]
    return (before or held)[-1 if before else 0].number


def _links(number: int, chain: Chain) -> Iterator[Mapping[str, Any]]:
    parts = list(Part)
    for row in sorted(chain.links.all(), key=lambda one: (parts.index(Part(one.part)), one.position)):
        yield {**_plain(row, tables.LINKS), "chain": number}


def _own(own: Mapping[str, int | None], numbers: Mapping[str, int]) -> str:
    return tables.written(
        {numbers[ref]: figure for ref, figure in own.items() if ref in numbers and figure is not None}
    )


def _plain(row: Any, sheet: Sheet) -> dict[str, Any]:  # noqa: ANN401 -- a row of any table
    return {name: getattr(row, name) for name in sheet.columns if name not in NUMBERED}


def _day(at: Any) -> Any:  # noqa: ANN401 -- a moment, or None
    return dates.day_of(at) if at else None
