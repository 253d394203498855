"""The calls of the functions of desist.phones: all that these pages ask and change. Each answers of the open sign-in's person.

The functions hold the rules and write the audit events (docs/adr/the-database-is-the-phones-wall.md); nothing here decides.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import connection

from desist.notices import OwnWords


@dataclass(frozen=True)
class Day:
    """One day of the diary; figures 0 to 5 at their peak, None: not noted. `version` is 0 for a day without an entry."""

    day: date
    urge: int | None = None
    act: str = ""
    anger: int | None = None
    sadness: int | None = None
    shame: int | None = None
    note: str = ""
    version: int = 0


@dataclass(frozen=True)
class Own:
    """A row of their own in the diary, and its figures of the last seven days."""

    ref: str
    name: str
    figures: Mapping[str, int]


@dataclass(frozen=True)
class Tried:
    """One time that a skill was tried, and whether it helped, coded."""

    day: date
    skill: str
    helped: str


@dataclass(frozen=True)
class Line:
    """A line of the coping plan; `cue` is when it applies."""

    part: str
    cue: str
    words: str


@dataclass(frozen=True)
class Goal:
    """A goal in the person's words, and the steps towards it."""

    words: str
    steps: str


@dataclass(frozen=True)
class Given:
    """Which information notice was given, when, and what it said of the service; None where that had set no words."""

    on: date
    version: str
    own: OwnWords | None


@dataclass(frozen=True)
class Filled:
    """A form that was filled in: its answers in the order of the form, and what they came to."""

    instrument: str
    version: int
    answers: Sequence[int | None]
    total: float | None
    prorated: bool
    asks: bool


@dataclass(frozen=True)
class Appointment:
    """One appointment ahead: its time, the words agreed for the place, the practitioner's first name; nothing else of it.

    `ref` is "" for an assessment, which is not called off here.
    """

    ref: str
    starts_at: datetime
    ends_at: datetime
    remote: bool
    place: str
    with_whom: str
    asked: bool


@dataclass(frozen=True)
class Homework:
    """What was agreed in the last session, and whether the person ticked it."""

    ref: str
    held_at: datetime
    words: str
    done_at: datetime | None
    line: str


@dataclass(frozen=True)
class Request:
    """Something that the person asked for, and when it was answered."""

    kind: str
    asked_at: datetime
    answered_at: datetime | None


def begin(*, invitation: str, device: str, pin: str, sitting: str, at: datetime) -> bool:
    """Use an invitation, once, for a device with a code; open its first sign-in."""
    return bool(_one("phone_begin", invitation, device, pin, sitting, at))


def sign_in(*, device: str, pin: str, sitting: str, at: datetime) -> bool:
    """Open a sign-in of a device by its code. The fifth wrong code in a row ends the device."""
    return bool(_one("phone_sign_in", device, pin, sitting, at))


def passkey(device: str, *, at: datetime) -> tuple[str, int] | None:
    """Return the public half of a device's passkey and its counter; None where it has none or may not be used."""
    return next(((kept, counter) for kept, counter in _rows("phone_passkey", device, at)), None)


def open_(*, device: str, counter: int | None, asked: datetime, sitting: str, at: datetime) -> bool:
    """Open a sign-in of a device whose passkey answered the question of `asked`; counter None: it did not."""
    return bool(_one("phone_open", device, counter, asked, sitting, at))


def keep_passkey(
    sitting: str, *, device: str, pin: str, kept: str, counter: int, asked: datetime, at: datetime
) -> bool:
    """Keep the passkey that a device made, by its code. The fifth wrong code in a row ends the device."""
    return bool(_one("phone_keep_passkey", sitting, device, pin, kept, counter, asked, at))


def drop_passkey(sitting: str, *, at: datetime) -> None:
    """Let a device open by its code alone again."""
    _one("phone_drop_passkey", sitting, at)


def lives(device: str, *, at: datetime) -> bool:
    """Return whether a device is one that may still be used."""
    return bool(_one("phone_lives", device, at))


def stays(sitting: str, *, at: datetime) -> bool:
    """Return whether a sign-in is still open."""
    return bool(_one("phone_stays", sitting, at))


def sign_out(sitting: str, *, at: datetime) -> None:
    """Close a sign-in."""
    _one("phone_sign_out", sitting, at)


def diary(sitting: str, *, at: datetime) -> dict[date, Day]:
    """Return the entries of the last seven days."""
    return {row[0]: Day(*row) for row in _rows("phone_diary", sitting, at)}


def appointments(sitting: str, *, at: datetime) -> list[Appointment]:
    """Return the sessions ahead, the next one first."""
    return [Appointment(*row) for row in _rows("phone_appointments", sitting, at)]


def homework(sitting: str, *, at: datetime) -> Homework | None:
    """Return what was agreed in the last session; None where nothing was."""
    return next((Homework(*row) for row in _rows("phone_homework", sitting, at)), None)


def requests(sitting: str, *, at: datetime) -> list[Request]:
    """Return what the person asked for, the newest first."""
    return [Request(*row) for row in _rows("phone_requests", sitting, at)]


