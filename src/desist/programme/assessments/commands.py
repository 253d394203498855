"""Everything that can happen to an assessment."""

from dataclasses import dataclass
from datetime import date, datetime, time

from desist.programme.assessments.models import Assessment
from desist.programme.assessments.policy import Action
from desist.programme.assessments.records import FIELDS, NEEDED, TITLES, Words
from desist.programme.assessments.states import TRANSITIONS, How, State
from desist.programme.company import commands as company
from desist.programme.company.commands import NOBODY_ELSE, Company
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.planner import commands as planner
from desist.programme.planner import proposal
from desist.programme.premises import commands as premises
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.refusals import Changed

#: what moving an appointment writes
APPOINTMENT = (
    *("period", "how", "room", "practitioner", "elsewhere", "elsewhere_reason", "version"),
    *("second", "others", "alone"),
)


class OneIsOpen(Exception):
    """This person has an assessment that is neither finished nor cancelled."""


class AlreadyEnded(Exception):
    """The assessment is finished or was cancelled."""


class NotComplete(Exception):
    """The assessment lacks something; the text says what, in a plain sentence."""


@dataclass(frozen=True)
class Appointment:
    """When, how long and where. `elsewhere` says which place that is on no list, and `reason` why."""

    day: date
    at: time
    minutes: int
    how: How
    place: planner.Place
    elsewhere: str = ""
    reason: str = ""
    company: Company = NOBODY_ELSE


def appoint(*, actor: Actor, episode: str, appointment: Appointment, submission: str, at: datetime) -> str:
    """Make an appointment for an assessment and return its reference; the same submission twice makes one.

    Raises OneIsOpen, proposal.Obstructed, premises.CannotBeBooked, planner.TimeTaken, planner.AsksAboutPlace and
    company.NotSettled.
    """
    with planner.taking(episode), gate.change(actor, Action.ASSESS, Episode, episode, at=at) as row:
        if same := Assessment.objects.filter(submission=submission, episode=row).first():
            return same.ref
        if row.assessments.filter(state=State.APPOINTED).exists():
            raise OneIsOpen(episode)
        made = Assessment(episode=row, submission=submission, appointed_by=actor.who, appointed_at=at)
        _set(made, appointment, actor, at)
        made.save()
        return made.ref


def move(*, actor: Actor, ref: str, appointment: Appointment, version: int | None, at: datetime) -> None:
    """Another time or place; what is written stays. Raises what `appoint` does, but OneIsOpen."""
    with (
        planner.taking(ref),
        gate.change(actor, Action.WRITE_ASSESSMENT, Assessment, ref, at=at) as row,
    ):
        _open_at(row, version)
        _set(row, appointment, actor, at)
        row.version += 1
        row.save(update_fields=APPOINTMENT)


def save(*, actor: Actor, ref: str, words: Words, version: int | None, at: datetime) -> int:
    """Keep the assessment as it stands and return its new version; what is saved word for word is saved."""
    with gate.change(actor, Action.WRITE_ASSESSMENT, Assessment, ref, at=at) as row:
        if row.state == State.APPOINTED and words == saved(row):
            return row.version
        _open_at(row, version)
        for name in FIELDS:
            setattr(row, name, getattr(words, name))
        row.saved_by, row.saved_at = actor.who, at
        row.version += 1
        row.save(update_fields=[*FIELDS, "saved_by", "saved_at", "version"])
        return row.version


def finish(*, actor: Actor, ref: str, version: int | None, at: datetime) -> None:
    """Close the assessment; it stays as it is. Raises NotComplete, also for one that has not begun."""
    with gate.change(actor, Action.WRITE_ASSESSMENT, Assessment, ref, at=at) as row:
        _open_at(row, version)
        # The returns count the days to the first assessment, so none lies ahead.
        if row.period.lower > at:
            raise NotComplete(
                f"This assessment has not begun: it is planned for {dates.at(row.period.lower)}. "
                "Move the appointment if it was held earlier"
            )
        if lacking := missing(row):
            raise NotComplete(f"Still to fill in: {', '.join(lacking)}")
        _end(row, State.FINISHED, "", actor, at)


def cancel(*, actor: Actor, ref: str, reason: str, at: datetime) -> None:
    """The appointment does not take place; what was written stays readable."""
    with gate.change(actor, Action.WRITE_ASSESSMENT, Assessment, ref, at=at) as row:
        _open_at(row, row.version)
        _end(row, State.CANCELLED, reason, actor, at)


def saved(row: Assessment) -> Words:
    """The words as they are kept."""
    return Words(**{name: getattr(row, name) for name in FIELDS})


def missing(row: Assessment) -> tuple[str, ...]:
    """The parts that must still be said before it can be finished."""
    return tuple(TITLES[name].lower() for name in NEEDED if not getattr(row, name).strip())


def _set(row: Assessment, to: Appointment, actor: Actor, at: datetime) -> None:
    """Put the appointment where it is wanted, with the answer about what an order excludes."""
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


def _open_at(row: Assessment, version: int | None) -> None:
    if not TRANSITIONS[State(row.state)]:
        raise AlreadyEnded(row.ref)
    if row.version != version:
        raise Changed(row.ref)


def _end(row: Assessment, state: State, reason: str, actor: Actor, at: datetime) -> None:
    row.state, row.ended_reason, row.ended_by, row.ended_at = state, reason, actor.who, at
    row.version += 1
    row.save(update_fields=["state", "ended_reason", "ended_by", "ended_at", "version"])
