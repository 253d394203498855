"""The states of a Stalking Protection Order, which state may follow which, and which step leads there."""

from django.db.models import TextChoices

from desist.refusals import Refused


class State(TextChoices):
    """The state of an order. TRANSITIONS says which state may follow which."""

    DRAFT = "draft", "Draft"
    APPLIED = "applied", "Applied for"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Application withdrawn"
    MADE = "made", "Made, not ready to serve"
    TO_SERVE = "to_serve", "To be served"
    IN_FORCE = "in_force", "Served, in force"
    EXPIRED = "expired", "Ended on its last day"
    DISCHARGED = "discharged", "Discharged"
    REPLACED = "replaced", "Replaced by the full order"
    ENDED = "ended", "Ended with the main application"
    QUASHED = "quashed", "Quashed on appeal"
    MOVED = "moved", "Handed to another force"


_ENDS = (State.EXPIRED, State.DISCHARGED, State.REPLACED, State.ENDED, State.QUASHED)

#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.APPLIED, State.MADE, State.WITHDRAWN),
    State.APPLIED: (State.MADE, State.REFUSED, State.WITHDRAWN),
    State.REFUSED: (State.APPLIED,),  # the Crown Court allowed an appeal against the refusal
    State.WITHDRAWN: (),
    State.MADE: (State.TO_SERVE, *_ENDS),
    State.TO_SERVE: (State.IN_FORCE, *_ENDS),
    State.IN_FORCE: (*_ENDS, State.MOVED),
    State.EXPIRED: (State.IN_FORCE,),  # the court had renewed it in time, and it was recorded late
    State.DISCHARGED: (),
    State.REPLACED: (),
    State.ENDED: (),
    State.QUASHED: (),
    State.MOVED: (),
}
#: before a court made the order
UNMADE = (State.DRAFT, State.APPLIED, State.REFUSED, State.WITHDRAWN)
#: made, and not ended
LIVE = (State.MADE, State.TO_SERVE, State.IN_FORCE)
CLOSED = (*_ENDS, State.MOVED)


def follow(state: str, after: State) -> State:
    """Return the next state if TRANSITIONS allows it. Raises Refused."""
    if after not in TRANSITIONS[State(state)]:
        raise Refused(
            f"The order is “{State(state).label}”: “{after.label}” cannot follow. A colleague may have changed the order first"
        )
    return after
