"""The content behind a calendar's secret address, and its owner's page about it.

A zone names in settings.DESIST_FEED the module that fills its calendars: `entries(owner=, at=)` and the words SAYS.
"""

import hashlib
import importlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, cast

from django.conf import settings

from desist.accounts.models import RoleGrant
from desist.feeds import calendar
from desist.feeds.calendar import Entry
from desist.feeds.commands import digest
from desist.feeds.models import Feed
from desist.feeds.policy import OWNERS, Action
from desist.wall import actors, gate
from desist.wall.actors import Actor, Role


class Filling(Protocol):
    """The module that fills the calendars of a zone."""

    SAYS: str  # what a reader of the address learns, in words for its owner

    def entries(self, *, owner: Actor, at: datetime) -> Iterable[Entry]:
        """The entries of one person's calendar, in one of their roles."""
        ...


@dataclass(frozen=True)
class Row:
    """The actor's own address, which cannot be shown again."""

    ref: str
    made_at: datetime


@dataclass(frozen=True)
class Page:
    """The content of a calendar, and the address in use; None while there is none."""

    says: str
    row: Row | None


def own(*, actor: Actor, at: datetime) -> Page:
    """The actor's own calendar."""
    rows = gate.see(actor, Action.SEE_FEED, Feed, at=at).filter(revoked_at=None)
    found = rows.values_list("ref", "made_at").first()
    return Page(_filling().SAYS, Row(*found) if found else None)


def ics(*, token: str, at: datetime) -> bytes:
    """The calendar behind an address. Raises gate.NotFound alike for a revoked address and an unknown one.

    Every request leaves an audit event, under the owner's name where there is one.
    """
    kept = digest(token)
    ref, account = Feed.objects.filter(digest=kept).values_list("ref", "account").first() or ("", "unknown")
    owners = _owners(account)
    # An account that left this site has no calendar either.
    row = gate.open(actors.entrance(account), Action.READ_FEED, Feed, ref if owners else "", at=at).get()
    filling = _filling()
    found = {
        one.key: replace(one, key=_key(row, one.key))
        for owner in owners
        for one in filling.entries(owner=owner, at=at)
    }
    return calendar.written(found.values(), at=at)


def _filling() -> Filling:
    return cast("Filling", importlib.import_module(settings.DESIST_FEED))


def _owners(account: str) -> list[Actor]:
    """The account in each of its present roles with a calendar."""
    grants = RoleGrant.objects.filter(
        account__ref=account, account__left_at=None, role__in=OWNERS, ended_at=None
    )
    found = grants.order_by("pk").values_list("role", "area")
    return [Actor(who=account, role=Role(role), area=area, correlation=uuid.uuid4()) for role, area in found]


def _key(row: Feed, key: str) -> str:
    """A key that stays equal for an entry at every request, and that reveals no reference."""
    return hashlib.sha256(f"{row.digest} {key}".encode()).hexdigest()[:32]
