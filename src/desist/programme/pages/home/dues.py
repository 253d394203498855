"""One thing to do, as My day lists it."""

from dataclasses import dataclass

#: of each kind, the most that one page shows: the most urgent ones
MOST = 50


@dataclass(frozen=True)
class Due:
    """One thing to do; `route` and `ref` lead to where it is done."""

    sentence: str
    route: str
    ref: str
    clock: str
    urgency: str
