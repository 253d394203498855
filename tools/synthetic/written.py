"""The written people of the demo: a story each, told in a file of `people`. Pure.

A file tells everything that a story says in words: the referral, what the victim's side knows, assessment, goals,
sessions, chains, weeks of the diary, measures, and the end. The table of `stories` says how far the person has come and
when. What stands under [victim] and [incident] never reaches the programme.
"""

import tomllib
from dataclasses import dataclass, field, fields
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from desist.codes import RiskTool

FOLDER = Path(__file__).parent / "people"
DAYS_OF_A_WEEK = range(1, 8)
NOT_JUDGED = {"risk_result": "", "risk_rater": "", "risk_rated_on": None}
BLANK = "."  # a day of the diary that was not kept


@dataclass(frozen=True)
class Victim:
    """What the advocacy service alone knows. `account` and `safety` are her words; all others are planted facts."""

    name: str
    address: str
    email: str
    workplace: str
    report: str
    code_word: str
    plan: str
    note: str
    account: str
    safety: str

    def planted(self) -> dict[str, str]:
        """Return the facts that may never be on another side, by their kinds."""
        kinds = [one.name for one in fields(self) if one.name not in {"account", "safety"}]
        return {f"victim_{kind}": getattr(self, kind) for kind in kinds}


@dataclass(frozen=True)
class Incident:
    """An incident as the advocates keep it; the police have these words too where the victim chose to report it."""

    said: str
    effect: str
    behaviours: list[str]
    place: str
    channel: str
    through: str


@dataclass(frozen=True)
class Record:
    """The record of a session: words of one that was held, or the reason and the next step of one that was missed."""

    diary: str = ""
    work: str = ""
    homework: str = ""
    missed: str = ""
    next: str = ""


@dataclass(frozen=True)
class WrittenChain:
    """A chain of a session; a link is its part, kind, words, intensity and the key of a skill."""

    session: int
    days_before: int
    behaviour: str
    resisted: bool
    reduce: str
    prevent: str
    links: list[tuple[str, str, str, int, str]]
    repair: str = ""


@dataclass(frozen=True)
class Week:
    """The seven days of the diary before a session: figures in a row, acts, skills and notes by the day (1 to 7)."""

    before: int
    urge: str
    sleep: str
    acts: dict[str, str]
    skills: dict[str, str]
    notes: dict[str, str]
    anger: str = ""
    sadness: str = ""

    def days(self, session: date) -> list[dict[str, Any]]:
        """Return a row of the diary for each day that was kept."""
        found = []
        for place in DAYS_OF_A_WEEK:
            urge = _figure(self.urge, place)
            if urge is None:
                continue
            found.append(
                {
                    "day": session - timedelta(days=8 - place),
                    "urge": urge,
                    "anger": _figure(self.anger, place),
                    "sadness": _figure(self.sadness, place),
                    "sleep_hours": _figure(self.sleep, place),
                    "act": self.acts.get(str(place), "resisted" if urge else "none"),
                    "skill": self.skills.get(str(place), ""),
                    "note": self.notes.get(str(place), ""),
                }
            )
        return found


@dataclass(frozen=True)
class WrittenGoal:
    """A goal, how it serves the victim's safety, and its ratings from the first to the last."""

    words: str
    serves: str
    ratings: list[int]


@dataclass(frozen=True)
class Ahead:
    """A day that lies ahead, counted from the moment of the demo."""

    kind: str
    days: int
    words: str


@dataclass(frozen=True)
class WrittenStep:
    """A step of a concern, hours after it was raised; a leader or the person's practitioner takes it."""

    step: str
    stage: str
    hours: int
    words: str
    result: str = ""
    council: str = ""
    whom: str = ""


@dataclass(frozen=True)
class WrittenScenario:
    """A scenario of the risk form; its action, if any, is to be done so many days after the moment of the demo."""

    domain: str
    whom: str
    what: str
    likely: str
    imminence: str
    signs: str
    action: str = ""
    days: int = 0


@dataclass(frozen=True)
class WrittenContact:
    """A contact outside sessions, some days before the moment of the demo."""

    days: int
    party: str
    who: str
    begun: str
    way: str
    purpose: str
    outcome: str
    words: str


@dataclass(frozen=True)
class Busy:
    """A time of the week at which the person cannot come."""

    kind: str
    weekday: str
    starts: time
    ends: time


@dataclass(frozen=True)
class WrittenCircumstance:
    """A risk to staff or a need that the service noted; its review in days from the moment of the demo."""

    kind: str
    words: str
    said_by: str
    review: int


