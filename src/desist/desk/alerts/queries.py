"""Questions about alerts, each with a frozen answer."""

import uuid
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from desist import codes
from desist.accounts import queries as accounts
from desist.desk.alerts.models import Alert
from desist.desk.alerts.states import Way
from desist.desk.duty import queries as duty
from desist.desk.policy import DUTY, Action
from desist.post.models import Partner
from desist.post.troubles import queries as troubles
from desist.references import spoken
from desist.sites import Zone
from desist.ui import todo
from desist.ui.todo import Line, When
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.places import rows_that_wait
from desist.wall.statements import Instances, Question, Slot, Statement, among

PAGE = 50
FEW = 20  # overdue at once; the rest at the next turn of the clock
#: own zone -> the page of the case that an alert is about
CASES = {
    Zone.PROGRAMME: "referrals:referral",
    Zone.PARTNERSHIP: "referrals:referral",
    Zone.ADVOCACY: "victims:victim",
}
#: the alerts that wait here to be acknowledged
WAITING = rows_that_wait(Alert, Q(acknowledged_at=None, way=Way.IN))
#: the police know a side of an advocate's own alert, and no referral
SIDE = "pairs:side"


@dataclass(frozen=True)
class Row:
    """One alert. `partner` and `phone` are the other organisation's; `route` leads to the case."""

    ref: str
    case: str
    spoken: str
    route: str
    to_us: bool
    partner: str
    phone: str
    reason: str
    contact: str
    raised_at: datetime
    due_at: datetime
    late: bool
    handed_over: bool  # no: what was sent is not yet where the partner can read it, although it is late
    escalated_at: datetime | None
    acknowledged_at: datetime | None
    note: str


@dataclass(frozen=True)
class Call:
    """One telephone call about an alert that no account took up in time."""

    whom: str
    answer: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Received:
    """An alert by its moments alone, and the account that took it up."""

    received_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str


@dataclass(frozen=True)
class Page:
    """One alert, the numbers to ring about it, and the calls that were made."""

    row: Row
    duty: tuple[duty.Number, ...]
    calls: tuple[Call, ...]


