"""The sessions of a person, as the strip draws them: pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desist.programme.sessions import states as session_states

KINDS: dict[str, str] = dict(session_states.Kind.choices)
BEFORE_THE_COURSE = KINDS[session_states.Kind.MOTIVATIONAL]
OUTCOMES: dict[str, str] = dict(session_states.State.choices)
#: state of a session -> how the strip draws it
MARKS = {
    session_states.State.ATTENDED.value: "done",
    session_states.State.MISSED.value: "missed",
    session_states.State.PLANNED.value: "planned",
}


@dataclass(frozen=True)
class Step:
    """One of the sessions, as the strip draws it."""

    ref: str
    number: int
    kind: str
    mark: str
    starts_at: datetime
    state: str
    entered: bool  # entered after the session
    urge: int | None  # the strongest in the diary of the seven days up to the session


def of_the_course(found: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps without motivational sessions."""
    return tuple(one for one in found if one.kind != BEFORE_THE_COURSE)


def steps(found: Iterable[tuple[Any, ...]]) -> tuple[Step, ...]:
    """Return the sessions of an episode in order, without cancelled ones."""
    made, next_marked = [], False
    for ref, number, kind, starts_at, state, entered, urge in found:
        mark = MARKS[state]
        if mark == "done" and kind == session_states.Kind.CATCH_UP:
            mark = "catchup"
        if mark == "planned" and not next_marked:
            mark, next_marked = "next", True
        made.append(
            Step(
                ref=ref,
                number=number,
                kind=KINDS[kind],
                mark=mark,
                starts_at=starts_at,
                state=OUTCOMES[state],
                entered=entered,
                urge=urge,
            )
        )
    return tuple(made)


def marks(found: Sequence[Step]) -> list[str]:
    """Return the marks of the sessions of the course."""
    return [one.mark for one in of_the_course(found)]
