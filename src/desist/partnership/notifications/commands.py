"""Everything that can happen to the duties to notify."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.orders import clocks
from desist.partnership.notifications.models import Kind, Notification
from desist.partnership.notifications.policy import Action
from desist.partnership.orders.models import Order
from desist.partnership.orders.states import State
from desist.partnership.orders.writing import edited, note
from desist.refusals import Refused
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.gate import NotFound


@dataclass(frozen=True)
class Given:
    """A notification as the station acknowledged it (section 10). What was notified is not kept here."""

    given_on: date
    station: str
    received_by: str
    acknowledgement: str
    fingerprints: bool
    photograph: bool


def give(*, actor: Actor, ref: str, duty: str, given: Given, version: int | None, at: datetime) -> None:
    """Record that the person notified, also when it was late."""
    with gate.change(actor, Action.RECORD_NOTIFICATION, Order, ref, at=at) as order, edited(order, version):
        found = _of(order, duty)
        if found.given_on:
            raise Refused("A colleague recorded this notification first")
        # A new address may be notified before the move (section 10(3)(b)); nothing else comes early.
        if given.given_on < found.began_on and found.kind != Kind.ADDRESS:
            raise Refused(f"The duty began on {found.began_on:%-d %B %Y}: a notification cannot be older")
        found.given_on, found.station, found.received_by = given.given_on, given.station, given.received_by
        found.acknowledgement = given.acknowledgement
        found.fingerprints, found.photograph = given.fingerprints, given.photograph
        found.save()
        note(order, f"Notified: {found.get_kind_display().lower()}", on=given.given_on, by=actor, at=at)


def look(
    *, actor: Actor, ref: str, duty: str, crime_reference: str, version: int | None, at: datetime
) -> None:
    """Record a search for the notification at the counter, in custody and at other forces that found nothing."""
    with gate.change(actor, Action.RECORD_NOTIFICATION, Order, ref, at=at) as order, edited(order, version):
        found = _of(order, duty)
        if found.given_on or found.checked_at:
            raise Refused("A colleague recorded this first")
        if found.due_on >= day_of(at):
            raise Refused("The last day to notify has not passed")
        found.checked_at, found.checked_by = at, actor.who
        found.crime_reference = crime_reference
        found.save()
        title = "Notification checked with front counters, custody and other forces: not found"
        note(order, title, on=day_of(at), by=actor, at=at, words=crime_reference)


def change(
    *, actor: Actor, ref: str, kind: str, on: date, submission: str, version: int | None, at: datetime
) -> None:
    """Record a new name or home address of the person: three days begin (section 9(3)-(4))."""
    with gate.change(actor, Action.RECORD_NOTIFICATION, Order, ref, at=at) as order, edited(order, version):
        if order.state != State.IN_FORCE or order.served_on is None:
            raise Refused("Changes are notified while a served order is in force")
        if _suspended(order, on):
            raise Refused("The duty is suspended while the person notifies under the 2003 Act (section 9(5))")
        if not clocks.in_effect(on=on, ends=order.ends_on, begins=order.made_on):
            raise Refused("The order was not in effect on that day")
        due = clocks.change(changed=on, served=order.served_on)
        made = order.notifications.create(kind=kind, began_on=on, due_on=due, submission=submission)
        note(order, f"{made.get_kind_display()}: notify by {due:%-d %B %Y}", on=on, by=actor, at=at)


def suspend(*, actor: Actor, ref: str, on: date, version: int | None, at: datetime) -> None:
    """Record that the person must notify under the 2003 Act: the duties under this order rest."""
    with gate.change(actor, Action.RECORD_NOTIFICATION, Order, ref, at=at) as order, edited(order, version):
        if order.suspended_from and not order.suspended_until:
            raise Refused("The duty is already suspended")
        if order.state != State.IN_FORCE:
            raise Refused("Notification can only be suspended under an order in force")
        order.suspended_from, order.suspended_until = on, None
        note(order, "Notification suspended: 2003 Act", on=on, by=actor, at=at)


def resume(*, actor: Actor, ref: str, final_day: date, version: int | None, at: datetime) -> None:
    """Record that notification under the 2003 Act ended: if the order holds on that day, three days begin."""
    with gate.change(actor, Action.RECORD_NOTIFICATION, Order, ref, at=at) as order, edited(order, version):
        if order.suspended_from is None or order.suspended_until:
            raise Refused("The duty is not suspended")
        if final_day < order.suspended_from:
            raise Refused("The final day cannot be before the duty was suspended")
        order.suspended_until = final_day
        due = clocks.resumption(
            final_day=final_day,
            order_ends=order.closed_on or order.ends_on,
            rested_from_the_start=order.served_on is not None and order.suspended_from <= order.served_on,
        )
        if due:
            order.notifications.create(kind=Kind.RESUMED, began_on=final_day, due_on=due)
        words = f"Notify by {due:%-d %B %Y}" if due else "No new duty (section 9(6))"
        note(order, "Notification under the 2003 Act ended", on=final_day, by=actor, at=at, words=words)


def _of(order: Order, duty: str) -> Notification:
    found = order.notifications.filter(ref=duty).first()
    if found is None:
        raise NotFound(duty)
    return found


def _suspended(order: Order, on: date) -> bool:
    return order.suspended_from is not None and clocks.in_effect(
        on=on, begins=order.suspended_from, ends=order.suspended_until
    )
