"""The tables of a caseload that moves in: each cell is taken as the forms of the product take it. Pure.

A person has a key of the service's own in the first table; the rows of the other tables name it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError

from desist.moving_in import workbooks
from desist.moving_in.papers import Papers
from desist.referral import table
from desist.referral.fields import Lines
from desist.refusals import Refused
from desist.ui import dates, fields, moments, spreadsheets, words
from desist.ui.fields import Text

MOST_ROWS = 60_000
MOST_BYTES = 10 * 1024 * 1024
MOST_PEOPLE = 5_000
KEY = "key"
#: a cell of at most so many letters is read once for all rows, at most so many cells at a time: days and codes come again
SHORT, MOST_KNOWN = 40, 50_000
#: the key of the invented rows in the template
EXAMPLE = "example"
IS_EXAMPLE = "This is the example of the template: delete its row in each table"
#: names of what is sent beside a file for each table
WORKBOOK, FILES = "workbook", "archive"
FAULT = (
    "This row could not be checked: Desist failed at it. Nothing of it was kept. Write it more simply, and tell your "
    "administrator if it happens again"
)


@dataclass(frozen=True)
class Sheet:
    """One table: its columns with their questions, those that may stay empty, and an invented row as an example.

    The rows of a table that stands `alone` belong to no person: colleagues, for instance.
    """

    key: str
    title: str
    columns: Mapping[str, django_forms.Field]
    may_be_empty: frozenset[str] = frozenset()
    example: Mapping[str, str] = field(default_factory=dict)
    alone: bool = False

    def template(self) -> bytes:
        """The headings alone."""
        return spreadsheets.as_csv(list(self.columns), [])

    def written(self, rows: Iterable[Mapping[str, Any]]) -> bytes:
        """Rows as such a table, each cell as `read` takes it."""
        lines = [[cell(row.get(name)) for name in self.columns] for row in rows]
        return spreadsheets.as_csv(list(self.columns), lines)

    @property
    def worded(self) -> tuple[str, ...]:
        """The columns that hold free words."""
        return tuple(
            name
            for name, one in self.columns.items()
            if isinstance(one, Text) and one.audience is not words.Audience.NO_WORDS
        )

    def explained(self) -> Iterator[tuple[str, ...]]:
        """Of each column: the table, its name, its question, whether it may stay empty, and what may stand in it."""
        for name, question in self.columns.items():
            empty = "yes" if name in self.may_be_empty else "no"
            yield self.key, name, str(question.label), empty, _allowed(question)


@dataclass(frozen=True)
class Problem:
    """A problem in one table: the number of its row (the headings are row 1) and its column, or "".

    One that does not stop the import is a thing to look at before the people are brought in.
    """

    sheet: str
    row: int
    column: str
    sentence: str
    stops: bool = True


@dataclass(frozen=True)
class Person:
    """One person with everything that belongs to them, each row by column, without problems."""

    row: int
    said: dict[str, Any]
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def name(self) -> tuple[str, str, date | None]:
        """What tells people apart."""
        return self.said["given_names"].casefold(), self.said["family_name"].casefold(), self.said["born"]


@dataclass(frozen=True)
class Cell:
    """What a cell means: whether its question took it, as what, and what is wrong with it, "" for nothing."""

    taken: bool = False
    value: Any = None
    wrong: str = ""


@dataclass
class Reading:
    """Tables that are read person by person, so that a page can say how far it is."""

    sheets: Sequence[Sheet]
    people: list[tuple[int, dict[str, str]]]
    others: dict[str, dict[str, list[tuple[int, dict[str, str]]]]]  # table -> key -> its rows
    problems: list[Problem]
    papers: Papers
    now: datetime
    alone: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)  # table -> its rows
    answered: bool = False  # whether words that may lead to a person were answered for, or looked for, before
    known: dict[tuple[str, str, str], "Cell"] = field(
        default_factory=dict
    )  # table, column, text -> a short cell
    of_person: Callable[["Reading", Person], Iterable[Problem]] = lambda _, __: ()
    of_row: Callable[["Reading", Sheet, int, dict[str, Any]], Iterable[Problem]] = lambda _, __, ___, ____: ()

    @property
    def today(self) -> date:
        """The day on which the tables are read."""
        return dates.day_of(self.now)

    @property
    def headings(self) -> list[Problem]:
        """What is wrong with the headings."""
        return [one for one in self.problems if one.row == table.HEADINGS_ROW]

    def read(self) -> Iterator[tuple[Person, list[Problem]]]:
        """Every person with the problems of all their rows. A row at which the code fails is a problem like any other."""
        first, *others = (one for one in self.sheets if not one.alone)
        keys: dict[str, int] = {}
        names: dict[tuple[str, str, date | None], int] = {}
        for number, cells in self.people:
            said, problems = self._row(first, number, cells)
            key = cells.get(KEY, "").strip()
            if key.casefold() == EXAMPLE:
                problems.append(Problem(first.key, number, KEY, IS_EXAMPLE))
            if key in keys:
                problems.append(Problem(first.key, number, KEY, f"Row {keys[key]} has the same key"))
            keys.setdefault(key, number)
            person = Person(number, said)
            if not problems:
                problems += self._of_a_person(person, names)
            for sheet in others:
                person.rows[sheet.key] = []
                for row, other in self.others[sheet.key].pop(key, []):
                    found, more = self._row(sheet, row, other)
                    person.rows[sheet.key].append({**found, "row": row})
                    problems += more
            yield person, problems

    def by_themselves(self) -> tuple[dict[str, list[dict[str, Any]]], list[Problem]]:
        """The rows that belong to no person, by table, each with its number, and what is wrong with them."""
        found: dict[str, list[dict[str, Any]]] = {}
        problems = []
        for sheet in (one for one in self.sheets if one.alone):
            found[sheet.key] = []
            for number, cells in self.alone.get(sheet.key, []):
                said, wrong = self._row(sheet, number, cells)
                if all(cells.get(name, "") == told for name, told in sheet.example.items()):
                    wrong = [Problem(sheet.key, number, "", IS_EXAMPLE)]
                problems += wrong
                found[sheet.key] += [] if wrong else [{**said, "row": number}]
        return found, problems

    def left_over(self) -> list[Problem]:
        """Rows whose key no person has, and files that no row names; asked once all people are read."""
        first = self.sheets[0].title.lower()
        rows = [
            Problem(sheet, row, KEY, f"No row of {first} has the key “{key[:40]}”")
            for sheet, by_key in self.others.items()
            for key, rows in by_key.items()
            for row, _ in rows
        ]
        unnamed = (f"No row names the file “{name[:80]}”" for name in self.papers.unnamed)
        return rows + [Problem("documents", 0, "file", one) for one in unnamed]

    def _row(self, sheet: Sheet, row: int, cells: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
        try:
            said, problems = cleaned(sheet, row, cells, answered=self.answered, known=self.known)
            if not problems and sheet is not self.sheets[0]:
                problems = list(self.of_row(self, sheet, row, said))
        except Exception:  # noqa: BLE001 -- one row stops no other one
            return {}, [Problem(sheet.key, row, "", FAULT)]
        return said, problems

    def _of_a_person(self, person: Person, names: dict[tuple[str, str, date | None], int]) -> list[Problem]:
        first = self.sheets[0].key
        try:
            problems = list(self.of_person(self, person))
        except Exception:  # noqa: BLE001 -- one row stops no other one
            return [Problem(first, person.row, "", FAULT)]
        if person.name in names:
            problems.append(Problem(first, person.row, "", f"The same person as in row {names[person.name]}"))
        names.setdefault(person.name, person.row)
        return problems


def opened(sheets: Sequence[Sheet], contents: Mapping[str, bytes], *, now: datetime) -> Reading:
    """Read the files, by table; one without a file has no rows. Raises table.Unreadable with the table's name."""
    found: dict[str, list[tuple[int, dict[str, str]]]] = {}
    problems: list[Problem] = []
    for sheet in sheets:
        found[sheet.key] = []
        if not (content := contents.get(sheet.key)):
            continue
        try:
            lines = table.lines(content, most_rows=MOST_ROWS, most_bytes=MOST_BYTES)
        except table.Unreadable as reason:
            raise table.Unreadable(f"{sheet.title}: {reason}") from None
        named = [cell.strip().lower() for cell in lines[0][1]]
        problems += _headings(sheet, named)
        for number, cells in lines[1:]:
            problems += (
                Problem(sheet.key, one.row, one.column, one.sentence)
                for one in table.wrong_cells(number, named, cells)
            )
            found[sheet.key].append((number, dict(zip(named, cells, strict=False))))
    first, *rest = sheets
    if len(found[first.key]) > MOST_PEOPLE:
        raise table.Unreadable(f"{first.title}: the table has more than {MOST_PEOPLE:,} rows. Split it.")
    others: dict[str, dict[str, list[tuple[int, dict[str, str]]]]] = {}
    for sheet in (one for one in rest if not one.alone):
        by_key = others.setdefault(sheet.key, {})
        for number, row in found[sheet.key]:
            by_key.setdefault(row.get(KEY, "").strip(), []).append((number, row))
    alone = {sheet.key: found[sheet.key] for sheet in rest if sheet.alone}
    return Reading(sheets, found[first.key], others, problems, Papers(contents.get(FILES, b"")), now, alone)


