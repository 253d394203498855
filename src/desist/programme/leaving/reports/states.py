"""The states of an exit report, which may follow which, and the fate of the finished one."""

from django.db.models import TextChoices


class State(TextChoices):
    """TRANSITIONS says what may follow what. A signed report never changes: a correction is a new version."""

    DRAFT = "draft", "Being written"
    OFFERED = "offered", "Waiting for review and signature"
    SIGNED = "signed", "Signed"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.OFFERED,),
    State.OFFERED: (State.DRAFT, State.SIGNED),
    State.SIGNED: (),
}


class Sent(TextChoices):
    """Whether the referrer received the report, decided at the moment of signing."""

    SENT = "sent", "On its way to the referrer"
    NOBODY = "nobody", "Nobody is told: no partner organisation is linked to the referral"
    STOPPED = "stopped", "Kept here: the person withdrew, so sharing stopped"
    TAKEN_BACK = "taken_back", "Kept here: the referrer withdrew the referral"
