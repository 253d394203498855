"""Facts of a case that the synthetic area's police and advocacy service both know. Pure: either zone may read it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

One = TypeVar("One")
#: the crime that an advocate asked about, and that the police have not matched yet
WAITING = "45/90001/26"
#: the incident that a client chose to tell the police
SAID = "The same car stood across the road for an hour."
EFFECT = "Could not sleep, and took another way to work."


def crime_reference(number: int) -> str:
    """Return the force's own reference of a crime against a victim, by the place of its case among those sent."""
    return f"45/{number:05d}/26"


def asking(sent: Sequence[One], area: Callable[[One], str]) -> One:
    """Return the case of the client who came to the advocacy service by herself: the last of the North."""
    return next((one for one in reversed(sent) if area(one) == "North"), sent[-1])
