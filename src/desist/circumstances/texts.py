"""What the forms ask about a person's circumstances, as frozen answers."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Circumstance:
    """A risk to staff or a need: who said it, since when it holds, and when to look at it again. `kind` is a code."""

    kind: str
    words: str
    said_by: str
    since: date | None
    review_on: date


@dataclass(frozen=True)
class SelfHarm:
    """What is known of self-harm, and the plan for a crisis."""

    history: str = ""
    thoughts: str = ""
    plans: str = ""
    means: str = ""
    protects: str = ""
    signs: str = ""
    ring: str = ""
    helps: str = ""


#: part of SelfHarm -> how every page calls it
PARTS = {
    "history": "History",
    "thoughts": "Thoughts now",
    "plans": "Plans",
    "means": "Means within reach",
    "protects": "What protects",
    "signs": "Crisis: the signs",
    "ring": "Crisis: who to ring",
    "helps": "Crisis: what helps",
}


@dataclass(frozen=True)
class Relative:
    """A child or relative, named by what is needed. `tie`, `care` and `contact_order` are codes."""

    name: str
    tie: str
    born_in: int | None
    care: str
    contact_order: str
    order_on: date | None
    worker: str
    words: str
