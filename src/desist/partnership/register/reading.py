"""Reading a register from CSV: the orders in it, and every problem by row. Nothing here writes."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from desist.orders import crime_references, terms
from desist.partnership.orders import codes
from desist.partnership.register.columns import COLUMNS, REQUIRED, SHARED
from desist.ui import spreadsheets

MOST_ROWS = 5_000
MOST_BYTES = 1_000_000
FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y")


@dataclass(frozen=True)
class Problem:
    """One problem of a file. `row` counts as a spreadsheet does: 1 is the heading."""

    row: int
    sentence: str


@dataclass(frozen=True)
class Condition:
    """One condition of a row."""

    number: int
    kind: str
    text: str
    channel: str
    ends_on: date | None
    necessity: str


@dataclass(frozen=True)
class Order:
    """One order of the file; `row` is its first."""

    row: int
    number: str
    kind: str
    family_name: str
    given_names: str
    born: date
    force: str
    court: str
    how_made: str
    made_on: date
    ends_on: date | None
    served_on: date | None
    notified_on: date | None
    protected: tuple[str, ...]
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Read:
    """The orders and problems of a file."""

    orders: tuple[Order, ...]
    problems: tuple[Problem, ...]


class _Wrong(Exception):
    """A cell cannot be read; the message says why."""


@dataclass
class _Rows:
    """The rows of one number."""

    number: str
    first: int
    facts: dict[str, str]
    conditions: list[tuple[int, dict[str, str]]] = field(default_factory=list)


def read(content: bytes, *, today: date) -> Read:
    """Return the orders and the problems of a file, in order of row."""
    problems: list[Problem] = []
    text = decoded(content)
    if text is None:
        return Read((), (Problem(1, "The file is not text: save it as CSV (UTF-8) and choose that file."),))
    rows = list(csv.reader(io.StringIO(text, newline="")))
    if wrong := _wrong_heading(rows):
        return Read((), (Problem(1, wrong),))
    groups: dict[str, _Rows] = {}
    heading = [name.strip().lower() for name in rows[0]]
    for line, cells in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in cells):
            _group(line, dict(zip(heading, map(plain, cells), strict=False)), groups, problems)
    orders = [order for group in groups.values() if (order := _order(group, today, problems)) is not None]
    return Read(tuple(orders), tuple(sorted(problems, key=lambda one: one.row)))


def plain(cell: str) -> str:
    """Return a cell without the apostrophe that stops a spreadsheet from running it."""
    return spreadsheets.unquoted(cell.strip())


def decoded(content: bytes) -> str | None:
    """Return the text of a file in UTF-8 or an older spreadsheet's encoding; None for a file that is no text."""
    if b"\x00" in content:
        return None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _wrong_heading(rows: list[list[str]]) -> str:
    if not rows or not any(rows[0]):
        return "The file is empty: start with the template."
    if len(rows) > MOST_ROWS:
        return f"The file has more than {MOST_ROWS:,} rows: split it."
    heading = [name.strip().lower() for name in rows[0]]
    if missing := [name for name in COLUMNS if name not in heading]:
        return f"These columns are missing in the first row: {', '.join(missing)}. Start with the template."
    return ""


def _group(line: int, cells: dict[str, str], groups: dict[str, _Rows], problems: list[Problem]) -> None:
    number = cells["number"]
    if not number:
        problems.append(Problem(line, "The register number is missing."))
        return
    facts = {name: cells.get(name, "") for name in SHARED}
    group = groups.setdefault(number, _Rows(number, line, facts))
    for name, told in facts.items():
        if told and told != group.facts[name]:
            problems.append(
                Problem(line, f"“{name}” differs from row {group.first} of the same order {number}.")
            )
    if cells.get("condition"):
        group.conditions.append((line, cells))


def _order(group: _Rows, today: date, problems: list[Problem]) -> Order | None:
    facts = {"number": group.number, **group.facts}
    found = [f"“{name}” is missing." for name in REQUIRED if not facts[name]]
    order = None
    if not found:
        try:
            order = _typed(group, facts, problems)
        except _Wrong as wrong:
            found.append(str(wrong))
    if order is not None:
        found += _impossible(order, today)
    problems.extend(Problem(group.first, sentence) for sentence in found)
    return order


