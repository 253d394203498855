"""Questions about nudges: which account gets one, which wait, and what the reader sees."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max, Q

from desist.accounts import mail
from desist.accounts import queries as accounts
from desist.accounts.queries import AtWork
from desist.programme.service.nudges.models import Nudge, NudgeChoice
from desist.programme.service.nudges.policy import Action
from desist.programme.service.nudges.sources import SOURCES, Source
from desist.programme.service.nudges.states import ROLES, Kind, State
from desist.wall import gate, policy
from desist.wall.actors import Actor

PAGE = 20


@dataclass(frozen=True)
class Due:
    """An account that is to be told that something waits, and why."""

    account: str
    kinds: tuple[Kind, ...]


@dataclass(frozen=True)
class NudgeRow:
    """One message; `state` in words, and the last failure."""

    name: str
    state: str
    made_at: datetime
    done_at: datetime | None
    tries: int
    next_try_at: datetime | None  # while it waits
    failed: bool


@dataclass(frozen=True)
class NudgesPage:
    """The e-mails of an account, and its choices."""

    email: str
    kinds: tuple[tuple[str, str], ...]
    wanted: tuple[str, ...]
    rows: tuple[NudgeRow, ...]
    as_files: bool


def due(*, at: datetime) -> tuple[Due, ...]:
    """Return every account with something waiting since its last sign-in, of a kind not told since then.

    No actor looks at a row here: the result says only that something waits, and so there is no event.
    """
    people = accounts.everybody_at_work()
    told, unwanted = _told(people), _unwanted()
    kinds: dict[str, set[Kind]] = {}
    for source in SOURCES:
        readers = [
            one
            for one in people
            if one.role in ROLES[source.kind]
            and source.kind not in told.get(one.account, frozenset())
            and source.kind not in unwanted.get(one.account, frozenset())
        ]
        for reader in _with_news(source, readers, at):
            kinds.setdefault(reader.account, set()).add(source.kind)
    return tuple(Due(account, tuple(sorted(found))) for account, found in sorted(kinds.items()))


def waiting(*, at: datetime) -> tuple[str, ...]:
    """Return the messages whose next try has come, the oldest first."""
    rows = Nudge.objects.filter(state=State.WAITING, next_try_at__lte=at).order_by("next_try_at", "pk")
    return tuple(rows.values_list("ref", flat=True))


def own(*, actor: Actor, at: datetime) -> NudgesPage:
    """Return the account's own choices and last messages."""
    rows = gate.see(actor, Action.SEE_NUDGES, Nudge, at=at).order_by("-made_at", "-pk")[:PAGE]
    contact = accounts.contact(ref=actor.who)
    unwanted = _unwanted().get(actor.who, frozenset())
    kinds = [kind for kind in Kind if actor.role in ROLES[kind]]
    return NudgesPage(
        email=contact.email,
        kinds=tuple((kind.value, str(kind.label)) for kind in kinds),
        wanted=tuple(kind.value for kind in kinds if kind not in unwanted),
        rows=tuple(_row(row, contact.name) for row in rows),
        as_files=mail.as_files(),
    )


def failing(*, actor: Actor, at: datetime) -> tuple[NudgeRow, ...]:
    """Return messages that were not sent at once, given up or tried again, the newest first."""
    rows = gate.see(actor, Action.SEE_FAILING_NUDGES, Nudge, at=at).exclude(failure="")
    stuck = rows.filter(state__in=[State.WAITING, State.GIVEN_UP]).order_by("-made_at", "-pk")[:PAGE]
    return tuple(_row(row, accounts.name(ref=row.account)) for row in stuck)


def _with_news(source: Source, readers: Sequence[AtWork], at: datetime) -> list[AtWork]:
    """Return the readers for whom a source has something newer than their last sign-in."""
    if not readers:
        return []
    rows = source.model._default_manager
    earliest = min(one.since for one in readers)
    newest = rows.filter(source.between(earliest, at)).aggregate(last=Max(F(source.field)))["last"]
    if newest is None:
        return []
    late = [one for one in readers if one.since < source.counts_from(newest)]
    return [one for one in late if rows.filter(_theirs(source, one, at)).exists()]


def _theirs(source: Source, reader: AtWork, at: datetime) -> Q:
    actor = Actor(who=reader.account, role=reader.role, area=reader.area, correlation=uuid.uuid4())
    scope = policy.rule(source.action).scope(actor)
    return scope & source.between(reader.since, at) & source.own(actor)


def _told(people: Sequence[AtWork]) -> Mapping[str, frozenset[Kind]]:
    """Return account -> the kinds it was told of since it last signed in."""
    since = {one.account: one.since for one in people}
    if not since:
        return {}
    rows = Nudge.objects.filter(made_at__gte=min(since.values()))
    found: dict[str, frozenset[Kind]] = {}
    for account, made_at, kinds in rows.values_list("account", "made_at", "kinds"):
        if account in since and made_at >= since[account]:
            found[account] = found.get(account, frozenset()) | {Kind(kind) for kind in kinds}
    return found


def _unwanted() -> Mapping[str, frozenset[Kind]]:
    """Return account -> the kinds it does not want."""
    rows = NudgeChoice.objects.values_list("account", "unwanted")
    return {account: frozenset(map(Kind, kinds)) for account, kinds in rows}


def _row(row: Nudge, name: str) -> NudgeRow:
    return NudgeRow(
        name=name,
        state=str(State(row.state).label),
        made_at=row.made_at,
        done_at=row.done_at,
        tries=row.tries,
        next_try_at=row.next_try_at if row.state == State.WAITING else None,
        failed=bool(row.failure) and row.state != State.SENT,
    )
