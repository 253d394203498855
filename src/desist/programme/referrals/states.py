"""The states of a referral in the programme, what may follow what, and the coded reasons."""

from django.db.models import TextChoices


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    RECEIVED = "received", "Waiting for a decision"
    ACCEPTED = "accepted", "Accepted"
    CONSULTATION = "consultation", "Consultation only"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn by the referrer"


class DeclineReason(TextChoices):
    """Why a referral is not accepted, coded so that it can be counted. The referrer is told it in these words."""

    PROCEEDINGS = "proceedings", "The service does not take people at this stage of proceedings"
    AGE = "age", "Under the age from which this service takes people"
    AREA = "area", "Outside the area"
    NOT_STALKING = "not_stalking", "The behaviour is not stalking"
    NO_AGREEMENT = "no_agreement", "The person does not agree to take part"
    RISK_ELSEWHERE = "risk_elsewhere", "Needs another service first"
    CAPACITY = "capacity", "No capacity"
    DUPLICATE = "duplicate", "The person is referred already"
    UNREACHED = "unreached", "The person could not be reached"
    MOVED = "moved", "The person moved to another area"
    CUSTODY = "custody", "The person is in custody or in hospital"
    DIED = "died", "The person died"
    OTHER = "other", "Another reason: ask the programme"


class Happened(TextChoices):
    """What the timeline tells."""

    RECEIVED = "received", "Received from the referrer"
    TYPED_IN = "typed_in", "Entered here"
    IMPORTED = "imported", "Imported from a table"
    WHO_IS_TOLD = "who_is_told", "The person to be told was chosen"
    AMENDED = "amended", "Amended by the referrer"
    ATTACHED = "attached", "File attached"
    REMOVED = "removed", "File removed"
    FILE_RECALLED = "file_recalled", "File recalled by the referrer"
    JUDGEMENT_ASKED = "judgement_asked", "The police were asked for their judgement"
    JUDGED = "judged", "The police added their judgement"
    DECIDED = "decided", "Decided"
    TAKE_BACK_TYPED = "take_back_typed", "Withdrawal entered, not confirmed yet"
    NOT_TAKEN_BACK = "not_taken_back", "Not withdrawn: that was entered by mistake"
    WITHDRAWN = "withdrawn", "Withdrawn by the referrer"
    REACHED = "reached", "The person’s own contact details changed here"
    READ = "read", "The change was read"
    WENT_ON = "went_on", "The programme continues despite the withdrawal"
    ENDED = "ended", "The programme ended"
    ORDER_TOLD = "order_told", "The police sent details of an order"
    REOPENED = "reopened", "The programme goes on after its end"
    REASON_CHANGED = "reason_changed", "Reason of the leaving changed"
    ORDER_TYPED = "order_typed", "Order entered from its certified copy"
    ORDER_CHANGED = "order_changed", "Entered order changed"
    ORDER_ENDED = "order_ended", "Entered order ended"
    PLANNED = "planned", "Sessions planned"
    PUT_RIGHT = "put_right", "Session record corrected"
    OFFERED = "offered", "Exit report sent for review"
    TAKEN_BACK = "taken_back", "Exit report withdrawn from review by its author"
    GIVEN_BACK = "given_back", "Exit report returned unsigned"
    REPORTED = "reported", "Exit report signed"
    FOLLOWED_UP = "followed_up", "Follow-up after the end"
    MERGED = "merged", "Merged: two records of one person"
    SPLIT = "split", "Split again: records of two people"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.RECEIVED: (
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
