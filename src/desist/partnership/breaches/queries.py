"""Questions about breaches, each with a frozen answer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from desist.accounts import queries as accounts
from desist.partnership.breaches import codes
from desist.partnership.breaches.models import Breach, BreachStep
from desist.partnership.breaches.policy import Action
from desist.partnership.breaches.states import CUSTODY, FOLLOWS
from desist.partnership.orders import notices, wording
from desist.partnership.orders.models import Condition, Order
from desist.partnership.policy import DUTY, ORDERS
from desist.references import spoken
from desist.ui.dates import day_of
from desist.ui.todo import Line
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.gate import NotFound
from desist.wall.statements import Question, Slot

SHOWN = 20  # the rest is on the orders' own pages


@dataclass(frozen=True)
class Step:
    """One dated fact of the case."""

    called: str
    on: date
    by: str
    officer: str
    note: str


@dataclass(frozen=True)
class Page:
    """One breach, with the words of the conditions it names."""

    ref: str
    order: str
    referral: str
    spoken: str
    version: int
    state: str
    following: tuple[tuple[str, str], ...]  # the steps that the actor can record now
    officer: str  # the account that the last step names
    may_decide: bool  # the actor keeps the register
    conditions: tuple[tuple[int, str], ...]
    happened_on: date
    before_service: bool
    reported_on: date
    source: str
    channel: str
    victim_contact: bool
    account: str
    excuse: str
    crime_reference: str
    also_stalking: bool | None
    decision: str
    reason: str
    decided_by: str
    decided_at: datetime | None
    steps: tuple[Step, ...]


def case(*, actor: Actor, ref: str, at: datetime) -> str:
    """The reference of the order that was breached."""
    return str(
        gate.open(actor, Action.SEE_BREACH, Breach, ref, at=at).values_list("order__ref", flat=True).get()
    )


def breach_of(*, actor: Actor, order: str, ref: str, at: datetime) -> Page:
    """One breach of an order."""
    rows = gate.open(actor, Action.SEE_BREACH, Breach, ref, at=at).filter(order__ref=order)
    found = rows.select_related("order__referral").first()
    if found is None:
        raise NotFound(ref)
    row, steps = found.order, list(found.steps.order_by("-pk"))
    named = row.conditions.filter(number__in=found.conditions).order_by("number")
    mine = Order.objects.filter(policy.rule(Action.FOLLOW_BREACH).scope(actor), pk=row.pk).exists()
    return Page(
        ref=found.ref,
        order=row.ref,
        referral=row.referral.ref if row.referral else "",
        spoken=spoken(row.ref),
        version=row.version,
        state=str(found.state.label),
        following=tuple((one.value, str(one.label)) for one in codes.Step if one in FOLLOWS[found.state])
        if mine
        else (),
        officer=next((one.officer for one in steps if one.officer), ""),
        may_decide=actor.role in ORDERS,
        conditions=_conditions(row, named, whole=actor.role in ORDERS),
        happened_on=found.happened_on,
        before_service=row.served_on is None or found.happened_on < row.served_on,
        reported_on=found.reported_on,
        source=found.get_source_display(),
        channel=found.get_channel_display(),
        victim_contact=found.victim_contact,
        account=found.account,
        excuse=found.excuse,
        crime_reference=found.crime_reference,
        also_stalking=found.also_stalking,
        decision=found.get_decision_display() if found.decision else "",
        reason=found.reason,
        decided_by=accounts.name(ref=found.decided_by) if found.decided_by else "",
        decided_at=found.decided_at,
        steps=_steps(steps),
    )


def to_follow(*, actor: Actor, order: str, breach: str, at: datetime) -> Page:
    """One breach whose next step the actor can record; raises NotFound for any other."""
    page = breach_of(actor=actor, order=order, ref=breach, at=at)
    if not page.following:
        raise NotFound(breach)
    return page


def officers(*, actor: Actor) -> tuple[tuple[str, str], ...]:
    """The accounts of the police of the area, by reference and name: one of them deals with a case."""
    here = {
        one.account for one in accounts.everybody_at_work() if one.area == actor.area and one.role in DUTY
    }
    return tuple(sorted(accounts.names(refs=here).items(), key=lambda one: one[1]))


def to_do(*, actor: Actor, at: datetime) -> Iterator[Line]:
    """Hearings without an outcome: all for those who keep the register, for others those of their own cases."""
    question = HEARINGS if actor.role in ORDERS else OWN_HEARINGS
    for ref, on, order, given, family in gate.within(actor, Action.SEE_BREACH, question):
        over = "record the outcome of the hearing about a breach of the order"
        words = over if on < day_of(at) else "hearing at court about a breach of the order"
        line = Line(words=words, route="breaches:case", ref=ref, by=on)
        yield line.but(name=f"{given} {family}", spoken=spoken(order))


def _hearings(rows: QuerySet[Breach]) -> QuerySet[Any]:
    course = BreachStep.objects.filter(breach=OuterRef("pk")).exclude(kind__in=CUSTODY).order_by("-pk")
    rows = rows.annotate(last=Subquery(course.values("kind")[:1]), last_on=Subquery(course.values("on")[:1]))
    found = rows.filter(last=codes.Step.HEARING).order_by("last_on", "pk")
    person = ("order__person__given_names", "order__person__family_name")
    return found.values_list("ref", "last_on", "order__ref", *person)[:SHOWN]


def _own_hearings(rows: QuerySet[Breach]) -> QuerySet[Any]:
    return _hearings(rows.filter(pk__in=BreachStep.objects.filter(officer=Slot("who")).values("breach")))


HEARINGS, OWN_HEARINGS = Question(Breach, _hearings), Question(Breach, _own_hearings)


def _conditions(order: Order, named: Iterable[Condition], *, whole: bool) -> tuple[tuple[int, str], ...]:
    """The words of conditions; not `whole`: without those that may lead to the victim and are not released."""
    known = wording.released(order)
    return tuple((one.number, one.text if whole else notices.requirement(one, known)) for one in named)


def _steps(found: list[BreachStep]) -> tuple[Step, ...]:
    names = accounts.names(refs={who for one in found for who in (one.by, one.officer)})
    return tuple(
        Step(one.called, one.on, names.get(one.by, one.by), names.get(one.officer, one.officer), one.note)
        for one in found
    )
