"""The codes of a measure: when in the work it was taken, how it came here, and how a safety check ended."""

from django.db.models import TextChoices


class Occasion(TextChoices):
    """The place of a measure in the work. Change is counted from the baseline."""

    BASELINE = "baseline", "Baseline"
    MID = "mid", "Mid review"
    CLOSING = "closing", "Closing"
    SIX_MONTHS = "six_months", "Follow-up at 6 months"
    TWELVE_MONTHS = "twelve_months", "Follow-up at 12 months"
    BETWEEN = "between", "Other"


class SafetyOutcome(TextChoices):
    """The outcome of a safety check. A concern always leads to a person."""

    NOTHING = "nothing", "No intention to act"
    PLAN = "plan", "We made a plan to stay safe"
    CONCERN = "concern", "A concern: I told someone"
