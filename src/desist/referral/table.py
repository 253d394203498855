"""Referrals as a table: reads a CSV file into answers or problems, by row and column. Pure.

The form that people fill in checks each row, so a table imports only what a page would take. Lists are written with
semicolons, codes as codes or in their words, days as 2026-03-27 or 27/03/2026.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from desist.referral.answers import BY_KEY, CODED, DAYS, LISTS, NAMES, SECTIONS, may_be_names
from desist.referral.forms import FORMS, LABELS, OLDEST, SectionForm
from desist.referral.lists import OrderKind
from desist.ui import moments, spreadsheets, words
from desist.ui.words import FalseAlarm, Override

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 500
LONGEST_CELL = 20_000
#: the day on which the complete referral arrived; a column for services that work alone
RECEIVED = "complete_on"
#: why words of the row that look like a locator may stay; a table may come without this column
ALARM = words.ANSWER
#: the row's words that are not the victim's name, for services that work alone; a table may omit this column
NO_NAME = SectionForm.NO_NAME
#: column -> its question, beside the questions of a referral
BESIDE = {
    RECEIVED: "The day on which the complete referral reached you",
    ALARM: "If words in this row look like an address, number or e-mail and can stay, why? "
    "The data protection officer sees the reason, not the words",
    NO_NAME: "Words in this row that Desist does not know and that are not the name of the victim, or of anyone near them",
}
HEADINGS_ROW = 1


@dataclass(frozen=True)
class Problem:
    """A problem: `row` is the spreadsheet's number (the headings are row 1), `column` its heading or ""."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True)
class Right:
    """A row without problems. `complete_on` is None where the table has no such column.

    `overrides` are the false alarms that its author answers for, one a section; `stays` names their words, and why they
    stay, for the person who imports the table.
    """

    row: int
    answers: dict[str, Any]
    complete_on: date | None = None
    overrides: tuple[Override, ...] = ()
    stays: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Table:
    """The content of a file."""

    rows: tuple[Right, ...]
    problems: tuple[Problem, ...]

    @property
    def wrong(self) -> int:
        """The number of rows that cannot be imported."""
        return len({problem.row for problem in self.problems if problem.row > HEADINGS_ROW})


class Unreadable(Exception):
    """The file is no such table; the sentence says what to do."""


def headings(*, alone: bool) -> tuple[str, ...]:
    """The columns in their order; `alone` adds the day on which the complete referral arrived."""
    return (*NAMES, RECEIVED, ALARM, NO_NAME) if alone else (*NAMES, ALARM)


def template(*, alone: bool) -> bytes:
    """A table of headings alone, as spreadsheets open it cleanly."""
    return spreadsheets.as_csv(headings(alone=alone), [])


def columns(*, alone: bool) -> bytes:
    """Each column's question, whether it may stay empty, and its possible values."""
    optional = {name for section in SECTIONS for name in section.optional} | {ALARM, NO_NAME}
    rows = []
    for name in headings(alone=alone):
        question = LABELS.get(name) or BESIDE[name]
        rows.append((name, question, "yes" if name in optional else "no", _allowed(name)))
    return spreadsheets.as_csv(("column", "question", "may be empty", "what may stand in it"), rows)


def read(*, content: bytes, today: date, alone: bool) -> Table:
    """Check every row with the form; raises Unreadable."""
    found_rows = lines(content)
    named = [cell.strip().lower() for cell in found_rows[0][1]]
    problems = list(_wrong_headings(named, alone=alone))
    if problems:
        return Table((), tuple(problems))
    rows: list[Right] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, cells in found_rows[1:]:
        found = list(wrong_cells(number, named, cells))
        right, more = _held(number, dict(zip(named, cells, strict=False)), today, alone=alone)
        # Each column once: a second message of the form about a cell without words adds nothing.
        columns = {problem.column for problem in found if problem.column}
        found += [problem for problem in more if problem.column not in columns]
        key = _person(right.answers)
        if not found and key in seen:
            found = [Problem(number, "", f"The same person as in row {seen[key]}")]
        if not found:
            seen[key] = number
            rows.append(right)
        problems += found
    return Table(tuple(rows), tuple(problems))


