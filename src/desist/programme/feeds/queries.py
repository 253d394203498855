"""What the secret address of a calendar tells, and what its owner is told about it."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from psycopg.types.range import DateRange

from desist.accounts.models import RoleGrant
from desist.programme.absences.models import Leave
from desist.programme.feeds import calendar
from desist.programme.feeds.commands import digest
from desist.programme.feeds.models import Feed
from desist.programme.planning_policy import Action
from desist.programme.sessions.models import Session
from desist.wall import actors, gate
from desist.wall.actors import Actor, Role

#: how far the calendar reaches back and ahead
BACK, AHEAD = timedelta(days=31), timedelta(days=400)


@dataclass(frozen=True)
class Row:
    """One's own address, which cannot be shown again."""

    ref: str
    made_at: datetime


def own(*, actor: Actor, at: datetime) -> Row | None:
    """The address that is in use; None while there is none."""
    rows = gate.see(actor, Action.SEE_FEED, Feed, at=at).filter(revoked_at=None)
    found = rows.values_list("ref", "made_at").first()
    return Row(*found) if found else None


def ics(*, token: str, at: datetime) -> bytes:
    """The calendar behind an address. Raises gate.NotFound, alike for one that was revoked and one that never was.

    Every request leaves an audit event, under the owner's name where there is one.
    """
    kept = digest(token)
    ref, account = Feed.objects.filter(digest=kept).values_list("ref", "account").first() or ("", "unknown")
    works = RoleGrant.objects.filter(
        account__ref=account, account__left_at=None, role=Role.PRACTITIONER, ended_at=None
    ).exists()
    # Somebody who works here no longer has no calendar either.
    row = gate.open(actors.entrance(account), Action.READ_FEED, Feed, ref if works else "", at=at).get()
    return calendar.written(_busy(row, at), at=at)


def _busy(row: Feed, at: datetime) -> list[calendar.Busy]:
    sessions = Session.objects.filter(
        practitioner__ref=row.account,
        state__in=["planned", "attended"],
        period__endswith__gt=at - BACK,
        period__startswith__lt=at + AHEAD,
    )
    found = [
        calendar.Busy(_key(row, ref), period.lower.astimezone(UTC), period.upper.astimezone(UTC))
        for ref, period in sessions.order_by("period").values_list("ref", "period")
    ]
    days = DateRange((at - BACK).date(), (at + AHEAD).date())
    leave = Leave.objects.filter(practitioner__ref=row.account, removed_at=None, days__overlap=days)
    found += [
        calendar.Busy(_key(row, ref), days.lower, days.upper)
        for ref, days in leave.order_by("days").values_list("ref", "days")
    ]
    return found


def _key(row: Feed, ref: str) -> str:
    """The same for the same row at every request, and no reference that anybody could look up."""
    return hashlib.sha256(f"{row.digest} {ref}".encode()).hexdigest()[:32]
