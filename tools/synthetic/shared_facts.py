"""What the police and the advocacy service of the synthetic area both know of a case. Pure: either zone may read it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

One = TypeVar("One")
#: the crime about which an advocate asked, and that the police have not matched yet
WAITING = "45/90001/26"
#: what a client chose to tell the police
SAID = "The same car stood across the road for an hour."
EFFECT = "Could not sleep, and took another way to work."


def crime_reference(number: int) -> str:
    """The force's own reference of what was done to a victim, by the place of its case among those sent."""
    return f"45/{number:05d}/26"


def asking(sent: Sequence[One], area: Callable[[One], str]) -> One:
    """The case beside which somebody came to the advocacy service by herself: the last of the North."""
    return next((one for one in reversed(sent) if area(one) == "North"), sent[-1])
