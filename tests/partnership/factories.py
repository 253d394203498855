"""Referrals and alerts of the police for tests, each with defaults that mean something. Everybody here is invented."""

import itertools
from datetime import date, timedelta
from typing import Any

from tests import staff

from desist.partnership.alerts.models import Alert
from desist.partnership.referrals.models import Referral

NOW, AREA = staff.NOW, staff.AREA
PROGRAMME = "northmere-programme"

_numbers = itertools.count(1)


def draft(*, area: str = AREA, **fields: Any) -> Referral:
    """A referral that an officer has begun."""
    defaults = {"programme": PROGRAMME, "started_by": "carol", "started_at": NOW - timedelta(days=11)}
    return Referral.objects.create(area=area, **defaults | fields)


def referral(*, area: str = AREA, **fields: Any) -> Referral:
    """A referral that was sent and waits for the programme's decision."""
    defaults = {
        "state": "sent",
        "thread": f"thread-{next(_numbers)}",
        "sent_at": NOW - timedelta(days=10),
        "given_names": "Robin",
        "family_name": "Example",
        "born": date(1990, 2, 28),
        "route": "police_voluntary",
        "legal_basis": "agreement",
        "proceedings": "none",
        "behaviours": ["following"],
        "relationship": "ex_partner",
        "offence": "None",
        "behaviour_account": "Followed on three days.",
        "referrer_name": "Officer Ash Vale",
        "referrer_phone": "01632 960 000",
    }
    return draft(area=area, **defaults | fields)


def alert(*, referral: Referral, **fields: Any) -> Alert:
    """An alert that nobody has taken up."""
    defaults = {
        "area": referral.area,
        "reason": "concern",
        "contact": "01632 960 009",
        "raised_at": NOW,
        "received_at": NOW,
        "due_at": NOW + timedelta(minutes=30),
    }
    return Alert.objects.create(referral=referral, **defaults | fields)
