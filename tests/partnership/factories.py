"""Referrals and alerts of the police for tests, each with defaults that mean something. Everybody here is invented."""

import itertools
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from tests import staff

from desist.partnership.alerts.models import Alert
from desist.partnership.attachments.models import Attachment
from desist.partnership.referrals.models import Referral
from desist.partnership.reports.models import ExitReport
from desist.post import own
from desist.references import reference
from desist.referral import files

NOW, AREA = staff.NOW, staff.AREA
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


def draft(*, area: str = AREA, **fields: Any) -> Referral:
    """A referral that an officer has begun."""
    defaults = {"programme": PROGRAMME, "started_by": "carol", "started_at": NOW - timedelta(days=11)}
    return Referral.objects.create(area=area, **defaults | fields)


def finished(**fields: Any) -> Referral:
    """A draft with everything answered."""
    return draft(**ANSWERS | fields)


def referral(*, area: str = AREA, **fields: Any) -> Referral:
    """A referral that was sent and waits for the programme's decision."""
    defaults = {
        "state": "sent",
        "thread": f"thread-{next(_numbers)}",
        "sent_at": NOW - timedelta(days=10),
    }
    return finished(area=area, **defaults | fields)


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


def attachment(*, referral: Referral, **fields: Any) -> Attachment:
    """A note attached to a referral, kept with the site's own key."""
    content = b"Reports to the station on Mondays."
    keys, ref = own.keys().current, reference()
    defaults = {
        "ref": ref,
        "name": "note.txt",
        "media": files.Media.TEXT,
        "size": len(content),
        "digest": sha256(content).hexdigest(),
        "key": keys.id,
        "sealed": files.lock(keys=keys, ref=ref, content=content),
        "added_at": NOW,
    }
    return Attachment.objects.create(referral=referral, **defaults | fields)


def report(*, referral: Referral, content: bytes = b"%PDF-1.7 signed", **fields: Any) -> ExitReport:
    """An exit report that came from the programme, kept with the site's own key."""
    keys, ref = own.keys().current, reference()
    defaults = {
        "ref": ref,
        "number": 1,
        "supersedes": 0,
        "signed_at": NOW,
        "received_at": NOW,
        "size": len(content),
        "digest": sha256(content).hexdigest(),
        "key": keys.id,
        "sealed": files.lock(keys=keys, ref=ref, content=content),
    }
    return ExitReport.objects.create(referral=referral, **defaults | fields)