def lines(
    content: bytes, *, most_rows: int = MOST_ROWS, most_bytes: int = MOST_BYTES
) -> list[tuple[int, list[str]]]:
    """The rows with content, each with its number, the headings first. Raises Unreadable."""
    if len(content) > most_bytes:
        raise Unreadable(f"The file is larger than {most_bytes // 1024 // 1024} MB. Split it.")
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        every = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise Unreadable("A quotation mark in the file is not closed. Save it as CSV again.") from None
    rows = [
        (number, cells) for number, cells in enumerate(every, start=1) if any(one.strip() for one in cells)
    ]
    if not rows or rows[0][0] != HEADINGS_ROW:
        raise Unreadable("The first row must hold the headings of the template.")
    if len(rows) - 1 > most_rows:
        raise Unreadable(f"The file has more than {most_rows:,} rows. Split it.")
    return rows


def _decoded(content: bytes) -> str:
    if content.startswith((b"PK", b"\xd0\xcf")):
        raise Unreadable("This is a spreadsheet file. Save it as “CSV UTF-8” and choose that.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable("The letters of this file cannot be read. Save it as “CSV UTF-8”.")


def _wrong_headings(named: Sequence[str], *, alone: bool) -> Iterator[Problem]:
    known = headings(alone=alone)
    for name in dict.fromkeys(named):
        if name and name not in known:
            yield Problem(HEADINGS_ROW, name[:40], "No such column: take it out, or see the list of columns")
        if named.count(name) > 1 and name:
            yield Problem(HEADINGS_ROW, name[:40], "This heading appears twice")
    for name in known:
        if name not in named and name not in {ALARM, NO_NAME}:
            yield Problem(HEADINGS_ROW, name, "This column is missing")


def wrong_cells(number: int, named: Sequence[str], cells: Sequence[str]) -> Iterator[Problem]:
    """The problems of a row's cells, whatever is asked of them."""
    if len(cells) > len(named) and any(cell.strip() for cell in cells[len(named) :]):
        yield Problem(number, "", "This row has more cells than there are headings")
    for name, cell in zip(named, cells, strict=False):
        if cell.lstrip().startswith(("=", "@")):
            yield Problem(number, name, "This looks like a formula: write the words themselves")
        if len(cell) > LONGEST_CELL:
            yield Problem(number, name, f"This is longer than {LONGEST_CELL:,} characters")


def _held(number: int, cells: dict[str, str], today: date, *, alone: bool) -> tuple[Right, list[Problem]]:
    """A row's answers, and the form's errors about them."""
    problems: list[Problem] = []
    answers: dict[str, Any] = {}
    overrides = []
    stays: list[Problem] = []
    for section in SECTIONS:
        form = FORMS[section.key](_typed(section.key, cells), today=today)
        form.instead = f"say why in the column {ALARM}"
        if form.is_valid():
            answers |= form.answers()
            overrides.append(form.override() if form.found else None)
            stays += _stay(number, form)
        elif form.found and form.safe.errors:
            problems.append(Problem(number, ALARM, "Choose one of the reasons listed for this column"))
        for name, sentences in form.errors.items():
            problems.append(Problem(number, _column(name), " ".join(map(str, sentences))))
    complete_on = _day(cells.get(RECEIVED, "")) if alone else None
    if alone and (complete_on is None or complete_on > today):
        problems.append(Problem(number, RECEIVED, "Enter a date that is not in the future, like 2026-03-27"))
    if alone and not problems:
        problems += _names(number, answers, several(cells.get(NO_NAME, "")))
    return Right(number, answers, complete_on, tuple(filter(None, overrides)), tuple(stays)), problems


def _names(number: int, answers: dict[str, Any], no_names: Sequence[str]) -> Iterator[Problem]:
    """The words that may be the victim's name and are not listed in `no_names`. No later page asks about them."""
    for word, name in may_be_names(answers).items():
        if word not in no_names:
            sentence = f"“{word}” may be a name. If it is the name of the victim, or of anyone near them, take it out. If not, write it in the column {NO_NAME}"
            yield Problem(number, name, sentence)


def _stay(number: int, form: SectionForm) -> Iterator[Problem]:
    """The findings of a section that stay, for the person who reads them before they are kept."""
    if answer := form.override():
        for name, findings in form.found.items():
            yield Problem(number, name, f"{words.said(findings)}. Why it stays: {answer.reason.label}")


def _typed(key: str, cells: dict[str, str]) -> QueryDict:
    """A section's cells as its form is sent."""
    data = QueryDict(mutable=True)
    data[ALARM] = code_of(FalseAlarm, cells.get(ALARM, "").strip())
    for name in BY_KEY[key].names:
        cell = cells.get(name, "").strip()
        if name in DAYS:
            _put_day(data, name, cell)
        elif name == "orders":
            _put_orders(data, cell)
        elif name == "aliases":
            data[name] = "\n".join(several(cell))
        elif name in LISTS:
            data.setlist(name, [_code(name, one) for one in several(cell)])
        else:
            data[name] = _code(name, cell) if name in CODED else cell
    return data


def _put_orders(data: QueryDict, cell: str) -> None:
    for one in several(cell):
        named, _, last = one.rpartition(" ")
        kind, ends = (named, last) if named and _day(last) else (one, "")
        code = code_of(OrderKind, kind)
        data.appendlist("orders", code)
        if ends:
            _put_day(data, f"until_{code}", ends)


def _put_day(data: QueryDict, name: str, cell: str) -> None:
    """Enter a day as three inputs; the form refuses a text that is no day."""
    for part, text in zip(("day", "month", "year"), parts(cell), strict=False):
        data[f"{name}-{part}"] = text


def parts(cell: str) -> tuple[str, ...]:
    """The texts of a day, a month and a year, however the cell writes them."""
    written = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", cell)
    return written.groups()[::-1] if written else tuple(re.split(r"[/. ]", cell, maxsplit=2))


def _day(cell: str) -> date | None:
    """A day with a whole year; None for any other text, or a day before any living person's birth."""
    data = QueryDict(mutable=True)
    _put_day(data, "day", cell.strip())
    try:
        found = moments.read_day(*(str(data.get(f"day-{part}", "")) for part in ("day", "month", "year")))
    except ValidationError:
        return None
    return found if found >= OLDEST else None


def several(cell: str) -> list[str]:
    """The parts of a cell, which semicolons divide."""
    return [one.strip() for one in cell.split(";") if one.strip()]


def _code(name: str, cell: str) -> str:
    return code_of(CODED[name], cell)


def code_of(listed: Any, cell: str) -> str:  # noqa: ANN401 -- one of our coded lists
    """The code that a cell means, by itself or by its words; else the cell, which the form refuses."""
    wanted = cell.casefold()
    for code, label in listed.choices:
        if wanted in {code, str(label).casefold()}:
            return str(code)
    return cell


def _column(name: str) -> str:
    if name.startswith("until_"):
        return "orders"
    return name if name in {*NAMES, ALARM} else ""


def _person(answers: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(answers.get(name, "")).casefold() for name in ("given_names", "family_name", "born"))


def _allowed(name: str) -> str:
    if name in {*DAYS, RECEIVED}:
        return "a day, like 1985-03-27"
    if name == ALARM:
        return f"one of: {', '.join(value for value, _ in words.reasons(crossing=True))}"
    if name == "orders":
        return f"{_choices(OrderKind)}; each may be followed by its last day: restraining 2027-03-27"
    if name in CODED:
        return f"{'any of, with semicolons' if name in LISTS else 'one of'}: {_choices(CODED[name])}"
    return "names, with semicolons" if name in LISTS else "words"


def _choices(listed: Any) -> str:  # noqa: ANN401 -- one of our coded lists
    return ", ".join(listed.values)
