"""Decides which numbers of a return are sent, given all that were sent before. Pure; equal counts give equal releases."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import desist_evaluation as evaluation
from desist.returns import definitions
from desist.returns.counted import Counted
from desist.returns.definitions import Edition
from desist.returns.figures import Days, Span
from desist.returns.quarters import Quarter

#: a clock leaves where at least so many people are behind it
ENOUGH = 10
QUARTER, FOUR = Span.QUARTER, Span.FOUR


@dataclass(frozen=True)
class Count:
    """One return: its key, quarter and number, what was counted by which definitions, and the returns it adds up."""

    key: str
    quarter: Quarter
    number: int
    defined: str
    counted: Counted
    over: tuple[str, ...] = ()

    @property
    def edition(self) -> Edition:
        """The definitions it was counted by."""
        return definitions.edition(self.defined)


@dataclass(frozen=True)
class Sent:
    """A return that left, and its figures as they left: (span, name)."""

    count: Count
    shown: frozenset[tuple[Span, str]]


@dataclass(frozen=True)
class Leaving:
    """(span, name) -> number, and name -> days, of what may leave."""

    figures: Mapping[tuple[Span, str], int]
    days: Mapping[str, Days]


def leaving(new: Count, *, sent: Sequence[Sent]) -> Leaving:
    """Return what may leave of a return, so that no small number can be worked out of all that ever left."""
    every = {one.count.key: one.count for one in sent} | {new.key: new}
    counts: dict[str, int] = {}
    families: list[dict[str, object]] = []
    for one in every.values():
        counts |= {_name(one.key, QUARTER, name): number for name, number in one.counted.counts.items()}
        families += _tables(one)
        for span, over in _sums(one, every):
            for name in one.edition.names:
                parts = [_name(key, QUARTER, name) for key in over]
                whole = _name(one.key, span, name)
                counts[whole] = sum(counts_of(every[key], name) for key in over)
                families.append({"whole": whole, "parts": parts})
    for family, more in _corrections(every.values()):
        families.append(family)
        counts |= more
    spans = (QUARTER, FOUR) if new.over else (QUARTER,)
    found = evaluation.release_together(
        counts=counts,
        families=families,
        order=[_name(new.key, span, name) for name in new.edition.leaving for span in spans],
        before=list(dict.fromkeys([*_released(sent), *_public(every.values())])),
        readers=[*_referrers(every.values()), *_readers(new, every.values())],
        nought=new.edition.nought,
    )
    shown = _numbers(found.values["released"]) | _again(new, every.values())
    figures = {(span, name): shown[whole] for span in spans for name in new.edition.leaving
               if (whole := _name(new.key, span, name)) in shown}  # fmt: skip
    return Leaving(figures, _days(new, figures))


def counts_of(one: Count, name: str) -> int:
    """What a return counted under a name."""
    return one.counted.counts[name]


def _numbers(value: object) -> dict[str, int]:
    return {str(name): int(number) for name, number in dict(value).items()}  # type: ignore[call-overload]


def _name(key: str, span: str, name: str) -> str:
    return f"{key} {span} {name}"


def _tables(one: Count) -> Iterator[dict[str, object]]:
    for table in (table for table in one.edition.tables if table.parts):
        parts = [_name(one.key, QUARTER, part) for part in table.parts]
        yield {"whole": _name(one.key, QUARTER, table.whole), "parts": parts}


def _released(sent: Sequence[Sent]) -> list[str]:
    return [_name(one.count.key, span, name) for one in sent for span, name in sorted(one.shown)]


def _public(every: Iterable[Count]) -> list[str]:
    """Return what is given out by another way too: its readers know it, whatever is decided here."""
    return [
        _name(one.key, QUARTER, name)
        for one in every
        for name in one.edition.names
        if name in one.edition.public and not 0 < counts_of(one, name) < ENOUGH
    ]


def _again(new: Count, every: Iterable[Count]) -> dict[str, int]:
    """Return the public numbers that leave here too: none that tells what a correction changed by a few."""
    before = [one for one in every if one.quarter == new.quarter and one.key != new.key]
    return {
        _name(new.key, QUARTER, name): counts_of(new, name)
        for name in new.edition.names
        if _name(new.key, QUARTER, name) in _public([new])
        and not any(0 < abs(counts_of(new, name) - counts_of(one, name)) < ENOUGH for one in before)
    }


def _sums(one: Count, every: Mapping[str, Count]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what a reader adds up: four quarters, and the year to date by the same returns."""
    if not one.over:
        return
    yield FOUR, one.over
    year = {quarter.first for quarter in one.quarter.year_to_date}
    parts = tuple(key for key in one.over if every[key].quarter.first in year)
    if 1 < len(parts) < len(one.over):
        yield "year", parts


def _corrections(every: Iterable[Count]) -> Iterator[tuple[dict[str, object], dict[str, int]]]:
    """Yield how each return of a quarter differs from any before it, by newer definitions too: a small number as well.

    Twelve more and then ten fewer are two more in the end.
    """
    ordered = sorted(every, key=lambda one: (one.quarter, one.number))
    for before, after in combinations(ordered, 2):
        if before.quarter != after.quarter:
            continue
        for name in (one for one in after.edition.names if one in before.counted.counts):
            change = counts_of(after, name) - counts_of(before, name)
            small, large = (before, after) if change >= 0 else (after, before)
            parts = [_name(small.key, QUARTER, name)]
            more = {}
            if change:
                more = {_name(after.key, f"since {before.key}", name): abs(change)}
                parts += more
            yield {"whole": _name(large.key, QUARTER, name), "parts": parts}, more


def _referrers(every: Iterable[Count]) -> list[list[str]]:
    """Each referrer knows how many people they referred, quarter by quarter."""
    found: dict[str, list[str]] = {}
    for one in every:
        for name, number in one.counted.counts.items():
            if name.startswith("source.") and number:
                found.setdefault(name, []).append(_name(one.key, QUARTER, name))
    return [names for _, names in sorted(found.items())]


def _readers(new: Count, every: Iterable[Count]) -> list[list[str]]:
    """What the readers named in the definitions know of every quarter, each by themselves."""
    return [
        [_name(one.key, QUARTER, name) for one in every for name in own if name in one.counted.counts]
        for own in new.edition.readers
    ]


def _days(new: Count, figures: Mapping[tuple[Span, str], int]) -> dict[str, Days]:
    """A clock leaves with its count, and never of a correction: two medians of nearly the same people tell the new one."""
    if new.number > 1:
        return {}
    return {
        name: days for name, days in new.counted.days.items() if figures.get((QUARTER, name), 0) >= ENOUGH
    }
