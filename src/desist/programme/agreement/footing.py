"""The footing of a meeting, pure: whether the person was told what must be passed on, and takes part."""

from dataclasses import dataclass

from desist.programme.agreement.states import State, stopped


@dataclass(frozen=True)
class Lacking:
    """What has to be put right before a meeting, as a notice says it."""

    title: str
    words: str


@dataclass(frozen=True)
class Stands:
    """Where a person stands: the answer, what requires them to take part, and whether the notice was given."""

    state: State
    requirement: str
    told: bool

    @classmethod
    def read(cls, state: str | None, requirement: str | None, *, told: bool) -> "Stands":
        """Return where the person stands, from an agreement's columns, which are None where there is no answer yet."""
        return cls(State(state or State.NOT_ASKED), requirement or "", told)


#: no answer is recorded: whether the notice was given -> what is lacking
UNANSWERED = {
    False: Lacking(
        "Has not yet been told the limits of confidentiality",
        "Give the notice with the limits of confidentiality, and record the answer, before the first session.",
    ),
    True: Lacking(
        "Has not answered yet",
        "The notice has been given, but whether this person takes part has not been recorded.",
    ),
}
UNLESS = "Do not hold sessions unless this changes. Record a new answer, or the order or licence that requires attendance."
STOPPED = {
    State.REFUSED: Lacking("Does not agree to take part", UNLESS),
    State.WITHDRAWN: Lacking("Withdrew", UNLESS),
}


def lacking(stands: Stands) -> Lacking | None:
    """Return what is lacking for a meeting; None where the person takes part or is required to."""
    if stopped(stands.state, stands.requirement):
        return STOPPED[stands.state]
    return UNANSWERED[stands.told] if stands.state is State.NOT_ASKED else None
