"""The tables of the work between and in the sessions, and what is checked of their rows: chains, diary, risk, readiness."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django import forms as django_forms

from desist.moving_in.tables import EXAMPLE, KEY, Person, Problem, Sheet
from desist.programme.chains import contact, links
from desist.programme.chains import forms as chains
from desist.programme.plans import forms as plans
from desist.programme.risk import forms as risk
from desist.programme.sessions.diary import forms as diary
from desist.programme.sessions.diary.states import Act
from desist.programme.sessions.states import State
from desist.skills import catalogue
from desist.ui import fields, moments
from desist.ui.words import Audience

NO_SUCH_SESSION = "No row of sessions says that session {number} was held with them"
NO_SUCH_CHAIN = "No row of chains has the number {number} for them"
NO_SUCH_TARGET = "No row of own targets has the number {number} for them"
TWICE = "Row {row} is about the same {what}"
#: figures of own targets: "1=3, 2=0"
_OWN = re.compile(r"\d{1,2}=[0-5](, ?\d{1,2}=[0-5])*")


def _fields(form: type[django_forms.Form], *names: str) -> dict[str, django_forms.Field]:
    return {name: form.base_fields[name] for name in names}


def _figure(label: str, most: int = 5) -> fields.Whole:
    return fields.Whole(label=label, most=most, required=False)


def _skill(label: str) -> fields.Choice:
    return fields.Choice(label=label, choices=catalogue.CHOICES, required=False)


_KEY = {KEY: fields.Token(label="Your own number of the person", max_length=40)}
_SOLUTION = ("reduce_vulnerability", "prevent_prompt", "repair")
CHAINS = Sheet(
    "chains",
    "Chains",
    {
        **_KEY,
        "chain": fields.Whole(label="Number of the chain, 1 for their first", least=1, most=999),
        "session": fields.Whole(label="Number of the session in which it was made", least=1, most=12),
        **_fields(chains.Behaviour, "behaviour", "resisted", "happened_on"),
        "hour": _figure("Hour in which it happened, 0 to 23", 23),
        **_fields(chains.Analysis, *_SOLUTION),
    },
    frozenset({"happened_on", "hour", *_SOLUTION}),
    {
        KEY: EXAMPLE,
        "chain": "1",
        "session": "1",
        "behaviour": "Drove twice round the block",
        "resisted": "no",
        "happened_on": "2026-01-10",
    },
)
LINKS = Sheet(
    "links",
    "Links of chains",
    {
        **_KEY,
        "chain": fields.Whole(label="Number of the chain", least=1, most=999),
        "part": fields.Choice(label="Part of the chain", choices=links.Part.choices),
        "kind": fields.Choice(label="Type", choices=links.Kind.choices),
        **_fields(chains.Line, "words"),
        "intensity": _figure("Intensity, 0 to 5"),
        "skill_code": _skill("Skill that fits there"),
        **_fields(chains.Change, "skill"),
        "same_as": fields.Text(
            label="Words of another link that it counts as",
            required=False,
            max_length=300,
            audience=Audience.SHOWN,
        ),
    },
    frozenset({"intensity", "skill_code", "skill", "same_as"}),
    {KEY: EXAMPLE, "chain": "1", "part": "link", "kind": "thought", "words": "I have to know"},
)
TARGETS = Sheet(
    "targets",
    "Own targets of the diary",
    {
        **_KEY,
        "target": fields.Whole(label="Number of the target, 1 for their first", least=1, most=99),
        **_fields(diary.OwnTarget, "name"),
        "ended_on": moments.Day(label="The day on which it ended", required=False),
    },
    frozenset({"ended_on"}),
    {KEY: EXAMPLE, "target": "1", "name": "Checking the work rota"},
)
DIARY = Sheet(
    "diary",
    "Days of the diary",
    {
        **_KEY,
        "day": moments.Day(label="The day"),
        "urge": _figure("Strongest urge, 0 to 5"),
        "act": fields.Choice(label="What they did", choices=Act.choices, required=False),
        "anger": _figure("Anger, 0 to 5"),
        "sadness": _figure("Sadness, 0 to 5"),
        "shame": _figure("Shame, 0 to 5"),
        "sleep_hours": _figure("Hours of sleep", 24),
        "substances": fields.YesNo(label="Alcohol or drugs?", required=False),
        "skill": _skill("Skill they used"),
        "hour": _figure("Hour of the act or of the strongest urge, 0 to 23", 23),
        **_fields(diary.Details, "note"),
        "own": fields.Token(label="Figures of own targets, like 1=3, 2=0", required=False, max_length=40),
        "entered_on": moments.Day(label="The day on which it was entered", required=False),
    },
    frozenset(
        {
            *("urge", "act", "anger", "sadness", "shame", "sleep_hours", "substances"),
            *("skill", "hour", "note", "own", "entered_on"),
        }
    ),
    {KEY: EXAMPLE, "day": "2026-01-10", "urge": "4", "act": "near", "sleep_hours": "5", "own": "1=3"},
)
FACTORS = Sheet(
    "factors",
    "Acute factors",
    {
        **_KEY,
        **_fields(risk.Acute, "kind", "noticed_on", "until", "words"),
        "ended_on": moments.Day(label="The day on which it was over before", required=False),
    },
    frozenset({"words", "ended_on"}),
    {KEY: EXAMPLE, "kind": "drink", "noticed_on": "2026-01-10", "until": "2026-01-24"},
)
READINESS = Sheet(
    "readiness",
    "Readiness and motivation",
    {**_KEY, **_fields(plans.Judge, "ready", "motivation", "words", "rated_on")},
    frozenset(),
    {
        KEY: EXAMPLE,
        "ready": "unsure",
        "motivation": "mixed",
        "words": "Comes on time, and speaks of the court",
        "rated_on": "2026-01-06",
    },
)
TYPES = Sheet(
    "types",
    "Type of stalking",
    {**_KEY, **_fields(risk.Type, "motive", "behaviours", "rationale", "rater", "rated_on")},
    frozenset({"behaviours"}),
    {
        KEY: EXAMPLE,
        "motive": "rejected",
        "rationale": "It began with the end of the relationship.",
        "rater": "Kit Invented",
        "rated_on": "2026-01-06",
    },
)
SHEETS = (CHAINS, LINKS, TARGETS, DIARY, FACTORS, TYPES, READINESS)
#: days of these tables that cannot lie ahead
PAST = ("happened_on", "day", "noticed_on", "ended_on", "entered_on")


def of_row(sheet: Sheet, row: int, said: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with one row beside its cells."""
    if sheet is CHAINS and contact.read(said["repair"]):
        yield Problem(sheet.key, row, "repair", contact.WHY)
    if sheet is DIARY and said["own"] and not _OWN.fullmatch(said["own"]):
        yield Problem(sheet.key, row, "own", "Write each as target=figure, like 1=3, 2=0")
    if sheet is FACTORS:
        most = said["noticed_on"] + timedelta(days=risk.MOST_DAYS)
        if not said["noticed_on"] <= said["until"] <= most:
            yield Problem(sheet.key, row, "until", "It counts from its day, for three months at most")


