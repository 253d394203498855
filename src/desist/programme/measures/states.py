"""The codes of a measure: when in the work it was taken, how it came here, and what a safety check ended in."""

from django.db.models import TextChoices


class Occasion(TextChoices):
    """Where in the work a measure belongs. Change is counted from the baseline."""

    BASELINE = "baseline", "Baseline"
    MID = "mid", "Mid review"
    CLOSING = "closing", "Closing"
    SIX_MONTHS = "six_months", "Follow-up at 6 months"
    TWELVE_MONTHS = "twelve_months", "Follow-up at 12 months"
    BETWEEN = "between", "In between"


class SafetyOutcome(TextChoices):
    """What a safety check ends in. A concern always leads to a person."""

    NOTHING = "nothing", "No thought of acting on it"
    PLAN = "plan", "We made a plan to stay safe"
    CONCERN = "concern", "A concern: I told somebody"