def own(sitting: str, *, at: datetime) -> list[Own]:
    """Return the rows of their own in the diary."""
    return [Own(ref, name, _read(figures)) for ref, name, figures in _rows("phone_own", sitting, at)]


def skills_used(sitting: str, *, at: datetime) -> dict[date, str]:
    """Return the skill of each of the last seven days that has one."""
    return dict(_rows("phone_skills_used", sitting, at))


def practice(sitting: str, *, at: datetime) -> list[Tried]:
    """Return what was tried last, the newest first."""
    return [Tried(*row) for row in _rows("phone_practice", sitting, at)]


def plan(sitting: str, *, at: datetime) -> list[Line]:
    """Return the lines of the coping plan."""
    return [Line(*row) for row in _rows("phone_plan", sitting, at)]


def goals(sitting: str, *, at: datetime) -> list[Goal]:
    """Return the goals that are worked on."""
    return [Goal(*row) for row in _rows("phone_goals", sitting, at)]


def questions(sitting: str, *, at: datetime) -> dict[str, str]:
    """Return the forms to fill in now: instrument -> its wording, as desist.instruments.fhir keeps it."""
    return dict(_rows("phone_questions", sitting, at))


def feedback(sitting: str, *, at: datetime) -> tuple[str, datetime] | None:
    """Return the session of which nobody said yet how it was: its reference and time."""
    return next(((ref, held) for ref, held in _rows("phone_feedback", sitting, at)), None)


def notice(sitting: str, *, at: datetime) -> Given | None:
    """Return the information notice that was given last."""
    for on, version, controller, *words in _rows("phone_notice", sitting, at):
        return Given(on, version, OwnWords(controller, *words) if controller else None)
    return None


def note(sitting: str, day: Day, *, own: Mapping[str, int | None], at: datetime) -> str:
    """Keep one day: "saved", "changed" where it is of another version by now, "" where it cannot be noted."""
    said = (day.day, day.version, day.urge, day.act, day.anger, day.sadness, day.shame, day.note)
    return str(_one("phone_note", sitting, *said, json.dumps(dict(own)), at))


def add(
    sitting: str, day: Day, *, own: Mapping[str, int | None], entry: str, noted: datetime, at: datetime
) -> bool:
    """Add what was noted at `noted` without a line to a day; the same entry twice is kept once."""
    said = (day.day, day.urge, day.act, day.anger, day.sadness, day.shame, day.note)
    return str(_one("phone_add", sitting, entry, *said, json.dumps(dict(own)), noted, at)) == "saved"


def use_skill(sitting: str, *, day: date, skill: str, instead: bool, at: datetime) -> bool:
    """Keep the skill of a day that is noted, "" for none; unless `instead`, a skill that stands there stays."""
    return bool(_one("phone_use_skill", sitting, day, skill, instead, at))


def practise(sitting: str, tried: Tried, *, note: str, submission: str, at: datetime) -> bool:
    """Keep one time that a skill was tried; the same one twice is kept once."""
    said = (tried.skill, tried.day, tried.helped, note, _digest(submission))
    return bool(_one("phone_practise", sitting, *said, at))


def practise_later(
    sitting: str, tried: Tried, *, note: str, entry: str, noted: datetime, at: datetime
) -> bool:
    """Keep a skill that was tried and noted at `noted` without a line; the same entry twice is kept once."""
    said = (tried.skill, tried.day, tried.helped, note)
    return bool(_one("phone_practise_later", sitting, entry, *said, noted, at))


def tick_later(sitting: str, *, words: str, noted: datetime, at: datetime) -> bool:
    """Tick the homework of the session that was the last one at `noted`; a line that came before is not added again."""
    return bool(_one("phone_tick_later", sitting, words, noted, at))


def answer(sitting: str, filled: Filled, *, submission: str, at: datetime) -> bool:
    """Keep a form that was filled in; the same one twice is kept once."""
    name, version, answers, *rest = astuple(filled)
    return bool(_one("phone_answer", sitting, name, version, list(answers), *rest, _digest(submission), at))


def tell(sitting: str, *, session: str, answers: Sequence[int], at: datetime) -> bool:
    """Keep what was said of a session, 1 to 4 each; only the first answers count."""
    return bool(_one("phone_tell", sitting, session, *answers, at))


def ask(sitting: str, *, kind: str, session: str, words: str, submission: str, at: datetime) -> bool:
    """Send a request, or tick the homework of a session; the same one twice is kept once."""
    return bool(_one("phone_ask", sitting, kind, session, words, _digest(submission), at))


def _digest(submission: str) -> str:
    return sha256(submission.encode()).hexdigest()


def _read(said: Any) -> dict[str, int]:  # noqa: ANN401 -- JSON, which the driver has read or not
    figures: dict[str, int] = json.loads(said) if isinstance(said, str) else said
    return figures


def _one(name: str, *values: Any) -> Any:  # noqa: ANN401 -- a database's value
    return _rows(name, *values)[0][0]


def _rows(name: str, *values: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 -- a database's values
    marks = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {name}({marks})", list(values))  # noqa: S608 -- a name of this module
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
