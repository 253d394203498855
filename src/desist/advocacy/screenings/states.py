"""The tools whose result may be recorded: slots only, by their name. No text of a tool is kept and nothing is summed."""

from django.db.models import TextChoices

from desist.codes import RiskTool

TOOLS = [pair for pair in RiskTool.choices if pair[0] != RiskTool.NONE]


class Source(TextChoices):
    """The service that screened."""

    HERE = "here", "Recorded here"
    POLICE = "police", "From the police, with the referral"
