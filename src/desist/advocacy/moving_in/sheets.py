"""The tables of a caseload of clients, and what is checked of their rows beside each cell."""

from collections.abc import Iterator
from typing import Any

from django import forms as django_forms

from desist.advocacy.clients.forms import Start
from desist.advocacy.contacts.forms import SafeTime
from desist.advocacy.contacts.forms import Words as Agreed
from desist.advocacy.incidents.forms import Record
from desist.advocacy.safety.forms import Plan
from desist.advocacy.vault import normal
from desist.advocacy.vault.spelling import REFUSED
from desist.advocacy.vault.states import Kind
from desist.advocacy.victims.states import How, WayIn
from desist.moving_in.tables import EXAMPLE, KEY, Person, Problem, Reading, Sheet
from desist.ui import fields, moments, words
from desist.ui.fields import Text
from desist.ui.words import Audience
from desist.wall.actors import Role

_KEY = {KEY: fields.Token(label="Your own number of the client", max_length=40)}


def _fields(form: type[django_forms.Form], *names: str) -> dict[str, django_forms.Field]:
    return {name: form.base_fields[name] for name in names}


def _sheet(
    key: str, title: str, columns: dict[str, django_forms.Field], *empty: str, **example: str
) -> Sheet:
    """A table; what its form does not require may stay empty too."""
    optional = {name for name, one in columns.items() if not one.required}
    return Sheet(key, title, {**_KEY, **columns}, frozenset({*optional, *empty}), {KEY: EXAMPLE, **example})


IDENTITY = ("given_names", "family_name", "called", "account", "safety", "sent_by")
CLIENTS = _sheet(
    "clients",
    "Clients",
    {
        **_fields(Start, *IDENTITY),
        "born": moments.Day(label="Date of birth", required=False),
        "way_in": fields.Choice(label="How did they come to you?", choices=WayIn.choices),
        **_fields(Start, "relationship", "crime_reference"),
        "received_on": moments.Day(label="The day on which they came to you"),
        "reached_on": moments.Day(label="The day on which you first reached them", required=False),
        **_fields(Start, "purposes"),
        "how": fields.Choice(label="How did they consent?", choices=How.choices),
        "consented_on": moments.Day(label="The day on which they consented"),
        "advocate": fields.Name(label="Name of their advocate", max_length=80, required=False),
        **_fields(Agreed, "say", "if_other", "code_word", "remarks"),
    },
    given_names="Robin",
    family_name="Invented",
    way_in="self",
    received_on="2026-01-05",
    reached_on="2026-01-06",
    purposes="support; contact",
    how="phone",
    consented_on="2026-01-06",
)
WAYS = _sheet(
    "ways",
    "Ways to reach them, and places",
    {
        "kind": fields.Choice(label="What is it?", choices=Kind.choices),
        "value": fields.Token(label="The number, address or name", max_length=300),
    },
    kind="phone",
    value="01632 960 001",
)
SAFE_TIMES = _sheet(
    "safe_times",
    "Safe times",
    _fields(SafeTime, "channel", "days", "start", "end"),
    channel="text",
    days="Monday; Tuesday",
    start="9:30am",
    end="5pm",
)
INCIDENTS = _sheet(
    "incidents",
    "Incidents",
    dict(Record.base_fields),
    happened_on="2026-01-03",
    behaviours="following",
    channel="in_person",
    what="He followed them from the station.",
    place="street",
)
PLAN = ("now", "home", "work", "travel", "online", "children", "people")
PLANS = _sheet(
    "plans",
    "Safety plans",
    _fields(Plan, *PLAN, "review_on"),
    now="Rings 999.",
    review_on="2026-04-01",
)
ADVOCATES = Sheet(
    "advocates",
    "Advocates",
    {
        "name": fields.Name(label="Name", max_length=80),
        "email": fields.Token(label="E-mail address of their account", max_length=254),
        "role": fields.Choice(
            label="Role",
            choices=[(Role.ADVOCATE, "Advocate"), (Role.ADVOCACY_MANAGER, "Advocacy manager")],
        ),
        "trained_on": moments.Day(label="The day on which their training was signed off", required=False),
    },
    frozenset({"trained_on"}),
    {"name": "Wren Invented", "email": "wren@invented.example", "role": "advocate"},
    alone=True,
)
SHEETS = (CLIENTS, WAYS, SAFE_TIMES, INCIDENTS, PLANS, ADVOCATES)


def checked(reading: Reading) -> Reading:
    """A reading with the checks of the advocacy zone."""
    reading.of_person, reading.of_row = _of_a_client, _of_a_row
    return reading


def _of_a_client(reading: Reading, person: Person) -> Iterator[Problem]:
    said = person.said
    for name in ("received_on", "reached_on", "consented_on", "born"):
        if said[name] and said[name] > reading.today:
            yield Problem("clients", person.row, name, "This day is in the future")
    if said["reached_on"] and said["reached_on"] < said["received_on"]:
        yield Problem("clients", person.row, "reached_on", "This is before the day on which they came to you")
    yield from _of_words(CLIENTS, person.row, said)


def _of_a_row(reading: Reading, sheet: Sheet, row: int, said: dict[str, Any]) -> Iterator[Problem]:
    yield from _of_words(sheet, row, said)
    if sheet is WAYS and said["kind"] == Kind.PHONE:
        try:
            normal.phone(said["value"])
        except normal.NotANumber:
            yield Problem("ways", row, "value", "Enter a telephone number, like 01632 960 001")
    if sheet is SAFE_TIMES and said["end"] <= said["start"]:
        yield Problem("safe_times", row, "end", "It must end after it starts, on the same day")
    if sheet is ADVOCATES and "@" not in said["email"]:
        yield Problem("advocates", row, "email", "Enter an e-mail address such as sam.lowe@service.example")
    if sheet is INCIDENTS and said["happened_on"] > reading.today:
        yield Problem("incidents", row, "happened_on", "This day is in the future")


def _of_words(sheet: Sheet, row: int, said: dict[str, Any]) -> Iterator[Problem]:
    """Words that may lead to a person: a table has nobody to answer for them, so none of them stay."""
    for name, text in texts(sheet, said).items():
        if words.kinds(text):
            yield Problem(sheet.key, row, name, REFUSED.removeprefix("Not saved: ").capitalize())


def texts(sheet: Sheet, said: dict[str, Any], *, crossing: bool = False) -> dict[str, str]:
    """Column -> its words: all free text of a row, or what of it others may read."""
    wanted = words.READ if crossing else {*Audience} - {Audience.NO_WORDS}
    return {
        name: said[name]
        for name, one in sheet.columns.items()
        if isinstance(one, Text) and one.audience in wanted and said.get(name)
    }
