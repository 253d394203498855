"""What waits, as a line of My day."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Due:
    """One thing to do; `route` and `ref` lead to where it is done."""

    sentence: str
    route: str
    ref: str
    clock: str
    urgency: str
