"""The states of a referral on the police side, and what may follow what."""

from django.db.models import TextChoices


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    DRAFT = "draft", "Draft"
    SENT = "sent", "Sent, waiting for a decision"
    ACCEPTED = "accepted", "Accepted"
    CONSULTATION = "consultation", "Consultation only"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.SENT,),
    State.SENT: (
        State.ACCEPTED,
        State.CONSULTATION,
        State.DECLINED,
        State.WITHDRAWN,
    ),
    State.ACCEPTED: (State.WITHDRAWN,),
    State.CONSULTATION: (State.ACCEPTED, State.WITHDRAWN),
    State.DECLINED: (),
    State.WITHDRAWN: (),
}
