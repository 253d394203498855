"""The states of a possible breach, and which subjects of conditions each kind of act may touch. A person decides."""

from collections.abc import Collection

from django.db.models import TextChoices

from desist.codes import Behaviour
from desist.incident_codes import Channel


class State(TextChoices):
    """What a person said of it. TRANSITIONS says which state may follow which."""

    OPEN = "open", "Not looked at yet"
    CONFIRMED = "confirmed", "May be a breach"
    ASIDE = "aside", "Set aside"


#: state -> the states that may follow: what was set aside can be taken up again, what went to the police stays
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.OPEN: (State.CONFIRMED, State.ASIDE),
    State.ASIDE: (State.CONFIRMED,),
    State.CONFIRMED: (),
}

#: an act -> the subjects of conditions that it may touch, by the codes of the police
ACTS: dict[str, tuple[str, ...]] = {
    Behaviour.FOLLOWING: ("approach", "area"),
    Behaviour.CONTACTING: ("contact",),
    Behaviour.PUBLISHING: ("online",),
    Behaviour.MONITORING: ("devices", "online"),
    Behaviour.LOITERING: ("approach", "area"),
    Behaviour.INTERFERING: ("approach", "area"),
    Behaviour.WATCHING: ("approach", "area", "devices"),
}
#: a way in which it was done -> further subjects
WAYS: dict[str, tuple[str, ...]] = {
    Channel.SOCIAL: ("online",),
    Channel.TRACKING: ("devices",),
    Channel.IN_PERSON: ("approach",),
}
#: the subject of messages and calls
CONTACT = "contact"


def subjects(acts: Collection[str], channel: str) -> frozenset[str]:
    """The subjects of conditions that an incident may touch."""
    return frozenset(subject for act in acts for subject in ACTS[act]) | frozenset(WAYS.get(channel, ()))


def matches(touched: frozenset[str], told: Collection[str]) -> bool:
    """Whether one of an order's conditions has such a subject; where their subjects are not known, or are not coded, it may."""
    return not told or "other" in told or not touched.isdisjoint(told)
