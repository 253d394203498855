"""The references that pages about orders have in their addresses, for the access matrix."""

from collections.abc import Callable
from typing import TypeAlias

from tests import access, staff
from tests.partnership.orders import factories

from desist.partnership.identities.models import IdentityDecision
from desist.references import reference

Maker: TypeAlias = Callable[[access.Stand], list[str]]


def an_order(stand: access.Stand) -> list[str]:
    return [factories.in_force(area=stand.area).ref]


def a_condition(stand: access.Stand) -> list[str]:
    order = factories.draft(area=stand.area, conditions=0)
    return [order.ref, factories.condition(order=order).ref]


def a_duty(stand: access.Stand) -> list[str]:
    order = factories.in_force(area=stand.area)
    return [order.ref, factories.duty(order=order).ref]


def an_application(stand: access.Stand) -> list[str]:
    order = factories.in_force(area=stand.area)
    return [order.ref, factories.application(order=order).ref]


def a_breach(stand: access.Stand) -> list[str]:
    """A breach in whose case the account is the officer."""
    order = factories.in_force(area=stand.area)
    breach = factories.breach(order=order)
    said = {"kind": "arrested", "on": breach.reported_on, "by": "carol", "at": staff.NOW}
    breach.steps.create(officer=stand.account.ref, submission=reference(), **said)
    return [order.ref, breach.ref]


def a_release(stand: access.Stand) -> list[str]:
    order = factories.in_force(area=stand.area)
    asked = factories.released(order=order, state="asked", decided_by="", decided_at=None)
    return [asked.ref]


def a_copy(stand: access.Stand) -> list[str]:
    order = factories.in_force(area=stand.area)
    return [order.ref, factories.copy(order=order).ref]


def identity_decision(*, area: str) -> IdentityDecision:
    """A decision that a victim is to be told who stalks them."""
    return IdentityDecision.objects.create(
        area=area,
        crime_reference="45/01234/26",
        decision="tell",
        reason="Earliest opportunity",
        plan_on=factories.MADE,
        plan_with="the advocate",
        decided_by="carol",
        decided_at=staff.NOW,
        submission=reference(),
    )


ORDER_MAKERS: dict[str, Maker] = {
    "orders": an_order,
    "orders:step": lambda stand: [*an_order(stand), "prepare"],
    "conditions": a_condition,
    "conditions:add": an_order,
    "applications": an_application,
    "applications:file": an_order,
    "notifications": a_duty,
    "notifications:change": an_order,
    "notifications:suspension": an_order,
    "breaches": a_breach,
    "breaches:record": an_order,
    "breaches:case": lambda stand: a_breach(stand)[1:],
    "order_copies:store": an_order,
    "order_copies:copy": a_copy,
    "transfers": lambda stand: [factories.transfer(area=stand.area).ref],
    "transfers:transfer": an_order,
    "transfers:offer": lambda stand: [factories.offered(area=stand.area).ref],
    "releases": a_release,
    "releases:ask": an_order,
    "identities:told": lambda stand: [identity_decision(area=stand.area).ref],
}
