"""The words of the service's own risk form, which a person chooses; nothing is summed, and the states of a version."""

from django.db.models import TextChoices


class State(TextChoices):
    """How far a version is. TRANSITIONS says which state may follow which."""

    DRAFT = "draft", "Being written"
    OFFERED = "offered", "Waiting for the second signature"
    SIGNED = "signed", "Signed"


TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.OFFERED,),
    State.OFFERED: (State.DRAFT, State.SIGNED),
    State.SIGNED: (),
}


class Domain(TextChoices):
    """Whom a scenario would harm."""

    SURVIVOR = "survivor", "The survivor"
    CHILDREN = "children", "Children"
    STAFF = "staff", "Staff"
    SELF = "self", "The person themselves"
    PUBLIC = "public", "Other people"


class Likely(TextChoices):
    """How likely it is, in the words of the person who judges."""

    UNLIKELY = "unlikely", "Unlikely"
    POSSIBLE = "possible", "Possible"
    LIKELY = "likely", "Likely"
    VERY_LIKELY = "very_likely", "Very likely"
    UNCLEAR = "unclear", "How likely cannot be said"


class Imminence(TextChoices):
    """How soon it could happen."""

    NOW = "now", "At any time"
    DAYS = "days", "Within days"
    WEEKS = "weeks", "Within weeks"
    MONTHS = "months", "Within months"
    UNCLEAR = "unclear", "How soon cannot be said"


class Decision(TextChoices):
    """What the second person does."""

    SIGN = "sign", "Sign the risk form"
    RETURN = "return", "Give the risk form back to be changed"
