"""The changes of a calendar's secret address."""

import hashlib
import secrets
from datetime import datetime

from desist.accounts.models import Account
from desist.feeds.models import Feed
from desist.feeds.policy import Action
from desist.wall import gate
from desist.wall.actors import Actor


class JustMade(Exception):
    """The account made an address a moment ago; the page of that click shows it."""


def make(*, actor: Actor, at: datetime) -> str:
    """Make a new secret address and revoke the earlier one; return its token, which is not kept. Raises JustMade."""
    # 256 random bits: guessing is hopeless at any speed, so tries are not counted.
    token = secrets.token_urlsafe(32)
    row = Feed(account=actor.who, digest=digest(token), made_at=at, revoked_at=at)
    with gate.create(actor, Action.MAKE_FEED, row, at=at):
        # Locked, so that of two made at once one is left.
        Account.objects.select_for_update(no_key=True).get(ref=actor.who)
        standing = Feed.objects.filter(account=actor.who, revoked_at=None)
        if standing.filter(made_at__gt=at - gate.SECOND_CLICK).exists():
            raise JustMade(actor.who)
        standing.update(revoked_at=at)
        row.revoked_at = None
        row.save(update_fields=["revoked_at"])
    return token


def revoke(*, actor: Actor, ref: str, at: datetime) -> None:
    """Revoke the address, which then answers like an unknown one; revoking it twice changes nothing."""
    with gate.change(actor, Action.REVOKE_FEED, Feed, ref, at=at) as row:
        row.revoked_at = row.revoked_at or at
        row.save(update_fields=["revoked_at"])


def digest(token: str) -> str:
    """The digest under which a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
