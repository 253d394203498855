"""Making and moving the appointment of an assessment."""

from dataclasses import dataclass
from datetime import date, datetime, time

from desist.programme.assessments.commands import refuse_ended
from desist.programme.assessments.models import Assessment
from desist.programme.assessments.policy import Action
from desist.programme.assessments.states import How, State
from desist.programme.calendar.attendees import commands as company
from desist.programme.calendar.attendees.commands import NOBODY_ELSE, Attendees
from desist.programme.calendar.planner import commands as planner
from desist.programme.calendar.planner import proposal
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.premises import commands as premises
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor

#: what moving an appointment writes
APPOINTMENT = (
    *("period", "how", "room", "practitioner", "elsewhere", "elsewhere_reason", "version"),
    *("second", "others", "alone"),
)


ONE_IS_OPEN = "Not saved: this person has an appointment already. Move that one, or cancel it"


@dataclass(frozen=True)
class Appointment:
    """When, how long and where. `elsewhere` names a place that is on no list, and `reason` says why."""

    day: date
    at: time
    minutes: int
    how: How
    place: planner.Place
    elsewhere: str = ""
    reason: str = ""
    company: Attendees = NOBODY_ELSE


def appoint(*, actor: Actor, episode: str, appointment: Appointment, submission: str, at: datetime) -> str:
    """Make an appointment for an assessment and return its reference; a form that is sent twice makes one.

    Raises planner.TimeTaken and Refused.
    """
    with planner.taking(), gate.change(actor, Action.ASSESS, Episode, episode, at=at) as row:
        if same := Assessment.objects.filter(submission=submission, episode=row).first():
            return same.ref
        if row.assessments.filter(state=State.APPOINTED).exists():
            raise Refused(ONE_IS_OPEN)
        made = Assessment(episode=row, submission=submission, appointed_by=actor.who, appointed_at=at)
        _set(made, appointment, actor, at)
        made.save()
        return made.ref


def move(*, actor: Actor, ref: str, appointment: Appointment, version: int | None, at: datetime) -> None:
    """Move an appointment to another time or place; its words stay. Raises Changed, planner.TimeTaken and Refused."""
    with (
        planner.taking(),
        gate.change(actor, Action.WRITE_ASSESSMENT, Assessment, ref, at=at, version=version) as row,
    ):
        refuse_ended(row)
        _set(row, appointment, actor, at)
        row.save(update_fields=APPOINTMENT)


def _set(row: Assessment, to: Appointment, actor: Actor, at: datetime) -> None:
    """Put the appointment at the wanted time and place, with the answer about what an order excludes."""
    episode = row.episode
    room = premises.room(episode.area, to.place.room) if to.place.room else None
    current = Allocation.objects.filter(episode=episode, ended_at=None, leave=None)
    allocated = current.select_related("practitioner").first()
    row.practitioner = allocated.practitioner if allocated else None
    row.second = company.settled(
        episode, to.company, holder=row.practitioner, somewhere=to.place.somewhere, actor=actor, at=at
    )
    row.others, row.alone = to.company.others, to.company.alone
    taken = planner.taken(
        episode=episode,
        practitioner=row.practitioner,
        second=row.second,
        room=room,
        first=to.day,
        besides_assessment=row.pk,
    )
    period = proposal.place(day=to.day, at=to.at, minutes=to.minutes, taken=taken, what="assessment")
    check = planner.asked(episode, to.place, [period], actor=actor, at=at)[1]
    if check:
        check.save()
    row.period, row.how, row.room = planner.stored(period), to.how, room
    row.elsewhere, row.elsewhere_reason = to.elsewhere, to.reason