def of_person(person: Person) -> Iterator[Problem]:
    """What does not fit between the rows of one person: a chain without its session, one thing in two rows."""
    held = {one["number"] for one in person.rows["sessions"] if one["attendance"] == State.ATTENDED}
    yield from _known("chains", "session", person, held, NO_SUCH_SESSION)
    yield from _known("links", "chain", person, _numbers("chains", "chain", person), NO_SUCH_CHAIN)
    targets = _numbers("targets", "target", person)
    for said in person.rows["diary"]:
        for number in set(figures(said["own"])) - targets:
            yield Problem("diary", said["row"], "own", NO_SUCH_TARGET.format(number=number))
    for sheet, column in (("chains", "chain"), ("targets", "target"), ("diary", "day")):
        yield from _once(sheet, column, person)
    counts: Counter[int] = Counter()
    for said in person.rows["links"]:
        counts[said["chain"]] += 1
        if counts[said["chain"]] == links.MOST + 1:
            yield Problem("links", said["row"], "chain", links.TOO_MANY)


def _numbers(sheet: str, column: str, person: Person) -> set[int]:
    return {said[column] for said in person.rows[sheet]}


def _known(sheet: str, column: str, person: Person, known: set[int], sentence: str) -> Iterator[Problem]:
    for said in person.rows[sheet]:
        if said[column] not in known:
            yield Problem(sheet, said["row"], column, sentence.format(number=said[column]))


def figures(own: str) -> dict[int, int]:
    """The figures of own targets by their number."""
    pairs = (one.split("=") for one in own.split(",") if one.strip())
    return {int(number): int(figure) for number, figure in pairs}


def written(figures: Mapping[int, int]) -> str:
    """The figures of own targets as a cell says them."""
    return ", ".join(f"{number}={figure}" for number, figure in sorted(figures.items()))


def _once(sheet: str, column: str, person: Person) -> Iterator[Problem]:
    seen: dict[Any, int] = {}
    for said in person.rows[sheet]:
        if said[column] in seen:
            yield Problem(sheet, said["row"], column, TWICE.format(row=seen[said[column]], what=column))
        seen.setdefault(said[column], said["row"])
