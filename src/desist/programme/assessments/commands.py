"""Everything that can happen to an assessment."""

from dataclasses import dataclass
from datetime import datetime

from desist.programme.assessments.models import Assessment
from desist.programme.assessments.records import FIELDS, NEEDED, TITLES, Words
from desist.programme.assessments.states import TRANSITIONS, State
from desist.programme.episodes.models import Episode
from desist.programme.policy import Action
from desist.wall import gate
from desist.wall.actors import Actor


class OneIsOpen(Exception):
    """This person has an assessment that is neither finished nor cancelled."""


class ChangedElsewhere(Exception):
    """The assessment was changed from another page since this one was drawn; nothing of either is lost."""


class AlreadyEnded(Exception):
    """The assessment is finished or was cancelled."""


class NotComplete(Exception):
    """The assessment lacks something; the text says what, in a plain sentence."""


@dataclass(frozen=True)
class Appointment:
    """When and where."""

    starts_at: datetime
    place: str


def appoint(*, actor: Actor, episode: str, appointment: Appointment, submission: str, at: datetime) -> str:
    """Make an appointment for an assessment and return its reference; the same submission twice makes one."""
    with gate.change(actor, Action.ASSESS, Episode, episode, at=at) as row:
        if same := Assessment.objects.filter(submission=submission, episode=row).first():
            return same.ref
        if row.assessments.filter(state=State.APPOINTED).exists():
            raise OneIsOpen(episode)
        return Assessment.objects.create(
            episode=row,
            starts_at=appointment.starts_at,
            place=appointment.place,
            submission=submission,
            appointed_by=actor.who,
            appointed_at=at,
        ).ref


def move(*, actor: Actor, ref: str, appointment: Appointment, version: int | None, at: datetime) -> None:
    """Another time or place; what is written stays."""
    with gate.change(actor, Action.WRITE_ASSESSMENT, Assessment, ref, at=at) as row:
        _open_at(row, version)
        row.starts_at, row.place = appointment.starts_at, appointment.place
        row.version += 1
        row.save(update_fields=["starts_at", "place", "version"])


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
    """Close the assessment; it stays as it is. Raises NotComplete."""
    with gate.change(actor, Action.WRITE_ASSESSMENT, Assessment, ref, at=at) as row:
        _open_at(row, version)
        if lacking := missing(row):
            raise NotComplete(f"Still to say: {', '.join(lacking)}")
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


def _open_at(row: Assessment, version: int | None) -> None:
    if not TRANSITIONS[State(row.state)]:
        raise AlreadyEnded(row.ref)
    if row.version != version:
        raise ChangedElsewhere(row.ref)


def _end(row: Assessment, state: State, reason: str, actor: Actor, at: datetime) -> None:
    row.state, row.ended_reason, row.ended_by, row.ended_at = state, reason, actor.who, at
    row.version += 1
    row.save(update_fields=["state", "ended_reason", "ended_by", "ended_at", "version"])
