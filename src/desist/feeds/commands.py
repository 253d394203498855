"""Everything that can happen to the secret address of a calendar."""

import hashlib
import secrets
from datetime import datetime

from desist.accounts.models import Account
from desist.feeds.models import Feed
from desist.feeds.policy import Action
from desist.wall import gate
from desist.wall.actors import Actor


class JustMade(Exception):
    """The same person made an address a moment ago: it is shown once, by what that click led to."""


def make(*, actor: Actor, at: datetime) -> str:
    """Make a new secret address, revoking the one before; returns its token, which is kept nowhere. Raises JustMade."""
    # 256 random bits: guessing is hopeless at any speed, so that nothing counts who tries.
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
    """From now on the address answers like one that never was; revoking it twice changes nothing."""
    with gate.change(actor, Action.REVOKE_FEED, Feed, ref, at=at) as row:
        row.revoked_at = row.revoked_at or at
        row.save(update_fields=["revoked_at"])


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
