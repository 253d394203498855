"""The states of a supervision, what may follow what, and what a record may say in codes."""

from django.db.models import TextChoices


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.PLANNED: (State.HELD, State.CANCELLED),
    State.HELD: (),
    State.CANCELLED: (),
}


class Form(TextChoices):
    """How a supervision is held."""

    ALONE = "alone", "One to one"
    GROUP = "group", "In a group"
    OBSERVED = "observed", "With a recorded or observed session"


class Topic(TextChoices):
    """What a supervision was about. It is the practitioner's work, never a person's story."""

    CASELOAD = "caseload", "Caseload and capacity"
    RISK = "risk", "Risk, and what was done about it"
    MODEL = "model", "Keeping to the model, and adapting it"
    CHAINS = "chains", "Chain analysis and skills"
    BIAS = "bias", "Bias, collusion and boundaries"
    STRAIN = "strain", "Strain, and looking after oneself"
    TRAINING = "training", "Training needs"
    WALL = "wall", "What can be said to whom"


class How(TextChoices):
    """How a debrief was held."""

    IN_PERSON = "in_person", "In person"
    TELEPHONE = "telephone", "By telephone"
    VIDEO = "video", "By video"
    NOT_NEEDED = "not_needed", "No longer wanted, I asked"
