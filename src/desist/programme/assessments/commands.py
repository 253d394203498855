"""Commands that change an assessment."""

from datetime import datetime

from desist.programme.assessments.models import Assessment
from desist.programme.assessments.policy import Action
from desist.programme.assessments.records import FIELDS, NEEDED, TITLES, Words
from desist.programme.assessments.states import TRANSITIONS, State
from desist.refusals import Changed, Refused
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor


def save(*, actor: Actor, ref: str, words: Words, version: int | None, at: datetime) -> int:
    """Keep the assessment as it stands and return its new version; unchanged words count as saved. Raises Changed."""
    with gate.change(actor, Action.WRITE_ASSESSMENT, Assessment, ref, at=at) as row:
        if row.state == State.APPOINTED and words == saved(row):
            return row.version
        refuse_ended(row)
        gate.next_version(row, version)
        for name in FIELDS:
            setattr(row, name, getattr(words, name))
        row.saved_by, row.saved_at = actor.who, at
        row.save(update_fields=[*FIELDS, "saved_by", "saved_at", "version"])
        return row.version


def finish(*, actor: Actor, ref: str, version: int | None, at: datetime) -> None:
    """Close the assessment. Raises Changed, and Refused where it lacks something or has not begun."""
    with gate.change(actor, Action.WRITE_ASSESSMENT, Assessment, ref, at=at, version=version) as row:
        refuse_ended(row)
        # The returns count the days to the first assessment, so none lies ahead.
        if row.period.lower > at:
            raise Refused(
                f"Not finished. This assessment has not begun: it is planned for {dates.at(row.period.lower)}. "
                "Move the appointment if it was held earlier"
            )
        if lacking := missing(row):
            raise Refused(f"Not finished. Still to fill in: {', '.join(lacking)}")
        _end(row, State.FINISHED, "", actor, at)


def cancel(*, actor: Actor, ref: str, reason: str, at: datetime) -> None:
    """Cancel the appointment; what was written stays readable. Raises Changed."""
    with gate.change(actor, Action.WRITE_ASSESSMENT, Assessment, ref, at=at) as row:
        refuse_ended(row)
        gate.next_version(row)
        _end(row, State.CANCELLED, reason, actor, at)


def saved(row: Assessment) -> Words:
    """Return the words as they are kept."""
    return Words(**{name: getattr(row, name) for name in FIELDS})


def missing(row: Assessment) -> tuple[str, ...]:
    """Return the parts that must still be written before the assessment can be finished."""
    return tuple(TITLES[name].lower() for name in NEEDED if not getattr(row, name).strip())


def refuse_ended(row: Assessment) -> None:
    """Refuse to change an assessment that is finished or was cancelled. Raises Changed."""
    if not TRANSITIONS[State(row.state)]:
        raise Changed


def _end(row: Assessment, state: State, reason: str, actor: Actor, at: datetime) -> None:
    row.state, row.ended_reason, row.ended_by, row.ended_at = state, reason, actor.who, at
    row.save(update_fields=["state", "ended_reason", "ended_by", "ended_at", "version"])
