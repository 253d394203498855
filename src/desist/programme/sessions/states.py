"""The states of a session, which may follow which, and the codes of a record."""

from django.db.models import TextChoices


class State(TextChoices):
    """How far a session is. TRANSITIONS says which state may follow which."""

    PLANNED = "planned", "Planned"
    ATTENDED = "attended", "Attended"
    MISSED = "missed", "Did not attend"
    CANCELLED = "cancelled", "Cancelled"


class Kind(TextChoices):
    """The purpose of a meeting."""

    CORE = "core", "Session"
    CATCH_UP = "catch_up", "Catch-up session"
    PIVOT = "pivot", "Pivot session"
    MOTIVATIONAL = "motivational", "Motivational session"


#: kinds by which one of the twelve is held: in its own time, or made up
OF_THE_TWELVE = (Kind.CORE, Kind.CATCH_UP)
#: kinds without a plan of the curriculum, as often as it takes
WITHOUT_PLAN = (Kind.PIVOT, Kind.MOTIVATIONAL)


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
    CARING = "caring", "Caring for someone"
    TRAVEL = "travel", "Could not travel"
    CUSTODY = "custody", "In custody or at court"
    CAME = "came", "Came but was not fit to be seen"
    REFUSED = "refused", "Refused to come"
    NO_WORD = "no_word", "Did not hear from the person"
    PRACTITIONER = "practitioner", "The practitioner could not hold it"
    ROOM = "room", "The room could not be used"
    EQUIPMENT = "equipment", "The equipment did not work"
    OTHER = "other", "Another reason, given in the next steps"


class Ended(TextChoices):
    """The end of a session to which the person came."""

    PLANNED = "planned", "As planned"
    PERSON = "person", "Early, by the person"
    SERVICE = "service", "Early, by us"


#: ended before its time: the minutes held are recorded
EARLY = (Ended.PERSON, Ended.SERVICE)


class Whose(TextChoices):
    """Which side the reason belongs to for a session missed or begun late."""

    PERSON = "person", "The participant"
    SERVICE = "service", "The service: practitioner, room or equipment"
    OTHERS = "others", "Someone else: court, police, transport"


#: reasons that are the service’s alone
OF_THE_SERVICE = (MissedReason.PRACTITIONER, MissedReason.ROOM, MissedReason.EQUIPMENT)

#: who is responsible for an absence, where its reason says it; for another reason the form asks
RESPONSIBLE = {
    **dict.fromkeys(MissedReason, Whose.PERSON),
    **dict.fromkeys(OF_THE_SERVICE, Whose.SERVICE),
    MissedReason.CUSTODY: Whose.OTHERS,
}


class Homework(TextChoices):
    """The result of the homework set last time."""

    NONE_SET = "none_set", "None was set"
    DONE = "done", "Done"
    PARTLY = "partly", "Partly done"
    NOT_DONE = "not_done", "Not done"


class FollowUp(TextChoices):
    """The contact after a missed session."""

    SPOKE = "spoke", "Spoke with the person"
    MESSAGE = "message", "Left a message or wrote"
    NO_ANSWER = "no_answer", "No answer"
    SAFEGUARD = "safeguard", "Asked the police or another agency to check"


#: outcomes after which the person is still to be contacted, as their state is unknown; "" is not tried
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
    """The outcome of every session's risk check."""

    NOTHING = "nothing", "Nothing new"
    NOTE = "note", "Something to note"
    CONCERN = "concern", "A concern: someone must be told"


class Method(TextChoices):
    """The main method of a session, coded so that supervision can see what is worked with."""

    CHAIN = "chain", "Chain analysis"
    SKILL = "skill", "Teaching and practising a skill"
    THOUGHTS = "thoughts", "Working on thoughts and beliefs"
    FEELINGS = "feelings", "Working on feelings: rejection, jealousy, anger, shame"
    MOTIVATION = "motivation", "Motivational work"
    PROBLEMS = "problems", "Solving a practical problem"
    CRISIS = "crisis", "Getting through a crisis"
    ENDING = "ending", "Relapse prevention and ending"


class Compliance(TextChoices):
    """How the person worked, apart from attendance: being there does not mean engaging."""

    WORKED = "worked", "Worked in the session"
    PARTLY = "partly", "Worked in part of it"
    DID_NOT = "did_not", "Attended but did not take part"


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
