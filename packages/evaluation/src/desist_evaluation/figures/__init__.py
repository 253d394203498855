"""Published figures on stalking as dated data: definition, population, date, source and successor of each.

`figures.csv` beside this file holds a figure a row; a correction is a change of data. `figure(key="csew-2020")`
finds one, `select(topic=Topic.CLAIM)` the claims with their verdicts.
"""

import csv
import functools
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from importlib import resources
from types import MappingProxyType

from desist_evaluation.checks import InvalidInputError, choice, number
from desist_evaluation.episodes import read_day


class Topic(StrEnum):
    """The topic of a figure; `CLAIM` is a sentence that was published, with our verdict."""

    CLAIM = "claim"
    PREVALENCE = "prevalence"
    RECORDED = "recorded"
    ORDERS = "orders"
    POPULATION = "population"
    COST = "cost"
    EVIDENCE = "evidence"
    OPERATION = "operation"


class Unit(StrEnum):
    """The unit of a value; `percent` is out of a hundred."""

    PERCENT = "percent"
    PEOPLE = "people"
    OFFENCES = "offences"
    ORDERS = "orders"
    PER_100_000 = "per 100,000"
    POUNDS = "pounds"
    RATIO = "ratio"
    SESSIONS = "sessions"
    DAYS = "days"
    NONE = "none"


#: What a numerator over its denominator is multiplied by to give a value.
PER = {Unit.PERCENT: 100, Unit.PER_100_000: 100_000}


class Basis(StrEnum):
    """How the figure was obtained."""

    SOURCE = "source"
    SECOND_HAND = "second-hand"
    DERIVED = "derived"
    PROVIDER = "provider"


class Verdict(StrEnum):
    """The result of checking a claim."""

    HOLDS = "holds"
    OUT_OF_DATE = "out of date"
    MISDESCRIBED = "misdescribed"
    NOT_SUPPORTED = "not supported"


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One published figure. `low` and `high` are the limits that `interval` names; period days are inclusive.

    `numerator` and `denominator` are what the value was worked out from, where both or the denominator were read.
    """

    key: str
    topic: Topic
    claim: str
    value: float | None
    unit: Unit
    numerator: float | None
    denominator: float | None
    low: float | None
    high: float | None
    interval: str | None
    population: str
    period: str
    period_start: date | None
    period_end: date | None
    area: str
    source: str
    source_url: str
    licence: str
    basis: Basis
    superseded_by: str | None
    verdict: Verdict | None
    note: str

    @property
    def days(self) -> int | None:
        """The length of the period, by which a count must be divided before it is compared."""
        if self.period_start is None or self.period_end is None:
            return None
        return (self.period_end - self.period_start).days + 1

    @property
    def written(self) -> str:
        """The value as a sentence writes it, such as 3.6%, 1.5 million, £98,000 or 23."""
        return "no figure" if self.value is None else written(self.value, self.unit)

    @property
    def limits(self) -> str | None:
        """The interval as a sentence writes it; None where no interval was published or worked out."""
        if self.low is None or self.high is None:
            return None
        return f"{written(self.low, self.unit)} to {written(self.high, self.unit)}"


def written(value: float, unit: Unit) -> str:
    """Return a number in a figure's unit, in millions or billions only where nothing is lost by it."""
    if unit is Unit.PERCENT:
        return f"{value:g}%"
    amount = f"{value:,.2f}".removesuffix(".00") if unit is not Unit.RATIO else f"{value:g}"
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if value >= size and value % (size / 100) == 0:
            amount = f"{value / size:g} {word}"
            break
    return f"£{amount}" if unit is Unit.POUNDS else amount


def read(text: str) -> Mapping[str, Figure]:
    """Return figures by key from a CSV text. Refuses a repeated key, an unknown word, and an absent successor."""
    found: dict[str, Figure] = {}
    for line, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        parsed = _figure(f"line {line}", row)
        if parsed.key in found:
            raise InvalidInputError(f"line {line}.key", f"must not appear twice: {parsed.key}")
        found[parsed.key] = parsed
    for entry in found.values():
        _check_successor(entry, found)
    return MappingProxyType(found)


