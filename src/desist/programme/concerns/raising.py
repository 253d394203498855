"""How a concern is written down and the other side alerted, whatever led to it."""

from dataclasses import dataclass
from datetime import datetime

from desist import codes
from desist.post import payloads
from desist.programme.concerns.models import Concern
from desist.programme.referrals import commands as referrals
from desist.programme.referrals.models import Referral
from desist.programme.sessions.models import Session


@dataclass(frozen=True)
class Raised:
    """What whoever raises it says. `contact` is the number that the other side calls; everything else stays here."""

    what: str
    told_whom: str
    told_at: datetime
    answer: str
    contact: str


def keep(
    *,
    referral: Referral,
    raised: Raised,
    submission: str,
    by: str,
    at: datetime,
    session: Session | None = None,
) -> Concern:
    """Write a concern down and alert the other side without a word of it, in the transaction of what led to it."""
    concern: Concern = referral.concerns.create(
        session=session,
        what=raised.what,
        told_whom=raised.told_whom,
        told_at=raised.told_at,
        answer=raised.answer,
        contact=raised.contact,
        submission=submission,
        raised_by=by,
        raised_at=at,
    )
    alert = payloads.Alert(reason=codes.AlertReason.CONCERN.value, contact=raised.contact, raised_at=at)
    referrals.tell(referral, alert, at=at)
    return concern
