"""What a client needs, chooses and plans, in codes."""

from django.db.models import TextChoices


class Domain(TextChoices):
    """In which part of life a need lies."""

    SAFETY_HOME = "safety_home", "Safety at home"
    HOUSING = "housing", "Housing"
    LEGAL = "legal", "Police, court and legal advice"
    ONLINE = "online", "Devices and online life"
    MENTAL_HEALTH = "mental_health", "Mental health"
    HEALTH = "health", "Physical health"
    WORK = "work", "Work or education"
    MONEY = "money", "Money"
    CHILDREN = "children", "Children"
    FAMILY = "family", "Family and friends"
    OTHER = "other", "Something else"


class NeedState(TextChoices):
    """TRANSITIONS says what may follow what."""

    OPEN = "open", "Open"
    MET = "met", "Met"
    PARTLY = "partly", "Partly met"
    NOT_MET = "not_met", "Not met"
    DECLINED = "declined", "They did not want help with it"


class SupportOutcome(TextChoices):
    """What came of asking a partner agency."""

    HELPED = "helped", "Helped"
    WAITING_LIST = "waiting_list", "On a waiting list"
    REFUSED = "refused", "Refused, or not eligible"
    NO_ANSWER = "no_answer", "No answer"
    DECLINED = "declined", "The client did not take it up"


class What(TextChoices):
    """What may be told."""

    IS_CLIENT = "is_client", "That they are supported here"
    INCIDENTS = "incidents", "What they reported"
    EFFECT = "effect", "How it affects them"
    PLAN = "plan", "Parts of their safety plan"
    REACH = "reach", "How to reach them"


class Whom(TextChoices):
    """To whom."""

    POLICE = "police", "The police"
    PROGRAMME = "programme", "The programme, through the police"
    PARTNERS = "partners", "Partner agencies"
    COURT = "court", "A court"
    WORK = "work", "Their employer or school"
    FAMILY = "family", "Family or friends"


class Layer(TextChoices):
    """What a note is for. What may become evidence may also be read by the person who stalks them."""

    EVIDENCE = "evidence", "May be used as evidence"
    PRIVATE = "private", "Private to this service"


#: state -> the states that may follow
TRANSITIONS: dict[NeedState, tuple[NeedState, ...]] = {
    NeedState.OPEN: (NeedState.MET, NeedState.PARTLY, NeedState.NOT_MET, NeedState.DECLINED),
    NeedState.MET: (NeedState.OPEN,),
    NeedState.PARTLY: (NeedState.OPEN,),
    NeedState.NOT_MET: (NeedState.OPEN,),
    NeedState.DECLINED: (NeedState.OPEN,),
}
