"""The course of the case that a breach became, and which step may be recorded next."""

from collections.abc import Iterable
from typing import Protocol

from django.db.models import TextChoices

from desist.partnership.breaches.codes import GUILTY, Step


class State(TextChoices):
    """The state of the case. FOLLOWS says which steps can be recorded in it."""

    REPORTED = "reported", "Reported"
    ARRESTED = "arrested", "Arrested"
    CHARGED = "charged", "Charged"
    COURT = "court", "At court"
    CONVICTED = "convicted", "Convicted, not sentenced yet"
    ENDED = "ended", "Ended"


class Recorded(Protocol):
    """A step as it was recorded: its kind, and the coded offence, finding or sentence."""

    kind: str
    detail: str


#: steps about the person's freedom: a hearing goes on waiting for its outcome after them
CUSTODY = (Step.ARRESTED, Step.BAILED, Step.RELEASED)
#: state -> the steps that can be recorded, with the state after each
FOLLOWS: dict[State, dict[Step, State]] = {
    State.REPORTED: {
        Step.ARRESTED: State.ARRESTED,
        Step.CHARGED: State.CHARGED,
        Step.NO_ACTION: State.ENDED,
    },
    State.ARRESTED: {
        **dict.fromkeys(CUSTODY, State.ARRESTED),
        Step.CHARGED: State.CHARGED,
        Step.NO_ACTION: State.ENDED,
    },
    State.CHARGED: {
        **dict.fromkeys(CUSTODY, State.CHARGED),
        Step.HEARING: State.COURT,
        Step.NO_ACTION: State.ENDED,
    },
    State.COURT: {
        **dict.fromkeys(CUSTODY, State.COURT),
        Step.HEARING: State.COURT,
        Step.OUTCOME: State.CONVICTED,
        Step.NO_ACTION: State.ENDED,
    },
    State.CONVICTED: {
        **dict.fromkeys(CUSTODY, State.CONVICTED),
        Step.HEARING: State.CONVICTED,
        Step.SENTENCED: State.ENDED,
    },
    State.ENDED: {Step.RELEASED: State.ENDED},
}
TRANSITIONS = {
    state: tuple(one for one in State if one is not state and one in after.values())
    for state, after in FOLLOWS.items()
}


def state(steps: Iterable[Recorded]) -> State:
    """The state after these steps, in the order in which they were recorded.

    A step that an earlier version let in out of turn changes nothing; an outcome without a conviction ends the case.
    """
    found = State.REPORTED
    for one in steps:
        found = FOLLOWS[found].get(Step(one.kind), found)
        if one.kind == Step.OUTCOME and one.detail not in GUILTY:
            found = State.ENDED
    return found
