"""Coded lists that sites on both sides of the wall share: a code crosses, each side has the words."""

from django.db.models import TextChoices

#: complete referral received to a practitioner allocated, in days of London; never paused, the raw figure always shown
ALLOCATION_DAYS = 14


class Route(TextChoices):
    """The route of a person to a programme."""

    ORDER_REQUIREMENT = "order_requirement", "Requirement of a Stalking Protection Order"
    CONDITIONAL_CAUTION = "conditional_caution", "Police conditional caution"
    DEFERRED_PROSECUTION = "deferred_prosecution", "Deferred prosecution scheme"
    LICENCE_CONDITION = "licence_condition", "Licence condition"
    REHABILITATION_ACTIVITY = "rehabilitation_activity", "Rehabilitation activity requirement"
    COURT_SENTENCE = "court_sentence", "Other part of a sentence"
    POLICE_VOLUNTARY = "police_voluntary", "Police referral that the person agreed to"
    SELF = "self", "Self-referral"
    HEALTH_OR_CARE = "health_or_care", "Health or social care"


class LegalBasis(TextChoices):
    """The footing on which the police share the content of a referral."""

    LAW_ENFORCEMENT = "law_enforcement", "Law enforcement purpose (Data Protection Act 2018, Part 3)"
    PUBLIC_TASK = "public_task", "Public task (UK GDPR Article 6(1)(e))"
    COURT_ORDER = "court_order", "Order or sentence of a court"
    AGREEMENT = "agreement", "The person's agreement"


class RiskTool(TextChoices):
    """A licensed or published tool, by its name alone: its form and text stay with who holds the licence."""

    SAM = "sam", "Stalking Assessment and Management (SAM)"
    SRP = "srp", "Stalking Risk Profile (SRP)"
    SASH = "sash", "Screening Assessment for Stalking and Harassment (SASH)"
    SST = "sst", "Stalking Screening Tool (SST)"
    DASH = "dash", "DASH"
    S_DASH = "s_dash", "S-DASH"
    DARA = "dara", "DARA"
    OTHER = "other", "Another tool, named with its version"
    NONE = "none", "No tool was used"


class Proceedings(TextChoices):
    """The stage of the criminal case. A service may refuse some of these: a setting."""

    NONE = "none", "No criminal proceedings"
    UNDER_INVESTIGATION = "under_investigation", "Under investigation"
    CHARGED = "charged", "Charged, before trial"
    CONVICTED = "convicted", "Convicted, before sentence"
    SENTENCED = "sentenced", "Sentenced"
    NO_FURTHER_ACTION = "no_further_action", "No further action"


class Behaviour(TextChoices):
    """Acts and omissions associated with stalking: the list of the Protection from Harassment Act 1997, s.2A(3)."""

    FOLLOWING = "following", "Following a person"
    CONTACTING = "contacting", "Contacting, or attempting to contact, by any means"
    PUBLISHING = "publishing", "Publishing material about a person, or as if from them"
    MONITORING = "monitoring", "Monitoring use of the internet, email or other communication"
    LOITERING = "loitering", "Loitering in any place"
    INTERFERING = "interfering", "Interfering with property"
    WATCHING = "watching", "Watching or spying on a person"


class Relationship(TextChoices):
    """The person's relationship to the victim."""

    EX_PARTNER = "ex_partner", "Former partner"
    FAMILY = "family", "Family member"
    ACQUAINTANCE = "acquaintance", "Acquaintance, friend or colleague"
    STRANGER = "stranger", "Stranger"
    PUBLIC_FIGURE = "public_figure", "Public figure"
    NOT_KNOWN = "not_known", "Not known"


class Stage(TextChoices):
    """The person's stage on the programme, as the referrer is told."""

    WAITING = "waiting", "Accepted, waiting for a practitioner"
    ALLOCATED = "allocated", "Allocated to a practitioner"
    IN_SESSIONS = "in_sessions", "In sessions"
    COMPLETED = "completed", "Completed"
    LEFT = "left", "Left the programme"


class AlertReason(TextChoices):
    """The reason for an urgent contact. Deliberately says nothing of what happened."""

    CONCERN = "concern", "A practitioner is concerned"
    WITHDREW = "withdrew", "The person withdrew"
    ADVOCATE = "advocate", "An advocate asks you to ring"
    POLICE = "police", "The police ask you to ring"
