"""Referrals of the police for tests, each with defaults that mean something. Everybody here is invented."""

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

from desist.accounts.models import Account, RoleGrant
from desist.partnership.alerts.models import Alert
from desist.partnership.referrals.models import Referral
from desist.wall.actors import Role

NOW = datetime(2026, 3, 3, 14, 30, tzinfo=UTC)
AREA = "northmere"
PROGRAMME = "northmere-programme"

_numbers = itertools.count(1)
ANSWERS: dict[str, Any] = {
    "given_names": "Robin",
    "family_name": "Example",
    "born": date(1990, 2, 28),
    "contact_by": "through_referrer",
    "route": "police_voluntary",
    "legal_basis": "agreement",
    "proceedings": "none",
    "behaviours": ["following"],
    "channels": ["in_person"],
    "methods": ["none"],
    "relationship": "ex_partner",
    "behaviour_account": "Followed on three days.",
    "offence_kind": "stalking",
    "orders": ["restraining 2027-03-01"],
    "need_kinds": ["none"],
    "risk_kinds": ["none"],
    "referrer_kind": "police",
    "referrer_name": "Officer Ash Vale",
    "referrer_phone": "01632 960 000",
}


def account(*, name: str = "Rowan Marlow", **fields: Any) -> Account:
    """Somebody who can sign in."""
    defaults = {"email": f"officer{next(_numbers)}@example.org", "invited_at": NOW}
    return Account.objects.create(name=name, **defaults | fields)


def grant(*, account: Account, role: Role = Role.OFFICER, area: str = AREA) -> RoleGrant:
    """The role an account holds in an area."""
    return RoleGrant.objects.get_or_create(
        account=account,
        role=role.value,
        area=area,
        ended_at=None,
        defaults={"given_by": "carol", "given_at": NOW},
    )[0]


def draft(*, area: str = AREA, **fields: Any) -> Referral:
    """A referral with nothing answered."""
    defaults = {"programme": PROGRAMME, "started_by": "officer", "started_at": NOW - timedelta(days=2)}
    return Referral.objects.create(area=area, **defaults | fields)


def finished(**fields: Any) -> Referral:
    """A draft with everything answered."""
    return draft(**ANSWERS | fields)


def sent(**fields: Any) -> Referral:
    """A referral that the programme has not decided."""
    defaults = {"state": "sent", "sent_at": NOW - timedelta(days=1), "thread": f"thread-{next(_numbers)}"}
    return finished(**defaults | fields)


def alert(*, referral: Referral, **fields: Any) -> Alert:
    """An alert about somebody referred, that waits."""
    defaults = {
        "reason": "concern",
        "contact": "01632 960009",
        "raised_at": NOW,
        "received_at": NOW,
        "due_at": NOW + timedelta(hours=1),
    }
    return Alert.objects.create(referral=referral, area=referral.area, **defaults | fields)
