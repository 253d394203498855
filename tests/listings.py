"""Entries of an area's directory of agencies, as they arrive at the services that read it."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from desist.post import payloads
from desist.post.handlers import Received
from desist.wall import actors


def listing(*, area: str, **changes: Any) -> payloads.AgencyListing:
    """An entry of an agency that reads its referrals in Desist."""
    return payloads.AgencyListing(
        **{
            "agency": "theirs1",
            "area": area,
            "name": "Harbour Debt Advice",
            "needs": ("money",),
            "helps": "Adults.",
            "phone": "01632 960 500",
            "hours": "Weekdays",
            "languages": "Welsh",
            "how": "Ring first.",
            "capacity": "waiting",
            "agreement_ends_on": "",
            "checked_on": timezone.localdate(),
            "stands": True,
            **changes,
        }
    )


def arrived(
    payload: payloads.Payload, *, sender: str, thread: str = "listing", at: datetime | None = None
) -> Received:
    """An envelope that was opened and checked."""
    return Received(payload, thread, sender, at or timezone.now(), actors.post())


def answer(what: str, words: str = "") -> payloads.SupportAnswer:
    """What an agency says, today."""
    return payloads.SupportAnswer(what, timezone.localdate(), words, timezone.now())
