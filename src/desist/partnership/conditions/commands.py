"""Everything that can happen to the conditions of an order."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from desist.orders import terms
from desist.partnership.conditions.policy import Action
from desist.partnership.orders.models import Condition, Order
from desist.partnership.orders.states import State
from desist.partnership.orders.writing import edited, note
from desist.refusals import Refused
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.gate import NotFound

#: the states in which the conditions can be rewritten: until the order is ready to be served
OPEN = (State.DRAFT, State.APPLIED, State.MADE)


#: the fields that only a court changes once they are settled
COURTS = ("kind", "text", "channel", "area_words", "begins_on", "ends_on", "necessity")
SETTLED = "The conditions of this order are settled: record the court’s variation first"


@dataclass(frozen=True)
class Words:
    """One condition as the officer wrote it."""

    kind: str
    text: str
    channel: str
    area_words: str
    begins_on: date | None
    ends_on: date | None
    necessity: str
    checked: tuple[str, ...]
    area_kinds: tuple[str, ...] = ()
    protects: tuple[str, ...] = ()


def add(*, actor: Actor, order: str, words: Words, version: int | None, at: datetime) -> None:
    """Add a condition with the next number. A form that was sent twice is refused."""
    with gate.change(actor, Action.WRITE_CONDITION, Order, order, at=at) as row, edited(row, version):
        _must_be_open(row)
        last: int = row.conditions.aggregate(last=Max("number"))["last"] or 0
        condition = Condition(order=row, number=last + 1)
        _write(condition, words, row)
        note(row, f"Condition {condition.number} added", on=day_of(at), by=actor, at=at)


def change(
    *, actor: Actor, order: str, condition: str, words: Words, version: int | None, at: datetime
) -> None:
    """Rewrite a condition; its earlier words stay in the history.

    Staff can set at any time which people it protects and what kind of area it is about. The court's words stay.
    """
    with gate.change(actor, Action.WRITE_CONDITION, Order, order, at=at) as row, edited(row, version):
        found = of(row, condition)
        if may_change(row):
            _write(found, words, row)
        else:
            _keep_protected(found, words)
        note(row, f"Condition {found.number} changed", on=day_of(at), by=actor, at=at)


def remove(*, actor: Actor, order: str, condition: str, version: int | None, at: datetime) -> None:
    """Remove a condition from an order that is not ready to be served."""
    with gate.change(actor, Action.WRITE_CONDITION, Order, order, at=at) as row, edited(row, version):
        if row.state not in OPEN:
            raise Refused(SETTLED)
        found = of(row, condition)
        note(row, f"Condition {found.number} removed", on=day_of(at), by=actor, at=at, words=found.text)
        found.delete()


def of(order: Order, condition: str) -> Condition:
    """Return a condition of an order by its reference. Raises NotFound."""
    found = order.conditions.filter(ref=condition).first()
    if found is None:
        raise NotFound(condition)
    return found


def may_change(order: Order) -> bool:
    """Whether the order's conditions can be rewritten now: before service, or after a court varied them."""
    if order.state in OPEN:
        return True
    return order.state == State.IN_FORCE and any(
        one.outcome == "granted" and one.written_on is None and one.kind in ("vary", "renew", "appeal")
        for one in order.applications.all()
    )


def _must_be_open(order: Order) -> None:
    if not may_change(order):
        raise Refused(SETTLED)


def _keep_protected(condition: Condition, words: Words) -> None:
    """Save which people it protects and what kind of area it is about, and nothing else. Raises Refused."""
    wants = list(words.area_kinds), list(words.protects)
    rewritten = any(getattr(words, name) != getattr(condition, name) for name in COURTS)
    if (
        rewritten
        or list(words.checked) != condition.checked
        or wants == (condition.area_kinds, condition.protects)
    ):
        raise Refused(SETTLED)
    condition.area_kinds, condition.protects = wants
    condition.save(update_fields=["area_kinds", "protects"])


def _write(condition: Condition, words: Words, order: Order) -> None:
    law = terms.Condition(condition.number, words.text, words.necessity, words.begins_on, words.ends_on)
    wrong = tuple(terms.condition_problems(condition=law, made=order.made_on, ends=order.ends_on))
    if wrong:
        raise Refused(" ".join(wrong).rstrip("."))
    condition.kind, condition.text, condition.channel = words.kind, words.text, words.channel
    condition.area_words, condition.necessity = words.area_words, words.necessity
    condition.begins_on, condition.ends_on = words.begins_on, words.ends_on
    condition.checked, condition.area_kinds = list(words.checked), list(words.area_kinds)
    condition.protects = list(words.protects)
    condition.save()