@dataclass(frozen=True)
class WrittenRelative:
    """A child or relative; the day of a hearing or an order is counted from the moment of the demo."""

    name: str
    tie: str
    born_in: int
    care: str
    contact_order: str
    order: int = 0
    worker: str = ""
    words: str = ""


@dataclass(frozen=True)
class Written:
    """One written person. `assessment` holds needs, family, risk, story, formulation and protective."""

    given_names: str
    family_name: str
    age: int
    referral: dict[str, Any]
    victim: Victim
    incident: Incident
    agreement: dict[str, str] = field(default_factory=dict)
    assessment: dict[str, str] = field(default_factory=dict)
    goals: tuple[WrittenGoal, ...] = ()
    risk: dict[str, str] = field(default_factory=dict)
    higher: dict[str, str] = field(default_factory=dict)
    support: dict[str, str] = field(default_factory=dict)
    measures: dict[str, list[int]] = field(default_factory=dict)
    concern: dict[str, str] = field(default_factory=dict)
    taken: tuple[WrittenStep, ...] = ()
    scenarios: tuple[WrittenScenario, ...] = ()
    sessions: dict[int, Record] = field(default_factory=dict)
    chains: tuple[WrittenChain, ...] = ()
    weeks: tuple[Week, ...] = ()
    ahead: tuple[Ahead, ...] = ()
    contacts: tuple[WrittenContact, ...] = ()
    busy: tuple[Busy, ...] = ()
    circumstances: tuple[WrittenCircumstance, ...] = ()
    self_harm: dict[str, str] = field(default_factory=dict)
    relatives: tuple[WrittenRelative, ...] = ()
    ending: dict[str, str] = field(default_factory=dict)
    breach: dict[str, str] = field(default_factory=dict)

    @property
    def missed(self) -> set[int]:
        """Return the numbers of the sessions that were missed."""
        return {number for number, record in self.sessions.items() if record.missed}

    @property
    def email(self) -> str:
        """Return their own e-mail address; "" for a person who is reached only through the referrer."""
        direct = self.referral["contact_by"] != "through_referrer"
        return f"{self.given_names}.{self.family_name}@post.example".lower() if direct else ""

    def chain(self, session: int) -> WrittenChain | None:
        """Return the chain of a session."""
        return next((one for one in self.chains if one.session == session), None)

    def answers(self, *, today: date, record: str, phone: str) -> dict[str, Any]:
        """Return the answers of the referral that the story gives; `record` is the police's own reference."""
        told = dict(self.referral)
        kind = told.pop("order")
        since = 15 + sum(map(ord, self.given_names + self.family_name)) % 330  # days since the last birthday
        born = today - timedelta(days=int(self.age * 365.25) + since)
        return {
            "language": "",
            "self_harm": "",
            **(NOT_JUDGED if told["risk_tool"] == RiskTool.NONE else {}),
            **told,
            "given_names": self.given_names,
            "family_name": self.family_name,
            "born": born,
            "behaviour_account": f"{told['behaviour_account']} See {record}.",
            "orders": [kind if kind == "none" else f"{kind} {(today + timedelta(days=400)).isoformat()}"],
            "own_email": self.email,
            "own_phone": phone if self.email else "",
        }


def names() -> tuple[str, ...]:
    """Return the names of the files."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def read(name: str) -> Written:
    """Return the story in a file."""
    told = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    sessions = {int(number): Record(**said) for number, said in told.pop("sessions", {}).items()}
    return Written(
        victim=Victim(**told.pop("victim")),
        incident=Incident(**told.pop("incident")),
        goals=tuple(WrittenGoal(**said) for said in told.pop("goal", ())),
        chains=tuple(WrittenChain(**said) for said in told.pop("chain", ())),
        weeks=tuple(Week(**said) for said in told.pop("week", ())),
        ahead=tuple(Ahead(**said) for said in told.pop("ahead", ())),
        taken=tuple(WrittenStep(**said) for said in told.pop("step", ())),
        scenarios=tuple(WrittenScenario(**said) for said in told.pop("scenario", ())),
        contacts=tuple(WrittenContact(**said) for said in told.pop("contact", ())),
        busy=tuple(Busy(**said) for said in told.pop("busy", ())),
        circumstances=tuple(WrittenCircumstance(**said) for said in told.pop("circumstance", ())),
        relatives=tuple(WrittenRelative(**said) for said in told.pop("relative", ())),
        sessions=sessions,
        **told,
    )


def _figure(row: str, place: int) -> int | None:
    """Return the figure of a day; none where the day or the row was left blank."""
    said = row.split()[place - 1] if row else BLANK
    return None if said == BLANK else int(said)
