"""The coded lists of orders: open enumerations, since routes to an order are added by Acts."""

from django.db.models import TextChoices

from desist.orders import terms
from desist.referral.police_areas import AREAS


class Kind(TextChoices):
    """Full or interim."""

    FULL = terms.Kind.FULL.value, "Stalking Protection Order"
    INTERIM = terms.Kind.INTERIM.value, "Interim Stalking Protection Order"


class HowMade(TextChoices):
    """The way in which a court came to make the order."""

    APPLICATION = "application", "On the chief officer’s application"
    ON_CONVICTION = "on_conviction", "By a court of its own motion, on conviction"
    ON_ACQUITTAL = "on_acquittal", "By a court of its own motion, on acquittal"
    APPEAL = "appeal", "By the Crown Court on appeal"


class Nexus(TextChoices):
    """Why this force may apply (section 1(3))."""

    RESIDES = "resides", "The person lives in the police area"
    BELIEVED = "believed", "The chief officer believes the person is in the area"
    COMING = "coming", "The chief officer believes the person intends to come to the area"


class Standing(TextChoices):
    """The link of the protected person to the acts: an order may protect a person who was not their victim."""

    VICTIM = "victim", "Victim of the acts"
    OTHER = "other", "Not the victim of the acts (for example family)"
    POTENTIAL = "potential", "Potential victim, such as a new partner"


class ConditionKind(TextChoices):
    """Section 1(2)."""

    PROHIBITION = "prohibition", "Prohibition"
    REQUIREMENT = "requirement", "Requirement"


class Channel(TextChoices):
    """The subject of a condition or of its breach."""

    CONTACT = "contact", "Contact, directly or through others"
    ONLINE = "online", "Online, social media, publishing"
    APPROACH = "approach", "Approaching, following, watching"
    AREA = "area", "Place or area"
    DEVICES = "devices", "Devices, accounts, monitoring"
    PROGRAMME = "programme", "Attending a programme or assessment"
    SIGNING = "signing", "Signing on, registering"
    OTHER = "other", "Other"


class AreaKind(TextChoices):
    """The kind of place that an area is, without its location."""

    HOME = "home", "Home"
    WORK = "work", "Workplace"
    SCHOOL = "school", "School, college or nursery"
    FAMILY = "family", "Home of family or friends"
    ROUTE = "route", "A route"
    NAMED = "named", "A named place"
    MAP = "map", "An area on the court’s map"
    OTHER = "other", "Another area"


class Checked(TextChoices):
    """What section 2(3) asks to avoid as far as practicable; the officer ticks each once considered."""

    RELIGION = "religion", "Conflict with religious beliefs"
    WORK = "work", "Times at which the person normally works"
    EDUCATION = "education", "Times at which the person normally attends education"


class HowServed(TextChoices):
    """How the order came to the person."""

    IN_PERSON = "in_person", "By an officer, in person"
    AT_COURT = "at_court", "At court, in the person’s presence"
    OTHER = "other", "Another way the court allowed"


#: who may apply: the forces of the 43 police areas, and the two that have none
FORCES = tuple(sorted([*dict(AREAS).values(), "British Transport Police", "Ministry of Defence Police"]))
