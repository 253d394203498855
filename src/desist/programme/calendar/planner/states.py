"""The codes of planning: why a session is held inside an exclusion, who asked for a change, and why."""

from django.db.models import TextChoices


class Inside(TextChoices):
    """Why a session is held at a place that an order excludes."""

    ALLOWED = "allowed", "The order itself allows it for the programme"
    AGREED = "agreed", "The police or the court agreed to it"
    OTHER = "other", "Another reason"


class Asked(TextChoices):
    """Who asked for a change of the plan."""

    PERSON = "person", "The person"
    PRACTITIONER = "practitioner", "The practitioner"
    SERVICE = "service", "The service: a manager, or the building"
    JUSTICE = "justice", "The police, a court or probation"
    OTHERS = "others", "Another agency or someone else"


class Why(TextChoices):
    """Why the plan was changed, coded so that it can be counted; the words stand beside it."""

    WORK = "work", "The person’s work or education"
    ILL = "ill", "The person is ill, or at a medical appointment"
    CARING = "caring", "The person is caring for someone"
    WORSHIP = "worship", "Religious observance"
    COURT = "court", "Court, custody, or a condition of an order"
    TRAVEL = "travel", "Travel or weather"
    STAFF_ILL = "staff_ill", "The practitioner is ill"
    LEAVE = "leave", "The practitioner is on leave or has left"
    ROOM = "room", "The room or the building"
    MISSED = "missed", "A session was missed, or was too short"
    RISK = "risk", "Something has happened that must be dealt with first"
    WRONG = "wrong", "The plan had the wrong day or time"
    BEFORE = "before", "Held before the service used Desist"
    UNPLANNED = "unplanned", "Held without having been planned here"
    OTHER = "other", "Another reason, given below"


#: who asked for a change, where its reason says it; for another reason the form asks
ASKED = {
    Why.WORK: Asked.PERSON,
    Why.ILL: Asked.PERSON,
    Why.CARING: Asked.PERSON,
    Why.WORSHIP: Asked.PERSON,
    Why.COURT: Asked.JUSTICE,
    Why.TRAVEL: Asked.PERSON,
    Why.STAFF_ILL: Asked.PRACTITIONER,
    Why.LEAVE: Asked.PRACTITIONER,
    Why.ROOM: Asked.SERVICE,
    Why.MISSED: Asked.PRACTITIONER,
    Why.RISK: Asked.PRACTITIONER,
    Why.WRONG: Asked.SERVICE,
}
#: why a session that was held is entered afterwards; no colleague gives these reasons for a session still ahead
AFTERWARDS = (Why.BEFORE, Why.UNPLANNED)


class Kind(TextChoices):
    """What happened to a plan."""

    MOVED = "moved", "Moved"
    CANCELLED = "cancelled", "Cancelled"
    ADDED = "added", "Added"
    HELD = "held", "Held at another time"
    ENTERED = "entered", "Entered afterwards"


class Scope(TextChoices):
    """How far a move goes."""

    ONE = "one", "This one"
    LATER = "later", "This one and all later ones"
