"""The content of a filled-in form, as one frozen answer: kept locked with the client's own key."""

from dataclasses import dataclass

FIELD = "measure"
STRUCK = "why it was struck"


@dataclass(frozen=True)
class Filled:
    """The answers in the order of the form, None for each left out, and the scores."""

    answers: list[int | None]
    total: float | None
    prorated: bool
