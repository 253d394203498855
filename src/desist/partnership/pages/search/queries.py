"""The search among referrals, orders, reports and linked cases: each by its own rule, for the roles that it names."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from django.db.models import Func, Model, Q, QuerySet, Value

from desist.accounts.searching import Found, Hit, ranked
from desist.codes import Stage
from desist.partnership.orders import codes
from desist.partnership.orders.models import Order, Protected
from desist.partnership.orders.policy import Action as Orders
from desist.partnership.orders.states import State as OrderState
from desist.partnership.pairs.models import Side
from desist.partnership.pairs.policy import Action as Pairs
from desist.partnership.pairs.states import State as SideState
from desist.partnership.referrals.models import KEYS, Referral
from desist.partnership.referrals.policy import Action as Referrals
from desist.partnership.referrals.states import State
from desist.partnership.reports.models import Report
from desist.partnership.reports.policy import Action as Reports
from desist.partnership.reports.states import State as ReportState
from desist.references import spoken
from desist.referral.finding import Wanted, keyed, named
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.policy import BaseAction

PAGE = 30
Row = TypeVar("Row", bound=Model)
#: the keys of the person whom an order is about
OF_THE_PERSON = Func(
    *("person__given_names", "person__family_name", Value(None), Value(""), Value("")),
    function="public.found_by",
)


@dataclass(frozen=True)
class Line:
    """One row with the names by which it is ranked."""

    name: str
    aliases: tuple[str, ...]
    hit: Hit


def search(*, actor: Actor, wanted: Wanted, at: datetime) -> Found:
    """Return what a number or a date names; else what the words name, the best first."""
    exact = tuple(_exact(actor, wanted, at))
    if exact:
        return Found(exact[:PAGE], more=len(exact) > PAGE, exact=not wanted.born)
    if not wanted.words:
        return Found()
    lines = {line.hit.ref: line for line in _named(actor, wanted, at)}.values()
    return ranked(
        lines,
        wanted,
        most=PAGE,
        names=lambda line: (line.name, line.aliases),
        hit=lambda line, why: replace(line.hit, why=why),
    )


def _exact(actor: Actor, wanted: Wanted, at: datetime) -> Iterator[Hit]:
    """The rows that a whole reference, number, address or date of birth names."""
    number, why = wanted.number, _why(wanted)
    referrals = _rows(actor, Referrals.SEE_REFERRALS, Referral, at).exclude(state=State.DISCARDED)
    yield from (_referral(row, why) for row in referrals.filter(_of_a_referral(wanted))[: PAGE + 1])
    orders = _rows(actor, Orders.SEE_ORDERS, Order, at).select_related("person")
    yield from (_order(row, why) for row in orders.filter(_of_an_order(wanted))[: PAGE + 1])
    told = Q(crime_reference=number) | Q(told_reference=number)
    reports = _rows(actor, Reports.SEE_REPORTS, Report, at).filter(told)
    yield from (_report(row, number) for row in reports[: PAGE + 1])
    sides = _rows(actor, Pairs.SEE_PAIRS, Side, at).filter(crime_reference=number)
    yield from (_side(row) for row in sides[: PAGE + 1])


def _named(actor: Actor, wanted: Wanted, at: datetime) -> Iterator[Line]:
    """The referrals and orders of people whose names the words may be."""
    referrals = _rows(actor, Referrals.SEE_REFERRALS, Referral, at)
    for row in named(referrals.exclude(state=State.DISCARDED), KEYS, wanted.queries, most=PAGE + 1):
        yield Line(row.name, tuple(row.aliases), _referral(row, ""))
    orders = _rows(actor, Orders.SEE_ORDERS, Order, at).select_related("person")
    for row in named(orders, OF_THE_PERSON, wanted.queries, most=PAGE + 1):
        hit = _order(row, "")
        yield Line(hit.name, (), hit)


def _rows(actor: Actor, action: BaseAction, model: type[Row], at: datetime) -> QuerySet[Row]:
    """The actor's rows of a model; none where the role may not see any."""
    if actor.role not in policy.rule(action).roles:
        return model._default_manager.none()
    return gate.see(actor, action, model, at=at)


def _of_a_referral(wanted: Wanted) -> Q:
    if wanted.born:
        return Q(born=wanted.born)
    if wanted.key:
        return Q(keyed(KEYS, wanted.key))
    return Q(ref=wanted.ref or wanted.text) | Q(pnc=wanted.pnc or wanted.text)


def _of_an_order(wanted: Wanted) -> Q:
    if wanted.born:
        return Q(person__born=wanted.born)
    protects = Protected.objects.filter(crime_reference=wanted.number).values("order")
    return Q(ref=wanted.ref or wanted.text) | Q(number=wanted.text) | Q(pk__in=protects)


def _why(wanted: Wanted) -> str:
    if wanted.born:
        return "date of birth"
    if wanted.key:
        return "e-mail" if "@" in wanted.text else "telephone"
    return "reference" if wanted.ref else "number"


def _referral(row: Referral, why: str) -> Hit:
    stage = Stage(row.stage).label if row.stage else State(row.state).label
    born = f"born {dates.on(row.born)}" if row.born else ""
    name = row.name or "No name yet"
    return Hit(name, spoken(row.ref), (born, f"Referral: {stage}"), why, "referrals:referral", row.ref)


def _order(row: Order, why: str) -> Hit:
    person = row.person
    says = (f"born {dates.on(person.born)}", codes.Kind(row.kind).label, OrderState(row.state).label)
    name = f"{person.given_names} {person.family_name}"
    return Hit(name, row.number or spoken(row.ref), says, why, "orders:order", row.ref)


def _report(row: Report, number: str) -> Hit:
    says = (f"incident on {dates.on(row.happened_on)}", ReportState(row.state).label)
    return Hit(
        "Report of an incident", spoken(row.ref), says, f"crime reference {number}", "reports:report", row.ref
    )


def _side(row: Side) -> Hit:
    says = (f"crime reference {row.crime_reference}", SideState(row.state).label)
    return Hit(
        "Client of an advocacy service", spoken(row.ref), says, "crime reference", "pairs:side", row.ref
    )
