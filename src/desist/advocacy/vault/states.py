"""The kinds of locator, and the words for a place instead of its address."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """The kind of a locator. Pages and texts use the label as its name."""

    PHONE = "phone", "Telephone"
    EMAIL = "email", "E-mail"
    HOME = "home", "Home address"
    WORK = "work", "Place of work"
    SCHOOL = "school", "School or college"
    CHILDREN = "children", "The children’s school or nursery"
    FAMILY = "family", "Home of family or a friend"
    VEHICLE = "vehicle", "Vehicle registration"
    ONLINE = "online", "Name of an account online"


#: the words for a place, so that a text needs no address
WORDS: dict[Kind, str] = {
    Kind.PHONE: "their telephone",
    Kind.EMAIL: "their e-mail",
    Kind.HOME: "their home",
    Kind.WORK: "their work",
    Kind.SCHOOL: "their college",
    Kind.CHILDREN: "the children’s school",
    Kind.FAMILY: "their family’s home",
    Kind.VEHICLE: "their car",
    Kind.ONLINE: "their account",
}
#: kinds that are places: an address in lines, found again by its postcode
PLACES = frozenset({Kind.HOME, Kind.WORK, Kind.SCHOOL, Kind.CHILDREN, Kind.FAMILY})


class Reason(TextChoices):
    """Why an actor looks at a locator."""

    CONTACT = "contact", "To contact them now, as they want to be contacted"
    DANGER = "danger", "They may be in danger now"
    CHECK = "check", "To check with them that it is right"
    PASS_ON = "pass_on", "To pass it on, as they agreed"
    HANDOVER = "handover", "To hand the case over"


class Limit(TextChoices):
    """The acts with a daily limit for each account, until a second person allows more."""

    REVEALS = "reveals", "Reveals"
    CALLS = "calls", "Clients opened for calls"
    REFUSALS = "refusals", "Refused words"
