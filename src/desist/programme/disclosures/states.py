"""Where a question to the police stands, and what may follow."""

from django.db.models import TextChoices


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    ASKED = "asked", "Asked"
    ANSWERED = "answered", "Answered"
    REFUSED = "refused", "Nothing disclosed"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.ASKED: (State.ANSWERED, State.REFUSED),
    State.ANSWERED: (),
    State.REFUSED: (State.ANSWERED,),
}
