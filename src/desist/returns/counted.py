"""What was counted of a quarter: every name of the definitions once, each whole the sum of its parts. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from desist.returns.definitions import Edition
from desist.returns.figures import Days

Row = TypeVar("Row", int, str)


class DoesNotAddUp(Exception):
    """A whole is not the sum of its parts: a fault of the counting, and nothing may leave."""


@dataclass(frozen=True)
class Counted:
    """Name -> number, of every count of the definitions; and name -> days of its clocks."""

    counts: Mapping[str, int]
    days: Mapping[str, Days]


def add_up(names: Iterable[str], *, days: Mapping[str, Sequence[int]], edition: Edition) -> Counted:
    """Return the counts of an edition: how often each name came, and the days of each clock. Raises DoesNotAddUp."""
    found = Counter(names)
    counts = {name: found.pop(name, 0) for name in edition.names}
    wrong = [
        one.title
        for one in edition.tables
        if one.parts and counts[one.whole] != sum(counts[part] for part in one.parts)
    ]
    if wrong or found:
        raise DoesNotAddUp(f"These do not add up: {', '.join([*wrong, *found])}")
    return Counted(
        counts,
        {name: Days(*(f"{one:g}" for one in quartiles(values))) for name, values in days.items() if values},
    )


def seconds(found: Iterable[tuple[Row, frozenset[tuple[object, ...]]]]) -> list[Row]:
    """Return the rows, by number or reference, of which a row before has a key too: the same person again."""
    again: list[Row] = []
    seen: set[tuple[object, ...]] = set()
    for row, keys in found:
        if keys & seen:
            again.append(row)
        seen |= keys
    return again


def quartiles(values: Sequence[int]) -> tuple[float, float, float]:
    """Return median, lower and upper quartile, by linear interpolation (type 7, Hyndman and Fan, 1996)."""
    ordered = sorted(values)

    def at(share: float) -> float:
        place = share * (len(ordered) - 1)
        below = int(place)
        above = min(below + 1, len(ordered) - 1)
        return ordered[below] + (place - below) * (ordered[above] - ordered[below])

    return at(0.5), at(0.25), at(0.75)
