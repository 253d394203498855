"""Questions about account alerts, each with a frozen answer: names of staff and counts, never a case."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from desist.accounts import queries as accounts
from desist.accounts.alerts import commands
from desist.accounts.alerts.models import AccountAlert
from desist.accounts.alerts.states import EMERGENCIES, Kind, Outcome
from desist.accounts.models import Account
from desist.accounts.policy import Action
from desist.references import spoken
from desist.ui.todo import Line, When
from desist.wall import emergencies, gate, policy
from desist.wall.actors import Actor
from desist.wall.people import are_one_person
from desist.wall.statements import Question

PAGE = 50
FEW = 20
NAME = Subquery(Account.objects.filter(ref=OuterRef("account")).values("name")[:1])


@dataclass(frozen=True)
class Waiting:
    """One open alert as a first page lists it."""

    ref: str
    name: str
    what: str
    count: int
    day: date
    review_by: date | None


@dataclass(frozen=True)
class Row:
    """One alert, with what its review found."""

    ref: str
    name: str
    what: str
    count: int
    day: date
    raised_at: datetime
    last_at: datetime
    outcome: str
    note: str
    closed_by: str
    closed_at: datetime | None
    accesses: tuple["Access", ...]


@dataclass(frozen=True)
class Access:
    """One emergency access: the reference of its case alone, or "" where no case could be opened."""

    spoken: str
    reason: str
    began_at: datetime
    until: datetime
    state: str


def waiting(*, actor: Actor, at: datetime) -> tuple[Waiting, ...]:
    """Open alerts that the actor may look into, the oldest first; an empty answer for every other actor.

    Alerts about the actor's other accounts are left out: an account never reads what others look into about it.
    """
    if actor.role not in policy.rule(Action.SEE_ALERTS).roles:
        return ()
    found = gate.read(actor, Action.SEE_ALERTS, STILL_OPEN, at=at)
    return tuple(
        Waiting(ref, name, str(Kind(kind).label), count, day, _review_by(kind, day))
        for ref, account, name, kind, count, day in found
        if not are_one_person(actor.who, account)
    )


def _still_open(rows: QuerySet[AccountAlert]) -> QuerySet[Any]:
    still = rows.filter(closed_at=None).annotate(name=NAME).order_by("raised_at", "pk")
    return still.values_list("ref", "account", "name", "kind", "count", "day")[:FEW]


STILL_OPEN = Question(AccountAlert, _still_open)


def to_do(*, actor: Actor, at: datetime) -> Iterator[Line]:
    """Yield what waits for an answer, as lines of To do."""
    for one in waiting(actor=actor, at=at):
        times = f" ({one.count} times)" if one.count > 1 else ""
        yield Line(
            words=f"Look into this: {one.name} {one.what}{times}",
            route="accounts:close-alert",
            ref=one.ref,
            by=one.review_by,
            since=one.day,
            when=When.TODAY,
        )


def alerts(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """Open alerts first, then the closed ones, each the newest first; at most PAGE of each."""
    rows = gate.see(actor, Action.SEE_ALERTS, AccountAlert, at=at)
    still = rows.filter(closed_at=None).order_by("raised_at", "pk")[:PAGE]
    over = rows.exclude(closed_at=None).order_by("-closed_at", "pk")[:PAGE]
    return tuple(_row(one, at) for one in (*still, *over) if not are_one_person(actor.who, one.account))


def alert(*, actor: Actor, ref: str, at: datetime) -> Row:
    """One alert, for the person who closes it."""
    one = gate.open(actor, Action.SEE_ALERTS, AccountAlert, ref, at=at).get()
    if are_one_person(actor.who, one.account):
        raise gate.NotFound(ref)
    return _row(one, at)


def to_tell() -> tuple[str, ...]:
    """Alerts that no e-mail told of yet, the oldest first; for the clock."""
    rows = AccountAlert.objects.filter(closed_at=None, told_at=None).order_by("raised_at", "pk")
    return tuple(rows.values_list("ref", flat=True)[:FEW])


def recipients(*, ref: str) -> tuple[str, ...]:
    """The e-mail addresses of every account that may close this alert."""
    rule = policy.rule(Action.CLOSE_ALERT)
    found = []
    for person in accounts.everybody_at_work():
        if person.role not in rule.roles:
            continue
        actor = Actor(who=person.account, role=person.role, area=person.area, correlation=uuid.uuid4())
        alert = AccountAlert.objects.filter(rule.scope(actor), ref=ref).first()
        if alert is not None and not are_one_person(person.account, alert.account):
            found.append(person.email)
    return tuple(dict.fromkeys(found))


def _review_by(kind: str, day: date) -> date | None:
    return emergencies.review_by(day) if kind in EMERGENCIES else None


def _accesses(one: AccountAlert, at: datetime) -> Iterator[Access]:
    """The emergency accesses that an alert is about; none for an alert of another kind."""
    if one.kind not in EMERGENCIES:
        return
    for row in commands.accesses_of(one).order_by("began_at")[:PAGE]:
        now = emergencies.state(
            case=row.case, until=row.until, ended_at=row.ended_at, reviewed_at=row.reviewed_at, at=at
        )
        state = str(now.label)
        yield Access(
            spoken(row.case) if row.case else "", row.reason, row.began_at, row.ended_at or row.until, state
        )


def _row(one: AccountAlert, at: datetime) -> Row:
    return Row(
        ref=one.ref,
        name=accounts.name(ref=one.account),
        what=str(Kind(one.kind).label),
        count=one.count,
        day=one.day,
        raised_at=one.raised_at,
        last_at=one.last_at,
        outcome=str(Outcome(one.outcome).label) if one.outcome else "",
        note=one.note,
        closed_by=accounts.name(ref=one.closed_by) if one.closed_by else "",
        closed_at=one.closed_at,
        accesses=tuple(_accesses(one, at)),
    )
