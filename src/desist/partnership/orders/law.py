"""An order's rows in the types of the law package."""

from desist.locators import Finding
from desist.orders import terms
from desist.orders.rules import Key
from desist.orders.terms import Kind
from desist.partnership.orders import wording
from desist.partnership.orders.clocks import Duty, Facts, Hearing
from desist.partnership.orders.models import Order
from desist.partnership.orders.states import State


def conditions(order: Order) -> tuple[terms.Condition, ...]:
    """The conditions in the types of the law package."""
    return tuple(
        terms.Condition(one.number, one.text, one.necessity, one.begins_on, one.ends_on)
        for one in sorted(order.conditions.all(), key=lambda one: one.number)
    )


def places(order: Order) -> tuple[tuple[int, Finding], ...]:
    """Each part of the conditions that looks like a locator, with the number of its condition."""
    return tuple(
        (one.number, finding)
        for one in order.conditions.order_by("number")
        for finding in wording.places(one)
    )


def replaces_interim(order: Order) -> bool:
    """Whether this order replaces an interim order that put the person under the duty to notify (section 9(1))."""
    return order.interims.filter(served_on__isnull=False).exists()


def renewal_is_open(order: Order) -> bool:
    """Whether an application to renew an order is without a recorded decision of the court."""
    return order.applications.filter(kind="renew", outcome="").exists()


def facts(row: Order) -> Facts:
    """The facts from which the clocks of an order follow."""
    open_applications = [one for one in row.applications.all() if not one.outcome]
    unserved = [one for one in row.applications.all() if one.written_on and not one.served_on]
    return Facts(
        kind=Kind(row.kind),
        state=State(row.state),
        applied=row.applied_on,
        made=row.made_on,
        served=row.served_on,
        ends=row.ends_on,
        hearing=row.hearing_on,
        closed=row.closed_on,
        unserved_change=unserved[0].written_on if unserved else None,
        renewal_filed=any(one.kind == "renew" for one in open_applications),
        undecided=tuple(one.reported_on for one in row.breaches.all() if not one.decision),
        duties=tuple(
            Duty(
                one.ref,
                one.get_kind_display(),
                {"first": Key.NOTIFY, "resumed": Key.RESUME}.get(one.kind, Key.CHANGE),
                one.began_on,
                one.due_on,
                one.given_on,
                one.checked_at is not None,
            )
            for one in row.notifications.all()
        ),
        hearings=tuple(
            Hearing(f"Hearing: {one.get_kind_display().lower()}", one.hearing_on)
            for one in open_applications
            if one.hearing_on
        ),
    )
