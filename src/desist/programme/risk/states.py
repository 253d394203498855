"""The tools whose judgement may be recorded, and coded judgements. Slots only: no text of a tool, and nothing is summed."""

from django.db.models import TextChoices

from desist.codes import RiskTool

TOOLS = [pair for pair in RiskTool.choices if pair[0] != RiskTool.NONE]


class Compared(TextChoices):
    """A judgement beside the one before it, as its rater says."""

    FIRST = "first", "There is none before"
    LOWER = "lower", "Lower"
    SAME = "same", "The same"
    HIGHER = "higher", "Higher"


class Alerted(TextChoices):
    """Those who hear of a higher judgement."""

    REFERRER = "referrer", "The police or other referrer, by an alert"
    MANAGER = "manager", "The programme manager"
    SUPERVISOR = "supervisor", "The clinical supervisor"
    AGENCY = "agency", "Another agency that works with the person"
    NOBODY = "nobody", "Nobody, for the reason given above"


class Factor(TextChoices):
    """What can make a risk acute for a while: this product's own grouping."""

    ACCESS = "access", "Access to the victim or to means"
    REJECTION = "rejection", "Rejection or loss"
    COURT = "court", "Court or other proceedings"
    DRINK = "drink", "Drink or drugs"
    NEW_PARTNER = "new_partner", "A new partner in view"
    GRIEVANCE = "grievance", "A grievance"


class Over(TextChoices):
    """Why an acute factor ended before its day."""

    OVER = "over", "It is over"
    ERROR = "error", "It was entered in error"


class Motive(TextChoices):
    """Types of stalking by context and motive, after Mullen, Pathé and Purcell."""

    REJECTED = "rejected", "Rejected"
    INTIMACY = "intimacy", "Intimacy seeking"
    INCOMPETENT = "incompetent", "Incompetent suitor"
    RESENTFUL = "resentful", "Resentful"
    PREDATORY = "predatory", "Predatory"
    UNCLEAR = "unclear", "Not clear yet"