def _figure(place: str, row: Mapping[str, str | None]) -> Figure:
    names = Figure.__dataclass_fields__
    if set(row) != set(names) or any(value is None for value in row.values()):
        raise InvalidInputError(place, f"must have the columns {', '.join(names)}")
    cells = {name: str(value).strip() for name, value in row.items()}

    def amount(name: str) -> float | None:
        return number(field=f"{place}.{name}", value=_float(cells[name])) if cells[name] else None

    def day(name: str) -> date | None:
        return read_day(field=f"{place}.{name}", value=cells[name]) if cells[name] else None

    def word(name: str, options: type[StrEnum]) -> str:
        return choice(field=f"{place}.{name}", value=cells[name], options=list(options))

    for name in ("key", "claim", "population", "period", "area", "source", "source_url", "licence"):
        if not cells[name]:
            raise InvalidInputError(f"{place}.{name}", "is needed")
    parsed = Figure(
        **{name: cells[name] for name in ("key", "claim", "population", "period", "area", "note")},
        **{name: cells[name] for name in ("source", "source_url", "licence")},
        topic=Topic(word("topic", Topic)),
        unit=Unit(word("unit", Unit)),
        basis=Basis(word("basis", Basis)),
        verdict=Verdict(word("verdict", Verdict)) if cells["verdict"] else None,
        value=amount("value"),
        numerator=amount("numerator"),
        denominator=amount("denominator"),
        low=amount("low"),
        high=amount("high"),
        interval=cells["interval"] or None,
        period_start=day("period_start"),
        period_end=day("period_end"),
        superseded_by=cells["superseded_by"] or None,
    )
    _check_interval(place, parsed)
    _check_parts(place, parsed)
    return parsed


def _float(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text


def _check_interval(place: str, parsed: Figure) -> None:
    limits = (parsed.low, parsed.high, parsed.interval)
    if any(part is None for part in limits) != all(part is None for part in limits):
        raise InvalidInputError(f"{place}.low", "and high and interval go together")
    if parsed.low is not None and parsed.high is not None:
        value = parsed.low if parsed.value is None else parsed.value
        if not parsed.low <= value <= parsed.high:
            raise InvalidInputError(f"{place}.value", "must lie between low and high")
    if (parsed.verdict is not None) != (parsed.topic is Topic.CLAIM):
        raise InvalidInputError(f"{place}.verdict", "is needed for a claim, and only for a claim")


def _check_parts(place: str, parsed: Figure) -> None:
    """Refuse a value that is not its numerator over its denominator, to the digits that are given."""
    if parsed.numerator is None:
        return
    if not parsed.denominator or parsed.value is None:
        raise InvalidInputError(f"{place}.numerator", "needs a denominator above nought, and a value")
    worked_out = PER.get(parsed.unit, 1) * parsed.numerator / parsed.denominator
    digits = max(0, -int(Decimal(str(parsed.value)).normalize().as_tuple().exponent))
    if abs(worked_out - parsed.value) > 0.5 * 10.0**-digits + 1e-9:
        raise InvalidInputError(
            f"{place}.value",
            f"must be the numerator over the denominator, {worked_out:g}, not {parsed.value:g}",
        )


def _check_successor(entry: Figure, found: Mapping[str, Figure]) -> None:
    """Refuse a chain of successors that does not end at a current figure."""
    passed = {entry.key}
    while entry.superseded_by:
        if entry.superseded_by not in found or entry.superseded_by in passed:
            raise InvalidInputError(
                f"{entry.key}.superseded_by", f"must name a later figure, not {entry.superseded_by}"
            )
        entry = found[entry.superseded_by]
        passed.add(entry.key)


@functools.cache
def load() -> Mapping[str, Figure]:
    """Return every figure of the product, by key, in the order of the file."""
    return read(resources.files(__name__).joinpath("figures.csv").read_text(encoding="utf-8"))


def figure(*, key: str) -> Figure:
    """Return one figure. Raises `InvalidInputError` where there is none of that key."""
    return load()[choice(field="key", value=key, options=load())]


def newest(*, key: str) -> Figure:
    """Return the current figure: itself, or its last successor."""
    found = figure(key=key)
    while found.superseded_by:
        found = figure(key=found.superseded_by)
    return found


def select(*, topic: Topic, area: str | None = None) -> tuple[Figure, ...]:
    """Return the figures of a topic, and of one area where it is named, in the order of the file."""
    return tuple(
        entry for entry in load().values() if entry.topic is topic and (area is None or entry.area == area)
    )
