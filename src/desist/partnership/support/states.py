"""The states of a referral at an agency, what may follow what, and what happens to it."""

from django.db.models import TextChoices

from desist.agencies import Said


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    NEW = "new", "To answer"
    ASKED = "asked", "You asked a question"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Not accepted"
    ENDED = "ended", "Ended"
    WITHDRAWN = "withdrawn", "Withdrawn by the service"


OVER = (State.DECLINED, State.ENDED, State.WITHDRAWN)
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.NEW: (State.ASKED, State.ACCEPTED, State.DECLINED, State.WITHDRAWN),
    State.ASKED: (State.NEW, State.ACCEPTED, State.DECLINED, State.WITHDRAWN),
    State.ACCEPTED: (State.ENDED, State.WITHDRAWN),
    **dict.fromkeys(OVER, ()),
}

#: what an agency says -> the state that follows; the others change nothing
FOLLOWS: dict[Said, State] = {
    Said.ACCEPTED: State.ACCEPTED,
    Said.DECLINED: State.DECLINED,
    Said.ASKED: State.ASKED,
    Said.ENDED: State.ENDED,
}
#: state -> what an agency can say of it
MAY_SAY: dict[State, tuple[Said, ...]] = {
    State.NEW: (Said.ACCEPTED, Said.ASKED, Said.DECLINED, Said.CONCERN),
    State.ASKED: (Said.ACCEPTED, Said.DECLINED, Said.CONCERN),
    State.ACCEPTED: (Said.ATTENDED, Said.MISSED, Said.CONCERN, Said.ENDED),
    State.DECLINED: (Said.CONCERN,),
    State.ENDED: (Said.CONCERN,),
    State.WITHDRAWN: (),
}


class What(TextChoices):
    """One step of a referral: what the service sent, and what the agency said."""

    REFERRED = "referred", "Referred to you"
    REPLIED = "replied", "The service answered your question"
    WITHDRAWN = "withdrawn", "The service withdrew the referral"
    ACCEPTED = Said.ACCEPTED.value, "You accepted it"
    DECLINED = Said.DECLINED.value, "You did not accept it"
    ASKED = Said.ASKED.value, "You asked"
    ATTENDED = Said.ATTENDED.value, "You told of an attendance"
    MISSED = Said.MISSED.value, "You told of a missed appointment"
    CONCERN = Said.CONCERN.value, "You raised a concern"
    ENDED = Said.ENDED.value, "You ended it"
