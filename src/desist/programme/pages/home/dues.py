"""One thing to do, as My day lists it."""

from dataclasses import dataclass

#: the most of each kind that one page shows: the most urgent ones
MOST = 50


@dataclass(frozen=True)
class Due:
    """One thing to do; `route` and `ref` lead to its page."""

    sentence: str
    route: str
    ref: str
    clock: str
    urgency: str
