"""People with a phone each, in a programme's database: `python -m tools.bench.participant_work NUMBER` prints their tokens."""

import json
import secrets
import sys
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import django

PIN = "258147"


def digest(said: str) -> str:
    """The digest under which the functions of the phones keep a secret."""
    return sha256(said.encode()).hexdigest()


def make(number: int) -> list[str]:
    """Take people on, each with a phone that has begun; return the tokens of the phones."""
    from desist.programme.episodes.models import Episode  # noqa: PLC0415  after setup
    from desist.programme.phones.models import Phone  # noqa: PLC0415  as above
    from desist.programme.plans.between.models import BetweenSessions  # noqa: PLC0415  as above
    from desist.programme.referrals.models import Referral  # noqa: PLC0415  as above

    at = datetime.now(UTC)
    since = at - timedelta(days=30)
    referrals = Referral.objects.bulk_create(Referral(**_referral(one, since)) for one in range(number))
    known = {"area": "bench", "opened_at": since, "state": "in_sessions"}
    episodes = Episode.objects.bulk_create(Episode(referral=one, **known) for one in referrals)
    BetweenSessions.objects.bulk_create(
        BetweenSessions(episode=one, set_by="bench", set_at=since) for one in episodes
    )
    tokens = [secrets.token_urlsafe(32) for _ in episodes]
    Phone.objects.bulk_create(
        Phone(
            episode=episode,
            invitation=digest(f"invitation {token}"),
            until=since,
            submission=digest(f"submission {token}"),
            invited_by="bench",
            invited_at=since,
            device=digest(token),
            pin=digest(token + PIN),
            began_at=since,
        )
        for episode, token in zip(episodes, tokens, strict=True)
    )
    return tokens


def _referral(number: int, since: datetime) -> dict[str, Any]:
    lists = ("orders", "need_kinds", "risk_kinds", "risk_to", "methods")
    return {
        **{name: ["none"] for name in lists}, "area": "bench", "partner": "bench-police", "thread": f"thread-{number}",
        "completed_at": since, "received_at": since, "given_names": "Robin", "family_name": f"Example {number}",
        "born": date(1990, 2, 28), "route": "police_voluntary", "legal_basis": "agreement", "proceedings": "none",
        "behaviours": ["following"], "channels": ["in_person"], "relationship": "ex_partner",
        "contact_by": "through_referrer", "lives_in": "own", "offence_kind": "none", "risk_tool": "none",
        "referrer_kind": "police", "offence": "None", "behaviour_account": "Followed.", "referrer_name": "Ash Vale",
        "referrer_phone": "01632 960 000", "state": "accepted", "decided_by": "bench", "decided_at": since,
    }  # fmt: skip


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(make(int(sys.argv[1]))))
