"""The tables of a caseload of the programme, and what is checked of their rows beside each cell."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms as django_forms

from desist.circumstances import texts
from desist.circumstances.forms import Circumstance, Relative, SelfHarm
from desist.circumstances.states import Kind
from desist.instruments import library, scoring
from desist.moving_in.tables import EXAMPLE, KEY, Person, Problem, Reading, Sheet
from desist.programme.documents.states import Kind as Paper
from desist.programme.measures.states import Occasion
from desist.programme.moving_in import work
from desist.programme.plans.coping.forms import LETTERS
from desist.programme.plans.coping.states import Part
from desist.programme.plans.forms import Goal
from desist.programme.plans.states import State as GoalState
from desist.programme.risk.forms import Judgement
from desist.programme.sessions.contacts.forms import Contact
from desist.programme.sessions.forms import Record
from desist.programme.sessions.states import Attendance, MissedReason
from desist.referral import answers as asked
from desist.referral import files, table
from desist.referral.forms import FORMS
from desist.refusals import Refused
from desist.ui import dates, fields, moments
from desist.ui.words import Audience

#: questions of a referral that a table of people does not ask: an order is entered from its copy
LEFT_OUT = frozenset({"orders"})
REFERRAL = {
    name: question
    for form in FORMS.values()
    for name, question in form.base_fields.items()
    if name in asked.NAMES and name not in LEFT_OUT
}
SPOKE_NEEDS_WORDS = "Write what was said or agreed"


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
    {
        KEY: EXAMPLE,
        "given_names": "Robin",
        "family_name": "Invented",
        "born": "1990-02-28",
        "contact_by": "phone",
        "route": "self",
        "legal_basis": "agreement",
        "proceedings": "none",
        "relationship": "ex_partner",
        "behaviours": "contacting; following",
        "offence_kind": "none",
        "referrer_kind": "self",
        "accepted_on": "2026-01-05",
        "practitioner": "Kit Invented",
    },
)
RECORD = ("work_done", "homework_set", "next_steps")
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
        **_fields(Record, *RECORD),
    },
    frozenset({"missed_reason", "work_done", "homework_set", "next_steps"}),
    {
        KEY: EXAMPLE,
        "number": "1",
        "held_on": "2026-01-13",
        "held_time": "2pm",
        "minutes": "90",
        "attendance": "attended",
        "work_done": "The first chain.",
    },
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
    frozenset(),
    {KEY: EXAMPLE, "instrument": "phq-9", "occasion": "baseline", "taken_on": "2026-01-06", "total": "12"},
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
    {KEY: EXAMPLE, "words": "I do not write for a week", "serves": "Fewer contacts", "state": "open"},
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
    {
        KEY: EXAMPLE,
        "party": "person",
        "held_on": "2026-01-07",
        "held_time": "10am",
        "begun": "us",
        "way": "telephone",
        "purpose": "arranging",
        "outcome": "spoke",
        "words": "Comes on Tuesday.",
    },
)
DOCUMENTS = Sheet(
    "documents",
    "Documents",
    {
        **_KEY,
        "file": fields.Token(label="Name of the file in the archive", max_length=200),
        "kind": fields.Choice(label="What is it?", choices=Paper.choices),
        "dated": moments.Day(label="The date on it"),
    },
    frozenset(),
    {KEY: EXAMPLE, "file": "agreement.pdf", "kind": "agreement", "dated": "2026-01-05"},
)
_JUDGED = ("tool", "tool_version", "result", "rationale", "sources", "rater", "rater_trained")
RISKS = Sheet(
    "risks",
    "Judgements of risk",
    {**_KEY, **_fields(Judgement, *_JUDGED, "rated_on", "review_on")},
    frozenset({"sources"}),
    {
        KEY: EXAMPLE,
        "tool": "sam",
        "tool_version": "1",
        "result": "Moderate",
        "rationale": "He still writes each week.",
        "rater": "Kit Invented",
        "rater_trained": "yes",
        "rated_on": "2026-01-06",
        "review_on": "2026-04-06",
    },
)
CIRCUMSTANCES = Sheet(
    "circumstances",
    "Risks to staff and needs",
    {
        **_KEY,
        "kind": fields.Choice(label="What is it?", choices=Kind.choices),
        **_fields(Circumstance, "words", "said_by", "since", "review_on"),
    },
    frozenset({"since"}),
    {
        KEY: EXAMPLE,
        "kind": "animals",
        "words": "A dog on a lead.",
        "said_by": "He",
        "review_on": "2026-07-01",
    },
)
_HARM = tuple(texts.PARTS)
SELF_HARM = Sheet(
    "self_harm",
    "Self-harm and the plan for a crisis",
    {**_KEY, **_fields(SelfHarm, *_HARM, "review_on")},
    frozenset(_HARM),
    {KEY: EXAMPLE, "history": "None known.", "review_on": "2026-07-01"},
)
_RELATIVE = tuple(Relative.base_fields)
FAMILY = Sheet(
    "family",
    "Children and family",
    {**_KEY, **_fields(Relative, *_RELATIVE)},
    frozenset({"born_in", "order_on", "worker", "words"}),
    {KEY: EXAMPLE, "name": "Eldest son", "tie": "child", "care": "other_parent", "contact_order": "none"},
)
COPING = Sheet(
    "coping",
    "Lines of the coping plan",
    {
        **_KEY,
        "part": fields.Choice(label="Which part?", choices=Part.choices),
        "cue": fields.Text(
            label="When …, of a step", required=False, max_length=LETTERS, audience=Audience.SHOWN
        ),
        "words": fields.Text(label="What the line says", max_length=LETTERS, audience=Audience.SHOWN),
    },
    frozenset({"cue"}),
    {KEY: EXAMPLE, "part": "sign", "words": "I sleep badly"},
)
SHEETS = (
    *(PEOPLE, SESSIONS, MEASURES, GOALS, CONTACTS, RISKS, CIRCUMSTANCES, SELF_HARM, FAMILY, COPING),
    *work.SHEETS,
    DOCUMENTS,
)


def checked(reading: Reading) -> Reading:
    """A reading with the checks of the programme."""
    reading.of_person, reading.of_row = _of_a_person, _of_a_row
    return reading


def _of_a_person(reading: Reading, person: Person) -> Iterator[Problem]:
    said = person.said
    if said["accepted_on"] > reading.today:
        yield Problem("people", person.row, "accepted_on", "This day is in the future")
    if dates.years_between(said["born"], reading.today) < 10:
        yield Problem("people", person.row, "born", "The person would be younger than 10: check the year")
    no_names = table.several(said[table.NO_NAME] or "")
    for word, name in asked.may_be_names({**asked.empty(), **said}).items():
        if word not in no_names:
            yield Problem("people", person.row, name, NAME.format(word=word))


def _of_a_row(reading: Reading, sheet: Sheet, row: int, said: dict[str, Any]) -> Iterator[Problem]:
    for name in ("taken_on", "dated", "rated_on", "since", *work.PAST):
        if said.get(name) and said[name] > reading.today:
            yield Problem(sheet.key, row, name, "This day is in the future")
    if "held_on" in said and dates.moment(said["held_on"], said["held_time"]) > reading.now:
        sentence = "This is in the future. Plan it here, once the person has moved in"
        yield Problem(sheet.key, row, "held_on", sentence)
    if sheet is MEASURES:
        try:
            scoring.of_total(instrument=library.instrument(name=said["instrument"]), total=said["total"])
        except scoring.NotAnAnswer as reason:
            yield Problem(sheet.key, row, "total", str(reason))
    if sheet is DOCUMENTS:
        yield from _of_a_file(reading, row, said)
    yield from _missing(sheet, row, said)
    yield from work.of_row(sheet, row, said)


def _missing(sheet: Sheet, row: int, said: dict[str, Any]) -> Iterator[Problem]:
    if sheet is RISKS and said["review_on"] <= said["rated_on"]:
        yield Problem(sheet.key, row, "review_on", "The review must come after the rating")
    if sheet is SELF_HARM and not any(said[name] for name in texts.PARTS):
        yield Problem(sheet.key, row, "history", "Say something in one part at least")
    if sheet is COPING and (said["part"] == Part.STEP) != bool(said["cue"]):
        yield Problem(sheet.key, row, "cue", "A step says when it applies, and only a step does")
    if sheet is SESSIONS and said["attendance"] == Attendance.MISSED and not said["missed_reason"]:
        yield Problem(sheet.key, row, "missed_reason", "Say why it was missed")
    if sheet is CONTACTS and said["outcome"] == "spoke" and not said["words"]:
        yield Problem(sheet.key, row, "words", SPOKE_NEEDS_WORDS)


def _of_a_file(reading: Reading, row: int, said: dict[str, Any]) -> Iterator[Problem]:
    """What keeps a file out, and what in it may lead to the victim: it stays on this site, so that is told and no more."""
    try:
        file = reading.papers.inspected(said["file"])
    except Refused as reason:
        yield Problem("documents", row, "file", str(reason))
        return
    said["digest"] = file.digest
    for hint in dict.fromkeys(one.hint for one in files.leads(file)):
        yield Problem("documents", row, "file", f"Check the file again. {hint}", stops=False)


NAME = (
    "“{word}” may be a name. If it is the name of the victim, or of anyone near them, take it out. "
    f"If not, write it in the column {table.NO_NAME}"
)


def period(said: Mapping[str, Any]) -> tuple[datetime, datetime]:
    """When a session began and ended."""
    start = dates.moment(said["held_on"], said["held_time"])
    return start, start + timedelta(minutes=said["minutes"])
