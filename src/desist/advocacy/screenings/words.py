"""The locked words of a screening."""

from dataclasses import dataclass

SCREENING, STRUCK = "screening", "why a screening was struck"


@dataclass(frozen=True)
class Words:
    """A tool's result in its own words. `version` names the tool too where it is another one."""

    version: str
    result: str
    rater: str
    reasons: str = ""
