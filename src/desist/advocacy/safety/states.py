"""The codes of a client's needs, choices and plans."""

from django.db.models import TextChoices


class Domain(TextChoices):
    """The part of life of a need."""

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
    """The state of a need. TRANSITIONS says which state may follow which."""

    OPEN = "open", "Open"
    MET = "met", "Met"
    PARTLY = "partly", "Partly met"
    NOT_MET = "not_met", "Not met"
    DECLINED = "declined", "They did not want help with it"


class SupportOutcome(TextChoices):
    """The outcome of a request to a partner agency."""

    HELPED = "helped", "Helped"
    WAITING_LIST = "waiting_list", "On a waiting list"
    REFUSED = "refused", "Refused, or not eligible"
    NO_ANSWER = "no_answer", "No answer"
    DECLINED = "declined", "The client did not take it up"


class What(TextChoices):
    """The kind of fact that may be told."""

    IS_CLIENT = "is_client", "That they are supported here"
    INCIDENTS = "incidents", "What they reported"
    EFFECT = "effect", "How it affects them"
    PLAN = "plan", "Parts of their safety plan"
    REACH = "reach", "How to reach them"


class Whom(TextChoices):
    """The recipient who may be told."""

    POLICE = "police", "The police"
    PROGRAMME = "programme", "The programme, through the police"
    PARTNERS = "partners", "Partner agencies"
    COURT = "court", "A court"
    WORK = "work", "Their employer or school"
    FAMILY = "family", "Family or friends"


class Layer(TextChoices):
    """The purpose of a note. The person who stalks the client may read any note that may become evidence."""

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
