"""The codes of the team: which body registers a practitioner, which link was declared, and why an allocation ended."""

from django.db.models import TextChoices


class Body(TextChoices):
    """The body that registers a practitioner."""

    HCPC = "hcpc", "Health and Care Professions Council"
    BABCP = "babcp", "British Association for Behavioural and Cognitive Psychotherapies"
    BACP = "bacp", "British Association for Counselling and Psychotherapy"
    UKCP = "ukcp", "UK Council for Psychotherapy"
    NMC = "nmc", "Nursing and Midwifery Council"
    SWE = "swe", "Social Work England"
    PROBATION = "probation", "Probation professional register"
    OTHER = "other", "Another body"


class Link(TextChoices):
    """The link to a person that was declared. No words are asked, since they could lead to another person."""

    KNOWS = "knows", "Knows the person"
    FAMILY = "family", "Family or household"
    WORKED = "worked", "Worked with the person in another role"
    NEIGHBOUR = "neighbour", "Lives or moves near the person"
    UNSAID = "unsaid", "A link that I do not want to describe"


class Ended(TextChoices):
    """Why a practitioner no longer works with a person."""

    LEFT = "left", "The practitioner is leaving the service"
    AWAY = "away", "The practitioner is away for a long time"
    CONFLICT = "conflict", "A conflict of interest"
    WORKLOAD = "workload", "Workload"
    ASKED = "asked", "The person asked for someone else"
    NEED = "need", "Another profession or skill is needed"
    OTHER = "other", "Another reason"
