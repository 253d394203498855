"""The texts about a client's safety, as frozen answers: kept locked with the client's own key."""

from dataclasses import dataclass

PLAN, NEED, SUPPORT, CHOICE, CHILD, NOTE = (
    "safety plan",
    "need",
    "support",
    "choice",
    "child",
    "note",
)


@dataclass(frozen=True)
class Plan:
    """A safety plan. Words name the places: their home, their work."""

    now: str = ""
    home: str = ""
    work: str = ""
    travel: str = ""
    online: str = ""
    children: str = ""
    people: str = ""


@dataclass(frozen=True)
class Child:
    """A child or relative of the client."""

    name: str
    wishes: str = ""
    worker: str = ""