def alerts(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """Alerts that wait to be taken up first, then the newest taken up; at most PAGE."""
    rows = gate.see(actor, Action.SEE_ALERTS, Alert, at=at)
    waiting = rows.filter(acknowledged_at=None).order_by("due_at")
    taken = rows.exclude(acknowledged_at=None).order_by("-acknowledged_at")
    return _rows([*waiting[:PAGE], *taken[:PAGE]][:PAGE], actor, at)


def waiting(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """Alerts that wait here, and alerts of ours that a partner did not get or take up in time; the most urgent first."""
    if actor.role not in DUTY:
        return ()
    found = _rows(gate.whole(actor, Action.SEE_ALERTS, NOT_TAKEN, OF_KEYS, at=at), actor, at)
    return tuple(one for one in found if one.to_us or one.late or not one.handed_over)


def _not_taken(rows: QuerySet[Alert]) -> QuerySet[Any]:
    return rows.filter(acknowledged_at=None).order_by("due_at").values_list("pk")[:PAGE]


NOT_TAKEN = Question(Alert, _not_taken)
OF_KEYS = Instances(lambda: Alert.objects.filter(pk__in=among("keys")).order_by("due_at"), "*")


def to_do(
    *,
    actor: Actor,
    at: datetime,
    named: Callable[[Collection[str]], Mapping[str, str]],
    besides: Collection[str] = (),
) -> Iterator[Line]:
    """The lines of a first page: whom to ring now. `named` finds the names of cases; those of `besides` are told already."""
    rows = [one for one in waiting(actor=actor, at=at) if one.case not in besides]
    names = named([one.case for one in rows]) if rows else {}
    for one in rows:
        who = names.get(one.case, "")
        late = one.late or not one.handed_over
        line = Line(
            words="acknowledge the alert"
            if not late
            else "ring each number until someone answers: nobody has acknowledged the alert",
            route="alerts:alert" if late else "alerts:acknowledge",
            ref=one.ref,
            name=who or one.spoken,
            spoken=one.spoken if who else "",
            by=one.due_at,
            when=When.NOW,
            now=late,
        )
        if not one.to_us:
            what = (
                "nobody has acknowledged the alert"
                if one.handed_over
                else "they have not been sent the alert"
            )
            line = line.but(
                words=f"Ring {one.partner} now,",
                number=one.phone,
                then=f"{what} about {line.name}",
                clock=todo.span(one.raised_at, at),
            )
        yield line


def alert(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One alert, with everything that its page shows."""
    one = gate.open(actor, Action.RING, Alert, ref, at=at).get()
    calls = one.rings.order_by("at")
    return Page(
        row=_rows([one], actor, at)[0],
        duty=duty.current(actor=actor, at=at),
        calls=tuple(Call(call.whom, call.answer, accounts.name(ref=call.by), call.at) for call in calls),
    )


def of_cases(*, actor: Actor, cases: Collection[str], most: int, at: datetime) -> tuple[Row, ...]:
    """The newest alerts about cases, for a page whose look the gate recorded."""
    rows = Alert.objects.filter(policy.rule(Action.SEE_ALERTS).scope(actor), case__in=cases)
    return _rows(list(rows.order_by("-raised_at", "-pk")[:most]), actor, at)


def untaken(*, case: str) -> str:
    """The most urgent alert about a case that nobody acknowledged, "" for none; for a page whose case the gate opened."""
    return next((ref for (ref,) in UNTAKEN.rows(case=case)), "")


def _untaken() -> QuerySet[Any]:
    rows = Alert.objects.filter(case=Slot("case"), way=Way.IN, acknowledged_at=None)
    return rows.order_by("due_at", "pk").values_list("ref")[:1]


UNTAKEN = Statement(_untaken)


def received(*, case: str) -> tuple[Received, ...]:
    """Alerts about a case that this site received, for any reason; for a history whose case the gate opened."""
    rows = Alert.objects.filter(case=case, way=Way.IN).order_by("received_at")
    return tuple(Received(one.received_at, one.acknowledged_at, one.acknowledged_by) for one in rows)


def overdue(*, at: datetime) -> tuple[str, ...]:
    """Alerts whose clock ran out and that were not escalated yet, the oldest first; for the clock."""
    rows = Alert.objects.filter(acknowledged_at=None, escalated_at=None, due_at__lte=at).order_by("due_at")
    return tuple(rows.values_list("ref", flat=True)[:FEW])


def on_duty(*, ref: str) -> tuple[str, ...]:
    """The addresses of accounts that may take this alert up: an account excluded from the case learns nothing."""
    one = Alert.objects.get(ref=ref)
    rule = policy.rule(Action.ACKNOWLEDGE_ALERT)
    found = []
    for person in accounts.everybody_at_work():
        if person.role not in rule.roles or person.area != one.area:
            continue
        actor = Actor(who=person.account, role=person.role, area=one.area, correlation=uuid.uuid4())
        if Alert.objects.filter(rule.scope(actor), pk=one.pk).exists():
            found.append(person.email)
    return tuple(dict.fromkeys(found))


def _rows(found: list[Alert], actor: Actor, at: datetime) -> tuple[Row, ...]:
    partners = {one.name: one for one in Partner.objects.filter(name__in={one.partner for one in found})}
    ours = [one for one in found if one.way == Way.OUT and one.acknowledged_at is None]
    lying = troubles.not_handed_over([(one.partner, one.raised_at) for one in ours], at=at)
    return tuple(
        _row(
            one,
            partners[one.partner],
            _page(one, partners[one.partner], actor),
            handed_over=one not in ours or (one.partner, one.raised_at) not in lying,
            at=at,
        )
        for one in found
    )


def _page(one: Alert, partner: Partner, actor: Actor) -> str:
    """The page of the case, for an actor who may open it; any other actor rings and asks."""
    zone = Zone(settings.DESIST_ZONE)
    of_advocate = zone is Zone.PARTNERSHIP and partner.zone == Zone.ADVOCACY and one.way == Way.IN
    route = SIDE if of_advocate else CASES.get(zone, "")
    return route if route and actor.role in policy.rule(policy.routes()[route]).roles else ""


def _row(one: Alert, partner: Partner, page: str, *, handed_over: bool, at: datetime) -> Row:
    return Row(
        ref=one.ref,
        case=one.case,
        spoken=spoken(one.case),
        route=page,
        to_us=one.way == Way.IN,
        partner=partner.title,
        phone=partner.phone,
        reason=codes.AlertReason(one.reason).label,
        contact=one.contact or partner.phone,
        raised_at=one.raised_at,
        due_at=one.due_at,
        late=one.acknowledged_at is None and one.due_at < at,
        handed_over=handed_over,
        escalated_at=one.escalated_at,
        acknowledged_at=one.acknowledged_at,
        note=one.note,
    )
