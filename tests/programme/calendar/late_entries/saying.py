"""Late entries of sessions, in tests: days in the past, forms, and the two commands."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from desist.programme.calendar.late_entries import commands as held
from desist.programme.calendar.planner import commands as planner
from desist.programme.calendar.planner import states
from desist.programme.calendar.rescheduling import commands as moves
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import Kind
from desist.ui import dates
from desist.ui.dates import LONDON
from desist.wall.actors import Actor

NOW = timezone.now()
TODAY = dates.day_of(NOW)
WHY = moves.Why(states.Asked.PERSON, states.Why.WORK, "Shift changed.")
#: a record that can be finished
CAME = {"attendance": "attended", "risk_check": "nothing", "compliance": "worked"}


def moment(ago: int, hour: int) -> datetime:
    """The moment at an hour, so many days ago."""
    return datetime.combine(TODAY - timedelta(days=ago), time(hour), LONDON)


def span(ago: int, hour: int = 10, minutes: int = 90) -> TimestamptzRange:
    """The period from that hour on."""
    start = moment(ago, hour)
    return TimestamptzRange(start, start + timedelta(minutes=minutes))


def was(
    ago: int, hour: int = 14, minutes: int = 60, room: str | None = None, by: str = ""
) -> held.HeldMeeting:
    """A meeting some days ago, outside the places and times that an order excludes; by Kit unless `by` is given."""
    place = planner.Place(room, inside=False)
    return held.HeldMeeting(TODAY - timedelta(days=ago), time(hour), minutes, place, by)


def kit() -> str:
    """Kit's reference."""
    return Practitioner.objects.get(name="Kit Marlow").ref


def form(ago: int, **fields: Any) -> dict[str, Any]:
    """The fields of `was` as a form sends them, for a session that was planned for another time."""
    day = TODAY - timedelta(days=ago)
    given = {
        "day-day": str(day.day),
        "day-month": str(day.month),
        "day-year": str(day.year),
        "at": "2pm",
        "minutes": "60",
        "practitioner": kit(),
        "room": "remote",
        "asked_by": "person",
        "why": "work",
        "words": "Shift changed.",
        "form_version": "1",
        "form_submission": "decision",
    }
    return given | fields


def hold(actor: Actor, session: Session, when: held.HeldMeeting, **changes: Any) -> None:
    """Record that a session was held at that time."""
    given: dict[str, Any] = {"why": WHY, "version": session.version, "decision": "one", "at": NOW}
    held.hold(actor=actor, ref=session.ref, held=_by(when), **given | changes)


def enter(
    actor: Actor, episode: Episode, which: int | held.EnteredSession, when: held.HeldMeeting, **changes: Any
) -> None:
    """Enter one of the twelve sessions, or another one, that was held at that time."""
    one = held.EnteredSession(Kind.CORE, which) if isinstance(which, int) else which
    why = moves.Why(states.Asked.SERVICE, states.Why.BEFORE, "")
    given: dict[str, Any] = {"why": why, "decision": f"entered {one.words}", "at": NOW}
    held.enter(actor=actor, ref=episode.ref, which=one, held=_by(when), **given | changes)


def _by(when: held.HeldMeeting) -> held.HeldMeeting:
    return when if when.by else replace(when, by=kit())
