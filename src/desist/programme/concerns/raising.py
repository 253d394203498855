"""How a concern is written down and the other side alerted, whatever led to it."""

from datetime import datetime
from typing import TYPE_CHECKING

from desist import codes
from desist.post import payloads
from desist.programme.concerns.models import Concern
from desist.programme.referrals import commands as referrals
from desist.programme.referrals.models import Referral
from desist.programme.sessions.models import Session

if TYPE_CHECKING:
    from desist.programme.concerns.commands import Raised


def keep(
    *,
    referral: Referral,
    raised: "Raised",
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
