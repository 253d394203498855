"""The calls of the functions of desist.phones: all that these pages ask and change. Each answers of the open sign-in's person.

The functions hold the rules and write the audit events (docs/adr/the-database-is-the-phones-wall.md); nothing here decides.
"""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import connection


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
class Appointment:
    """One session ahead: its time, the words agreed for the place, the practitioner's first name; nothing else of it."""

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


def note(sitting: str, day: Day, *, at: datetime) -> str:
    """Keep one day: "saved", "changed" where it is of another version by now, "" where it cannot be noted."""
    said = (day.day, day.version, day.urge, day.act, day.anger, day.sadness, day.shame, day.note)
    return str(_one("phone_note", sitting, *said, at))


def ask(sitting: str, *, kind: str, session: str, words: str, submission: str, at: datetime) -> bool:
    """Send a request, or tick the homework of a session; the same one twice is kept once."""
    return bool(_one("phone_ask", sitting, kind, session, words, sha256(submission.encode()).hexdigest(), at))


def _one(name: str, *values: Any) -> Any:  # noqa: ANN401 -- a database's value
    return _rows(name, *values)[0][0]


def _rows(name: str, *values: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 -- a database's values
    marks = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {name}({marks})", list(values))  # noqa: S608 -- a name of this module
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
