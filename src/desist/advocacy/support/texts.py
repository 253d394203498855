"""The texts of a client's referral to an agency, as frozen answers: kept locked with the client's own key."""

from dataclasses import dataclass

REFERRED, NEWS = "referral to an agency", "what an agency said"


@dataclass(frozen=True)
class Referred:
    """How the agency can reach the client safely, and what it is told."""

    reach: str
    told: str