def template(sheets: Sequence[Sheet]) -> bytes:
    """A workbook of the tables, each with an invented row, and a sheet that explains the columns."""
    rows = {one.key: (list(one.columns), one.example) for one in sheets}
    return workbooks.template(rows, [line for one in sheets for line in one.explained()])


def unpacked(sheets: Sequence[Sheet], contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files as they are kept: a workbook becomes the tables that it holds. Raises table.Unreadable."""
    kept = dict(contents)
    if book := kept.pop(WORKBOOK, b""):
        if len(book) > MOST_BYTES:
            raise table.Unreadable(f"The workbook is larger than {MOST_BYTES // 1024 // 1024} MB. Split it")
        try:
            kept |= workbooks.read(book, names=[one.key for one in sheets])
        except Refused as reason:
            raise table.Unreadable(str(reason)) from None
    if len(kept.get(FILES, b"")) > MOST_BYTES:
        raise table.Unreadable(f"Files: the archive is larger than {MOST_BYTES // 1024 // 1024} MB")
    if not kept.get(sheets[0].key):
        raise table.Unreadable(f"Choose a workbook, or the table of {sheets[0].title.lower()}")
    return kept


def cell(value: Any) -> str:  # noqa: ANN401 -- of any kind
    """A value as a cell of a table writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return "" if value is None else str(value)


def cleaned(
    sheet: Sheet,
    row: int,
    cells: Mapping[str, str],
    *,
    known: dict[tuple[str, str, str], Cell],
    answered: bool = False,
) -> tuple[dict[str, Any], list[Problem]]:
    """The cells of a row as its questions take them, and what is wrong with them; `answered`, `known` as in Reading."""
    said: dict[str, Any] = {}
    problems = []
    if len(known) > MOST_KNOWN:
        known.clear()
    for name, question in sheet.columns.items():
        text = cells.get(name, "").strip()
        place = (sheet.key, name, text)
        if (found := known.get(place)) is None:
            found = _read(question, text, may_be_empty=name in sheet.may_be_empty, answered=answered)
            if len(text) <= SHORT:
                known[place] = found
        if found.taken:
            said[name] = [*found.value] if isinstance(found.value, list) else found.value
        if found.wrong:
            problems.append(Problem(sheet.key, row, name, found.wrong))
    return said, problems


def _read(question: django_forms.Field, text: str, *, may_be_empty: bool, answered: bool) -> Cell:
    if not text and may_be_empty:
        return Cell(taken=True, value=_nothing(question))
    try:
        value = question.clean(_raw(question, text))
    except ValidationError as wrong:
        return Cell(wrong=" ".join(wrong.messages))
    try:
        if not answered:
            _refuse_leads(question, value)
    except ValidationError as wrong:
        return Cell(taken=True, value=value, wrong=" ".join(wrong.messages))
    return Cell(taken=True, value=value)


def _headings(sheet: Sheet, named: Sequence[str]) -> Iterator[Problem]:
    for name in dict.fromkeys(named):
        if name and name not in sheet.columns:
            yield Problem(
                sheet.key, table.HEADINGS_ROW, name[:40], "No such column: take it out, or see the template"
            )
        if name and named.count(name) > 1:
            yield Problem(sheet.key, table.HEADINGS_ROW, name[:40], "This heading appears twice")
    for name in sheet.columns:
        if name not in named and name not in sheet.may_be_empty:
            yield Problem(sheet.key, table.HEADINGS_ROW, name, "This column is missing")


def _nothing(question: django_forms.Field) -> Any:  # noqa: ANN401 -- of each kind its own
    """What an empty cell means."""
    if isinstance(question, fields.Choices | Lines):
        return []
    return None if isinstance(question, moments.Day | moments.Clock | fields.Whole) else ""


def _allowed(question: django_forms.Field) -> str:
    if isinstance(question, django_forms.ChoiceField):
        several = "any of, with semicolons: " if isinstance(question, fields.Choices) else "one of: "
        return several + ", ".join(str(code) for code, _ in _listed(question) if code)
    kinds = ((moments.Day, "a day, like 2026-03-27"), (moments.Clock, "a time, like 14:30"))
    kinds += ((fields.Whole, "a number"), (Lines, "words, with semicolons"))  # type: ignore[assignment]  # one longer
    return next((told for kind, told in kinds if isinstance(question, kind)), "words")


def _listed(question: django_forms.ChoiceField) -> list[tuple[Any, Any]]:
    return list(question.choices)  # type: ignore[arg-type]  # a list here, never a function


def _raw(question: django_forms.Field, cell: str) -> Any:  # noqa: ANN401 -- as each kind of field is sent
    """A cell as a form would send it."""
    if isinstance(question, moments.Day):
        return tuple([*table.parts(cell), "", ""][:3])  # what is no day has fewer parts than the form
    if isinstance(question, Lines):
        return "\n".join(table.several(cell))
    if isinstance(question, fields.Choices):
        return [table.code_of(question, one) for one in table.several(cell)]
    if isinstance(question, django_forms.ChoiceField):
        return table.code_of(question, cell)
    return spreadsheets.unquoted(cell)


def _refuse_leads(question: django_forms.Field, said: Any) -> None:  # noqa: ANN401 -- of any kind
    """Refuse words that are shown or cross and may lead to a person: a table has nobody to answer for them."""
    is_read = isinstance(question, Text) and question.audience in words.READ
    if is_read and said and (found := words.read(said)):
        raise ValidationError(f"{words.said(found)}. Reword it")


def overlapping(
    times: Sequence[tuple[datetime, datetime, int]],
) -> Iterator[tuple[int, int]]:
    """The rows of meetings that begin before an earlier one has ended: (row, the earlier row)."""
    last: tuple[datetime, int] | None = None
    for start, end, row in sorted(times):
        if last and start < last[0]:
            yield row, last[1]
        if last is None or end > last[0]:
            last = (end, row)
