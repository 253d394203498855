"""The tools whose judgement may be recorded. Slots only: no text of any tool is here, and no result is ever summed."""

from django.db.models import TextChoices


class Tool(TextChoices):
    """A licensed or published tool, by its name alone; the site holds the licence and the form."""

    SAM = "sam", "Stalking Assessment and Management (SAM)"
    SRP = "srp", "Stalking Risk Profile (SRP)"
    SASH = "sash", "Screening Assessment for Stalking and Harassment (SASH)"
    SST = "sst", "Stalking Screening Tool (SST)"
    DASH = "dash", "DASH"
    S_DASH = "s_dash", "S-DASH"
    DARA = "dara", "DARA"
    OTHER = "other", "Another tool, named with its version"
