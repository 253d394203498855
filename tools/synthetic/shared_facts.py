"""Facts of a case that the synthetic area's police and advocacy service both know. Pure: either zone may read it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from tools.synthetic.cases import Case
from tools.synthetic.written import Incident

One = TypeVar("One")
#: the crime that an advocate asked about, and that the police have not matched yet
WAITING = "45/90001/26"
#: the incident of a client whose person was drawn by lot
DRAWN = Incident(
    said="The same car stood across the road for an hour.",
    effect="Could not sleep, and took another way to work.",
    behaviours=["loitering", "watching"],
    place="home",
    channel="in_person",
    through="themselves",
)


def incident(case: Case) -> Incident:
    """Return the incident that the client told; the police hear of it where she chose to report it."""
    return case.told.incident if case.told else DRAWN


def crime_reference(number: int) -> str:
    """Return the force's own reference of a crime against a victim, by the place of its case among those sent."""
    return f"45/{number:05d}/26"


def asking(sent: Sequence[One], area: Callable[[One], str]) -> One:
    """Return the case of the client who came to the advocacy service by herself: the first of the North, the newest."""
    return next((one for one in sent if area(one) == "North"), sent[0])
