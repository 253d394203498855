"""The lists of risks to staff, needs, children and family. This product's own grouping."""

from collections.abc import Iterable

from django.db.models import TextChoices


class Kind(TextChoices):
    """A risk to staff, or a need. Those that a referral can bring have its code, but for the two that both of its lists hold."""

    ALONE = "alone", "Do not see alone"
    ADDRESS = "address", "Do not visit the address alone"
    VIOLENCE = "violence", "Violence or threats to staff or the public"
    WEAPONS = "weapons", "Weapons"
    FIXATION_ON_STAFF = "fixation_on_staff", "Fixation on a professional, or vexatious complaints"
    SEXUAL = "sexual", "Sexual risk"
    SELF_HARM = "self_harm", "Self-harm or suicide"
    SUBSTANCES = "substances", "Risk when intoxicated"
    ANIMALS = "animals", "Animals at home"
    HOUSEHOLD = "household", "Another person in the household"
    INFECTION = "infection", "Infection"
    OTHER = "other", "Another risk"
    INTERPRETER = "interpreter", "Interpreter"
    LANGUAGE = "language", "Another first language"
    READING = "reading", "Help with reading or writing"
    EASY_READ = "easy_read", "Easy read"
    LARGE_PRINT = "large_print", "Large print"
    AUTISM = "autism", "Autism"
    ADHD = "adhd", "Attention deficit hyperactivity disorder"
    NEURODIVERSITY = "neurodiversity", "Neurodiversity of another kind"
    LEARNING = "learning", "Learning disability or acquired brain injury"
    MENTAL_HEALTH = "mental_health", "Mental health need"
    SUBSTANCE_NEED = "substance_need", "Alcohol or drug need"
    HEARING = "hearing", "Hearing"
    SIGHT = "sight", "Sight"
    MOBILITY = "mobility", "Step-free access or mobility"
    FAITH = "faith", "Faith: times, food or place"
    CARING = "caring", "Hours of caring for others"
    FAITH_OR_WORK = "faith_or_work", "Times to avoid for faith, work or care"
    OTHER_NEED = "other_need", "Another need"


RISKS = (
    *(Kind.ALONE, Kind.ADDRESS, Kind.VIOLENCE, Kind.WEAPONS, Kind.FIXATION_ON_STAFF, Kind.SEXUAL),
    *(Kind.SELF_HARM, Kind.SUBSTANCES, Kind.ANIMALS, Kind.HOUSEHOLD, Kind.INFECTION, Kind.OTHER),
)
NEEDS = tuple(one for one in Kind if one not in RISKS)
#: each by its place in the list
PLACES = {one: place for place, one in enumerate(Kind)}


class Over(TextChoices):
    """Why a row is no longer in force. A review replaces one by another."""

    REVIEWED = "reviewed", "Reviewed"
    OVER = "over", "It no longer holds"
    ERROR = "error", "Entered in error"


#: what a form that ends a row offers
ENDS = [(one.value, str(one.label)) for one in (Over.OVER, Over.ERROR)]


class Tie(TextChoices):
    """Who a child or relative is to the person."""

    CHILD = "child", "Their child"
    OF_PARTNER = "of_partner", "A child of their partner"
    IN_CARE = "in_care", "Another child in their care"
    PARENT = "parent", "Parent"
    SIBLING = "sibling", "Brother or sister"
    PARTNER = "partner", "Partner now"
    OTHER = "other", "Another relative"


class Care(TextChoices):
    """Who cares for a child, or for a relative who needs it."""

    THEY = "they", "They do, alone"
    BOTH = "both", "Both parents"
    OTHER_PARENT = "other_parent", "The other parent"
    RELATIVE = "relative", "A relative or friend"
    AUTHORITY = "authority", "The local authority"
    NOBODY = "nobody", "Nobody: grown up"
    NOT_KNOWN = "not_known", "Not known"


class ContactOrder(TextChoices):
    """What a court says of contact with a child."""

    NONE = "none", "No order"
    ALLOWS = "allows", "An order allows contact"
    SUPERVISED = "supervised", "An order allows supervised contact"
    FORBIDS = "forbids", "An order forbids contact"
    HEARING = "hearing", "Before the court: hearing ahead"
    NOT_KNOWN = "not_known", "Not known"


def label(kind: str, words: str) -> str:
    """A risk or need in a line: its kind, and what was said of it."""
    return f"{Kind(kind).label}: {words}" if words else str(Kind(kind).label)


def gravest_first(kinds: Iterable[str]) -> list[Kind]:
    """Risks and needs in the order of the list, which begins with those that decide about a visit."""
    return sorted((Kind(one) for one in set(kinds)), key=PLACES.__getitem__)
