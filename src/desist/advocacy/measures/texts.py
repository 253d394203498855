"""What a filled-in form says, as one frozen answer: kept locked with the client's own key."""

from dataclasses import dataclass

FIELD = "measure"
STRUCK = "why it was struck"


@dataclass(frozen=True)
class Filled:
    """The answers in the order of the form, None where one was left out, and what they come to."""

    answers: list[int | None]
    total: float | None
    prorated: bool
