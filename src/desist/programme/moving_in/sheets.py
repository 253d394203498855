"""The five tables of a caseload that moves in: their columns, and each cell as the forms of the product take it.

A person has a key of the service's own in the table of people; the rows of the other tables name it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError

from desist.instruments import library, scoring
from desist.programme.measures.states import Occasion
from desist.programme.plans.forms import Goal
from desist.programme.plans.states import State as GoalState
from desist.programme.sessions.contacts.forms import Contact
from desist.programme.sessions.forms import Record
from desist.programme.sessions.states import Attendance, MissedReason
from desist.referral import answers as asked
from desist.referral import table
from desist.referral.fields import Lines
from desist.referral.forms import FORMS
from desist.ui import dates, fields, moments, spreadsheets, words
from desist.ui.fields import Text

MOST_ROWS = 60_000
MOST_BYTES = 10 * 1024 * 1024
MOST_PEOPLE = 5_000
KEY = "key"
#: questions of a referral that a table of people does not ask: an order is entered from its copy
LEFT_OUT = frozenset({"orders"})
REFERRAL = {
    name: question
    for form in FORMS.values()
    for name, question in form.base_fields.items()
    if name in asked.NAMES and name not in LEFT_OUT
}
SPOKE_NEEDS_WORDS = "Write what was said or agreed"


@dataclass(frozen=True)
class Sheet:
    """One table: its columns with their questions, and those that may stay empty."""

    key: str
    title: str
    columns: Mapping[str, django_forms.Field]
    may_be_empty: frozenset[str] = frozenset()

    def template(self) -> bytes:
        """The headings, then a line that says of each column what may stand in it."""
        return spreadsheets.as_csv(list(self.columns), [])


def _fields(form: type[django_forms.Form], *names: str) -> dict[str, django_forms.Field]:
    return {name: form.base_fields[name] for name in names}


_KEY = {KEY: fields.Token(label="Your own number of the person", max_length=40)}
#: codes that pages show of every person
NEEDED = frozenset(asked.CODED) - {*asked.LISTS, "lives_in", "risk_tool"} | {
    "given_names",
    "family_name",
    "born",
}
PEOPLE = Sheet(
    "people",
    "People",
    {
        **_KEY,
        **REFERRAL,
        table.NO_NAME: fields.Token(label="Words that are no name", max_length=1000),
        "accepted_on": moments.Day(label="The day on which they were accepted"),
        "practitioner": fields.Name(label="Name of their practitioner", max_length=80),
    },
    frozenset(REFERRAL) - NEEDED | {table.NO_NAME, "practitioner"},
)
SESSIONS = Sheet(
    "sessions",
    "Sessions that were held or missed",
    {
        **_KEY,
        "number": fields.Whole(label="Number of the session", least=1, most=12),
        "held_on": moments.Day(label="The day of the session"),
        "held_time": moments.Clock(label="When it began"),
        "minutes": fields.Whole(label="Minutes", least=5, most=150),
        "attendance": fields.Choice(label="Did they attend?", choices=Attendance.choices),
        "missed_reason": fields.Choice(label="Why it was missed", choices=MissedReason.choices),
        **_fields(Record, "work_done", "homework_set", "next_steps"),
    },
    frozenset({"missed_reason", "work_done", "homework_set", "next_steps"}),
)
MEASURES = Sheet(
    "measures",
    "Measures",
    {
        **_KEY,
        "instrument": fields.Choice(
            label="Which form?", choices=[(one.name, one.title) for one in library.current()]
        ),
        "occasion": fields.Choice(label="When in the work?", choices=Occasion.choices),
        "taken_on": moments.Day(label="The day it was filled in"),
        "total": fields.Whole(label="Total"),
    },
)
GOALS = Sheet(
    "goals",
    "Goals",
    {
        **_KEY,
        **_fields(Goal, "words", "serves", "steps"),
        "state": fields.Choice(label="Its status", choices=GoalState.choices),
    },
    frozenset({"steps"}),
)
CONTACTS = Sheet(
    "contacts",
    "Contacts",
    {
        **_KEY,
        **_fields(
            Contact,
            *("party", "who", "held_on", "held_time", "begun", "way", "purpose", "outcome", "words"),
        ),
    },
    frozenset({"who", "words"}),
)
SHEETS = (PEOPLE, SESSIONS, MEASURES, GOALS, CONTACTS)


@dataclass(frozen=True)
class Problem:
    """A problem in one table: the number of its row (the headings are row 1) and its column, or ""."""

    sheet: str
    row: int
    column: str
    sentence: str


@dataclass(frozen=True)
class Person:
    """One person with everything that belongs to them, each row by column, without problems."""

    row: int
    said: dict[str, Any]
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def name(self) -> tuple[str, str, date]:
        """What tells people apart."""
        return self.said["given_names"].casefold(), self.said["family_name"].casefold(), self.said["born"]


@dataclass
class Reading:
    """Tables that are read person by person, so that a page can say how far it is."""

    people: list[tuple[int, dict[str, str]]]
    others: dict[str, dict[str, list[tuple[int, dict[str, str]]]]]  # table -> key -> its rows
    problems: list[Problem]
    today: date
    now: datetime

    @property
    def headings(self) -> list[Problem]:
        """What is wrong with the headings."""
        return [one for one in self.problems if one.row == table.HEADINGS_ROW]

    def read(self) -> Iterator[tuple[Person, list[Problem]]]:
        """Every person with the problems of all their rows."""
        keys: dict[str, int] = {}
        names: dict[tuple[str, str, date], int] = {}
        for number, cells in self.people:
            said, problems = cleaned(PEOPLE, number, cells)
            key = cells.get(KEY, "").strip()
            if key in keys:
                problems.append(Problem("people", number, KEY, f"Row {keys[key]} has the same key"))
            keys.setdefault(key, number)
            person = Person(number, said)
            if not problems:
                problems += self._of_a_person(person, names)
            for sheet in SHEETS[1:]:
                person.rows[sheet.key] = []
                for row, other in self.others[sheet.key].pop(key, []):
                    found, more = cleaned(sheet, row, other)
                    if not more:
                        more = list(self._of_a_row(sheet, row, found))
                    person.rows[sheet.key].append({**found, "row": row})
                    problems += more
            yield person, problems

    def left_over(self) -> list[Problem]:
        """Rows whose key is in no row of people; asked once all people are read."""
        return [
            Problem(sheet, row, KEY, f"No row of people has the key “{key[:40]}”")
            for sheet, by_key in self.others.items()
            for key, rows in by_key.items()
            for row, _ in rows
        ]

    def _of_a_person(self, person: Person, names: dict[tuple[str, str, date], int]) -> Iterator[Problem]:
        said = person.said
        if said["accepted_on"] > self.today:
            yield Problem("people", person.row, "accepted_on", "This day is in the future")
        if dates.years_between(said["born"], self.today) < 10:
            yield Problem("people", person.row, "born", "The person would be younger than 10: check the year")
        if person.name in names:
            yield Problem("people", person.row, "", f"The same person as in row {names[person.name]}")
        names.setdefault(person.name, person.row)
        no_names = table.several(said[table.NO_NAME] or "")
        for word, name in asked.may_be_names({**asked.empty(), **said}).items():
            if word not in no_names:
                yield Problem("people", person.row, name, NAME.format(word=word))

    def _of_a_row(self, sheet: Sheet, row: int, said: dict[str, Any]) -> Iterator[Problem]:
        if sheet is MEASURES:
            try:
                scoring.of_total(instrument=library.instrument(name=said["instrument"]), total=said["total"])
            except scoring.NotAnAnswer as reason:
                yield Problem(sheet.key, row, "total", str(reason))
            if said["taken_on"] > self.today:
                yield Problem(sheet.key, row, "taken_on", "This day is in the future")
        if "held_on" in said and dates.moment(said["held_on"], said["held_time"]) > self.now:
            yield Problem(
                sheet.key, row, "held_on", "This is in the future. Plan it here, once the person has moved in"
            )
        if sheet is SESSIONS and said["attendance"] == Attendance.MISSED and not said["missed_reason"]:
            yield Problem(sheet.key, row, "missed_reason", "Say why it was missed")
        if sheet is CONTACTS and said["outcome"] == "spoke" and not said["words"]:
            yield Problem(sheet.key, row, "words", SPOKE_NEEDS_WORDS)


NAME = (
    "“{word}” may be a name. If it is the name of the victim, or of anyone near them, take it out. "
    f"If not, write it in the column {table.NO_NAME}"
)


def opened(contents: Mapping[str, bytes], *, now: datetime) -> Reading:
    """Read the files, by table; one without a file has no rows. Raises table.Unreadable with the table's name."""
    found: dict[str, list[tuple[int, dict[str, str]]]] = {}
    problems: list[Problem] = []
    for sheet in SHEETS:
        found[sheet.key] = []
        if content := contents.get(sheet.key):
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
    if len(found["people"]) > MOST_PEOPLE:
        raise table.Unreadable(f"People: the table has more than {MOST_PEOPLE:,} rows. Split it.")
    others: dict[str, dict[str, list[tuple[int, dict[str, str]]]]] = {}
    for sheet in SHEETS[1:]:
        by_key = others.setdefault(sheet.key, {})
        for number, row in found[sheet.key]:
            by_key.setdefault(row.get(KEY, "").strip(), []).append((number, row))
    return Reading(found["people"], others, problems, dates.day_of(now), now)


def cleaned(sheet: Sheet, row: int, cells: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    """The cells of a row as its questions take them, and what is wrong with them."""
    said: dict[str, Any] = {}
    problems = []
    for name, question in sheet.columns.items():
        cell = cells.get(name, "").strip()
        if not cell and name in sheet.may_be_empty:
            said[name] = [] if name in asked.LISTS and sheet is PEOPLE else None if _is_day(question) else ""
            continue
        try:
            said[name] = question.clean(_raw(question, cell))
            _refuse_leads(question, said[name])
        except ValidationError as wrong:
            problems.append(Problem(sheet.key, row, name, " ".join(wrong.messages)))
    return said, problems


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


def _is_day(question: django_forms.Field) -> bool:
    return isinstance(question, moments.Day)


def _raw(question: django_forms.Field, cell: str) -> Any:  # noqa: ANN401 -- as each kind of field is sent
    """A cell as a form would send it."""
    if _is_day(question):
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


def period(said: Mapping[str, Any]) -> tuple[datetime, datetime]:
    """When a session began and ended."""
    start = dates.moment(said["held_on"], said["held_time"])
    return start, start + timedelta(minutes=said["minutes"])
