"""Questions about locators, each with a frozen answer. It holds a value only while the value is revealed."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from desist.accounts import queries as accounts
from desist.advocacy.vault import boxes, limits
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.vault.models import Allowance, Locator, PersonKey, Reveal
from desist.advocacy.vault.policy import Action
from desist.advocacy.vault.states import PLACES, WORDS, Kind, Limit
from desist.advocacy.victims.models import Victim
from desist.post import own
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor, Role

#: the kinds that a call opens: ways to reach a client, not places
CALLED = (Kind.PHONE.value, Kind.EMAIL.value)
FEW = 20


@dataclass(frozen=True)
class Line:
    """One locator: masked, unless `until` says how long its value is in sight."""

    ref: str
    kind: str
    label: str
    words: str
    added_at: datetime
    ended_at: datetime | None
    is_place: bool
    post_safe_at: datetime | None
    value: str = field(repr=False)
    until: datetime | None


@dataclass(frozen=True)
class Stopped:
    """A colleague who reached one of today's limits."""

    account: str
    name: str
    limit: Limit
    count: int

    @property
    def words(self) -> str:
        """ "Fable Trelissick: 12 reveals today"."""
        return f"{self.name}: {self.count} {self.limit.label.lower()} today"


def lines(*, actor: Actor, victim: Victim, at: datetime) -> tuple[Line, ...]:
    """The locators of a client whom the gate let through; ended ones come last."""
    opened = _in_sight(actor, victim, at)
    try:
        box = vault.box(person=victim.ref)
    except boxes.Shredded:
        return ()
    found = []
    for row in Locator.objects.filter(victim=victim).order_by("ended_at", "kind", "added_at"):
        until = opened.get(row.pk) or (opened.get(0) if row.kind in CALLED and not row.ended_at else None)
        found.append(
            Line(
                ref=row.ref,
                kind=row.kind,
                label=Kind(row.kind).label,
                words=WORDS[Kind(row.kind)],
                added_at=row.added_at,
                ended_at=row.ended_at,
                is_place=row.kind in PLACES,
                post_safe_at=row.post_safe_at,
                value=boxes.value(box, row) if until else "",
                until=until,
            )
        )
    return tuple(sorted(found, key=lambda line: line.ended_at is not None))


def stopped(*, actor: Actor, at: datetime) -> tuple[Stopped, ...]:
    """The area's colleagues who reached a limit today. A second person can allow them more."""
    given = gate.see(actor, Action.ALLOW_MORE, Allowance, at=at).filter(day=dates.day_of(at))
    more: Counter[tuple[str, str]] = Counter()
    for account, limit, count in given.values_list("account", "limit", "more"):
        more[account, limit] += count
    counted = [
        (Limit.REVEALS, vault.revealed_today(at=at), limits.BUDGET),
        (Limit.CALLS, vault.opened_today(at=at), settings.DESIST_CALLS_A_DAY),
        (Limit.REFUSALS, vault.refused(since=vault.morning(at)), limits.REFUSED_A_DAY),
        (Limit.REFUSALS, vault.refused(since=at - limits.HOUR), limits.REFUSED_AN_HOUR),
    ]
    found = {
        (account, limit): Stopped(account, name, limit, counts[account])
        for role in (Role.ADVOCATE, Role.ADVOCACY_MANAGER)
        for account, name in accounts.holders(role=role, area=actor.area)
        for limit, counts, most in counted
        if account != actor.who and counts.get(account, 0) >= most + more[account, limit]
    }
    return tuple(found.values())


def lost_keys() -> tuple[str, ...]:
    """Key sets that wrap a client's key here and that this site does not have."""
    wrapping: QuerySet[PersonKey, str] = PersonKey.objects.filter(destroyed_at=None).values_list(
        "keys", flat=True
    )
    known = {keys.id for keys in own.keys().sets}
    return tuple(sorted(set(wrapping.distinct()) - known))


def ways(*, victim: Victim, box: Box) -> tuple[tuple[str, str], ...]:
    """A client's telephone numbers and e-mail addresses in clear, for the sealed duty sheet alone."""
    rows = Locator.objects.filter(victim=victim, kind__in=CALLED, ended_at=None).order_by("kind", "added_at")
    return tuple((row.kind, boxes.value(box, row)) for row in rows)


def _in_sight(actor: Actor, victim: Victim, at: datetime) -> dict[int, datetime]:
    """Key of a locator (0 for a call) -> the moment until which this actor sees it."""
    now = Reveal.objects.filter(Q(until__gt=at), victim=victim, by=actor.who, at__lte=at).order_by("until")
    return {locator or 0: until for locator, until in now.values_list("locator", "until")}


def destroyed() -> list[tuple[str, datetime]]:
    """The persons whose key was destroyed, and when."""
    found = PersonKey.objects.filter(destroyed_at__isnull=False).order_by("destroyed_at")
    return [(person, at) for person, at in found.values_list("person", "destroyed_at") if at]
