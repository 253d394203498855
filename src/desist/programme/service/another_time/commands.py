"""Taking another time for a meeting that nobody can hold while a colleague is away."""

from collections.abc import Mapping
from datetime import date, datetime

from desist.programme.assessments.models import Assessment
from desist.programme.assessments.states import How
from desist.programme.calendar.appointments import commands as appointments
from desist.programme.calendar.attendees.commands import Attendees
from desist.programme.calendar.planner import commands as planner
from desist.programme.calendar.planner import free_times, proposal
from desist.programme.calendar.planner.models import Move
from desist.programme.calendar.planner.queries import REMOTE
from desist.programme.calendar.planner.states import Asked, Scope, Why
from desist.programme.calendar.rescheduling import commands as rescheduling
from desist.programme.practitioners.absences.models import Leave
from desist.programme.practitioners.absences.states import Kind
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import title
from desist.refusals import Refused
from desist.ui import dates
from desist.wall.actors import Actor

Meeting = Session | Assessment


def take(*, actor: Actor, ref: str, first: date, times: Mapping[str, str], at: datetime) -> tuple[str, ...]:
    """Move each meeting to the time chosen for it, by reference; `ref` is who is away from the `first` day.

    Each is moved, or stays as it is with the sentence that is returned.
    """
    if not times:
        return ()
    leave = Leave.objects.select_related("practitioner").get(
        practitioner__ref=ref, removed_at=None, days__contains=first
    )
    found = (_taken(meeting, code, leave, actor, at) for meeting, code in times.items())
    return tuple(sentence for sentence in found if sentence)


def named(meeting: Meeting) -> str:
    """Return a meeting in words: "Session 3 with Robin Example on Tuesday 24 November 2026, 2pm"."""
    what = title(meeting.kind, meeting.number) if isinstance(meeting, Session) else "The assessment"
    return f"{what} with {meeting.episode.referral.name} on {dates.at(meeting.period.lower)}"


def minutes(meeting: Meeting) -> int:
    """Return how many minutes a meeting lasts."""
    return int((meeting.period.upper - meeting.period.lower).total_seconds() // 60)


def _taken(ref: str, code: str, leave: Leave, actor: Actor, at: datetime) -> str:
    """Move one meeting; return why it was not moved, "" where it was."""
    sessions = Session.objects.select_related("episode__referral", "room", "practitioner", "second")
    assessments = Assessment.objects.select_related("episode__referral", "room", "practitioner", "second")
    meeting: Meeting = sessions.filter(ref=ref).first() or assessments.get(ref=ref)
    try:
        _move(meeting, code, leave, actor, at)
    except planner.TimeTaken:
        return f"{named(meeting)} is not moved: the time has just been taken. Choose another time"
    except Refused as refused:
        return f"{named(meeting)} is not moved. {refused}"
    return ""


def _move(meeting: Meeting, code: str, leave: Leave, actor: Actor, at: datetime) -> None:
    if (chosen := free_times.read(code)) is None:
        raise Refused("Choose a time")
    day, hour, place = chosen
    decision = f"{leave.ref}/{meeting.ref}/{code}"
    if meeting.period.lower == dates.moment(day, hour) or _decided(meeting, decision):
        return  # the form came twice
    if dates.day_of(meeting.period.lower) not in leave.days or meeting.practitioner != leave.practitioner:
        raise Refused("A colleague has changed it")
    if isinstance(meeting, Session):
        target = rescheduling.Target(Scope.ONE, day, hour, None, planner.Place(_room(place)))
        seen = rescheduling.propose(moving=[meeting], target=target, at=at)
        rescheduling.move(
            actor=actor,
            ref=meeting.ref,
            target=target,
            why=rescheduling.Why(Asked.SERVICE, Why.STAFF_ILL if leave.kind == Kind.SICK else Why.LEAVE, ""),
            seen=proposal.fingerprint(seen),
            version=meeting.version,
            decision=decision,
            at=at,
        )
        return
    second = meeting.second.ref if meeting.second else ""
    to = appointments.Appointment(
        day,
        hour,
        minutes(meeting),
        How(meeting.how),
        planner.Place(_room(place)),
        company=Attendees(second, meeting.others, meeting.alone),
    )
    appointments.move(actor=actor, ref=meeting.ref, appointment=to, version=meeting.version, at=at)


def _decided(meeting: Meeting, decision: str) -> bool:
    return isinstance(meeting, Session) and Move.objects.filter(session=meeting, decision=decision).exists()


def _room(place: str) -> str | None:
    """Return the room of an offered time; None where the meeting has none."""
    return None if place in {REMOTE[0][0], How.VIDEO, How.TELEPHONE} else place