def _typed(group: _Rows, facts: dict[str, str], problems: list[Problem]) -> Order:
    made_on = day(facts["made_on"], "made_on")
    born = day(facts["born"], "born")
    if made_on is None or born is None:
        raise _Wrong("The day it was made or the birthday is missing.")
    return Order(
        row=group.first,
        number=limited(facts["number"], "number", 40),
        kind=one_of(facts["kind"].lower(), "kind", codes.Kind.values),
        family_name=limited(facts["family_name"], "family_name", 100),
        given_names=limited(facts["given_names"], "given_names", 100),
        born=born,
        force=limited(facts["force"], "force", 60),
        court=limited(facts["court"], "court", 100),
        how_made=one_of(facts["how_made"].lower() or "application", "how_made", codes.HowMade.values),
        made_on=made_on,
        ends_on=day(facts["ends_on"], "ends_on"),
        served_on=day(facts["served_on"], "served_on"),
        notified_on=day(facts["notified_on"], "notified_on"),
        protected=tuple(
            dict.fromkeys(map(_crime_reference, filter(str.strip, facts["protected"].split(";"))))
        ),
        conditions=tuple(_conditions(group, problems)),
    )


def _conditions(group: _Rows, problems: list[Problem]) -> Iterator[Condition]:
    for number, (line, cells) in enumerate(group.conditions, start=1):
        try:
            yield Condition(
                number=number,
                kind=one_of(cells["condition_kind"].lower(), "condition_kind", codes.ConditionKind.values),
                text=limited(cells["condition"], "condition", 2000),
                channel=one_of(cells["about"].lower() or "other", "about", codes.Channel.values),
                ends_on=day(cells["condition_ends_on"], "condition_ends_on"),
                necessity=limited(cells["necessity"], "necessity", 2000),
            )
        except _Wrong as wrong:
            problems.append(Problem(line, str(wrong)))


def _impossible(order: Order, today: date) -> Iterator[str]:
    law = tuple(
        terms.Condition(one.number, one.text, one.necessity, None, one.ends_on) for one in order.conditions
    )
    yield from terms.problems(terms.Terms(terms.Kind(order.kind), order.made_on, order.ends_on, law))
    if order.served_on and order.served_on < order.made_on:
        yield "It would be served before it was made."
    if order.served_on and order.ends_on and order.served_on > order.ends_on:
        yield "It would be served after its last day."
    if order.notified_on and (order.served_on is None or order.notified_on < order.served_on):
        yield "The notification would be before service."
    if order.served_on is None and order.ends_on and order.ends_on < today:
        yield "It has ended and was never served: leave it out, or give its service."
    days = (order.made_on, order.served_on, order.notified_on)
    if any(one and one > today for one in days):
        yield "A day that must be in the past is in the future."
    if order.born >= order.made_on:
        yield "The birthday is after the order was made."


def day(text: str, name: str) -> date | None:
    """Return a day written as ISO or as in the United Kingdom; None for an empty cell."""
    if not text:
        return None
    for written in FORMATS:
        try:
            return datetime.strptime(text, written).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    raise _Wrong(f"“{text[:20]}” in “{name}” is not a date: write 2026-03-01 or 01/03/2026.")


def one_of(text: str, name: str, allowed: list[str]) -> str:
    """Return a code of a list. Raises _Wrong with the list."""
    if text not in allowed:
        raise _Wrong(f"“{text[:20]}” in “{name}” is none of: {', '.join(allowed)}.")
    return text


def limited(text: str, name: str, most: int) -> str:
    """Return a text that fits its column. Raises _Wrong."""
    if len(text) > most:
        raise _Wrong(f"“{name}” is longer than {most:,} characters.")
    return text


def _crime_reference(text: str) -> str:
    try:
        return crime_references.crime_reference(text)
    except crime_references.NotACrimeReference as wrong:
        raise _Wrong(f"In “protected”: {wrong}") from None
