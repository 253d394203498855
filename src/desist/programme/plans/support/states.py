"""The states of a person's referral to a partner agency, what may follow what, and the kinds of agency."""

from django.db.models import TextChoices


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    REFERRED = "referred", "Referred, waiting for an answer"
    ACCEPTED = "accepted", "Accepted"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    ENDED = "ended", "Ended"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.REFERRED: (State.ACCEPTED, State.NOT_ACCEPTED, State.ENDED),
    State.ACCEPTED: (State.ENDED,),
    State.NOT_ACCEPTED: (),
    State.ENDED: (),
}


class Need(TextChoices):
    """The purpose of the support."""

    MENTAL_HEALTH = "mental_health", "Mental health"
    SUBSTANCES = "substances", "Alcohol or drugs"
    HOUSING = "housing", "Housing"
    MONEY = "money", "Money and debt"
    WORK = "work", "Work and education"
    PARENTING = "parenting", "Parenting"
    NEURODIVERSITY = "neurodiversity", "Neurodiversity"
    PHYSICAL_HEALTH = "physical_health", "Physical health"
    OTHER = "other", "Something else"
