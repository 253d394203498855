"""The codes of triage: what is asked of a referral, why a service decides otherwise, and why allocation is late."""

from django.db.models import TextChoices


class Criterion(TextChoices):
    """What a service asks of a referral. Which answer it wants is a setting of the service."""

    PROCEEDINGS = "proceedings", "Stage of proceedings"
    AGE = "age", "Age"
    AREA = "area", "Police area where the person lives"
    CAPACITY = "capacity", "Capacity"


class OverrideReason(TextChoices):
    """Why a service accepts a person although a criterion is not met, or unknown."""

    COURT = "court", "A court or an order requires the programme"
    RISK = "risk", "The risk is higher without the programme"
    COMMISSIONER = "commissioner", "Agreed with the commissioner"
    SOON = "soon", "The criterion will be met before the first session"
    ASKED = "asked", "What is not known will be asked before the first session"
    OTHER = "other", "Another reason, given in the note"


class Likeness(TextChoices):
    """Whether the person of a referral is one of those who are like them."""

    ANOTHER = "another", "Another person"
    SAME = "same", "The same person, referred again"


class DelayReason(TextChoices):
    """Why allocation takes longer than 14 days. The clock runs on whatever the reason."""

    NO_CAPACITY = "no_capacity", "No practitioner has capacity"
    CONFLICTS = "conflicts", "Conflicts of interest or exclusions"
    INFORMATION = "information", "Waiting for information from the referrer"
    PERSON = "person", "The person could not be reached"
    AGREEMENT = "agreement", "The person has not decided whether to take part"
    PROCEEDINGS = "proceedings", "Waiting for a court"
    STAFF = "staff", "Staff absence"
    TAKEN_OVER = "taken_over", "Taken over from before Desist"
    OTHER = "other", "Another reason, given in the note"


class How(TextChoices):
    """How advice was given."""

    TELEPHONE = "telephone", "By telephone"
    MEETING = "meeting", "In a meeting"
    WRITTEN = "written", "In writing"
