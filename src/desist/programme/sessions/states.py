"""The states of a session, what may follow what, and what a record may say in codes."""

from django.db.models import TextChoices


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    PLANNED = "planned", "Planned"
    ATTENDED = "attended", "Attended"
    MISSED = "missed", "Did not attend"
    CANCELLED = "cancelled", "Cancelled"


class Kind(TextChoices):
    """What the meeting is for."""

    CORE = "core", "Session"
    CATCH_UP = "catch_up", "Catch-up session"
    PIVOT = "pivot", "Pivot session"


#: kinds by which one of the twelve is held: in its own time, or made up
OF_THE_TWELVE = (Kind.CORE, Kind.CATCH_UP)


def title(kind: str, number: int) -> str:
    """ "Session 3", "Catch-up session 3": a number alone says nothing, since every kind counts from 1."""
    return f"{Kind(kind).label} {number}"


class Attendance(TextChoices):
    """Whether the person came, as the record says it until it is finished; the values are states."""

    ATTENDED = "attended", "Yes"
    MISSED = "missed", "No, did not attend"


class MissedReason(TextChoices):
    """Why the person did not attend, coded so that it can be counted."""

    ILL = "ill", "Ill, or at a medical appointment"
    WORK = "work", "At work or in education"
    CARING = "caring", "Caring for somebody"
    TRAVEL = "travel", "Could not travel"
    CUSTODY = "custody", "In custody or at court"
    CAME = "came", "Came and could not be seen"
    REFUSED = "refused", "Refused to come"
    NO_WORD = "no_word", "Did not hear from the person"
    PRACTITIONER = "practitioner", "The practitioner could not hold it"
    ROOM = "room", "The room could not be used"
    EQUIPMENT = "equipment", "The equipment did not work"
    OTHER = "other", "Another reason, given in the next steps"


class Ended(TextChoices):
    """How a session ended to which the person came."""

    PLANNED = "planned", "As planned"
    PERSON = "person", "Early, by the person"
    SERVICE = "service", "Early, by us"


#: ended before its time: the minutes held are said
EARLY = (Ended.PERSON, Ended.SERVICE)


class Whose(TextChoices):
    """Whose reason it was that a session was missed or began late."""

    PERSON = "person", "The person’s"
    SERVICE = "service", "The service’s: practitioner, room or equipment"
    OTHERS = "others", "Somebody else’s: court, police, transport"


#: reasons that are the service’s and nobody else’s
OF_THE_SERVICE = (MissedReason.PRACTITIONER, MissedReason.ROOM, MissedReason.EQUIPMENT)


class Homework(TextChoices):
    """What became of the homework set last time."""

    NONE_SET = "none_set", "None was set"
    DONE = "done", "Done"
    PARTLY = "partly", "Partly done"
    NOT_DONE = "not_done", "Not done"


class FollowUp(TextChoices):
    """How the contact after a missed session went."""

    SPOKE = "spoke", "Spoke with the person"
    MESSAGE = "message", "Left a message or wrote"
    NO_ANSWER = "no_answer", "No answer by any means"
    SAFEGUARD = "safeguard", "Asked the police or another agency to check"


#: outcomes after which the person is still to be contacted: nobody knows yet how the person is; "" is not tried
UNREACHED = ("", FollowUp.MESSAGE, FollowUp.NO_ANSWER)


class Agreement(TextChoices):
    """How far a participant agrees with a sentence about the session."""

    NOT_AT_ALL = "1", "Not at all"
    A_LITTLE = "2", "A little"
    MOSTLY = "3", "Mostly"
    FULLY = "4", "Fully"


#: the questions to the participant, in our own words, by the field that keeps the answer
FEEDBACK = {
    "said": "I could say what I think",
    "understood": "I understood what we did and why",
    "pace": "The pace was right for me",
    "clear": "I know what I will do until next time",
}


class Risk(TextChoices):
    """What the risk check of every session ends in."""

    NOTHING = "nothing", "Nothing new"
    NOTE = "note", "Something to note"
    CONCERN = "concern", "A concern: somebody must be told"


class Compliance(TextChoices):
    """Separate from attendance: being there is not the same as engaging."""

    WORKED = "worked", "Worked in the session"
    PARTLY = "partly", "Worked in part of it"
    DID_NOT = "did_not", "Was there and did not work"


#: a session with a finished record
FINISHED = (State.ATTENDED, State.MISSED)
#: state -> the states that may follow; a finished record is put right in one step, with its reason,
#: and one of another person or another session is cancelled
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.PLANNED: (*FINISHED, State.CANCELLED),
    State.ATTENDED: (State.MISSED, State.CANCELLED),
    State.MISSED: (State.ATTENDED, State.CANCELLED),
    State.CANCELLED: (),
}
