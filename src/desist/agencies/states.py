"""The states of a referral to an agency where it was made, in the programme and in advocacy, and what may follow what."""

from django.db.models import TextChoices

from desist.agencies import Said


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    REFERRED = "referred", "Referred, waiting for an answer"
    ACCEPTED = "accepted", "Accepted"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    ENDED = "ended", "Ended"
    WITHDRAWN = "withdrawn", "Withdrawn"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.REFERRED: (State.ACCEPTED, State.NOT_ACCEPTED, State.ENDED, State.WITHDRAWN),
    State.ACCEPTED: (State.ENDED, State.WITHDRAWN),
    State.NOT_ACCEPTED: (),
    State.ENDED: (),
    State.WITHDRAWN: (),
}
#: those in which something may still follow
OPEN = tuple(state for state, after in TRANSITIONS.items() if after)
#: what an agency says -> the state that follows; the others change nothing
FOLLOWS: dict[Said, State] = {
    Said.ACCEPTED: State.ACCEPTED,
    Said.DECLINED: State.NOT_ACCEPTED,
    Said.ENDED: State.ENDED,
}
#: state -> what an agency can say of it
MAY_SAY: dict[State, tuple[Said, ...]] = {
    State.REFERRED: (Said.ACCEPTED, Said.ASKED, Said.DECLINED, Said.CONCERN),
    State.ACCEPTED: (Said.ATTENDED, Said.MISSED, Said.CONCERN, Said.ENDED),
    State.NOT_ACCEPTED: (Said.CONCERN,),
    State.ENDED: (Said.CONCERN,),
    State.WITHDRAWN: (),
}
