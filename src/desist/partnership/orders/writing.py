"""The writes that commands about an order share: the next version, a line of its history, its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from desist.partnership.orders import notices
from desist.partnership.orders.models import Order
from desist.partnership.orders.states import LIVE, State, follow
from desist.refusals import Changed
from desist.wall import gate
from desist.wall.actors import Actor

CHANGED = "This order was changed elsewhere since you opened this page: open it again to see what changed"


@contextmanager
def edited(order: Order, version: int | None = gate.ANY) -> Iterator[None]:
    """Save what the block changes with the order's next version. Raises Changed."""
    try:
        gate.next_version(order, version)
    except Changed:
        raise Changed(CHANGED) from None
    yield
    order.save()


def note(order: Order, title: str, *, on: date, by: Actor, at: datetime, words: str = "") -> None:
    """Write a line of the order's history."""
    order.happenings.create(on=on, at=at, by=by.who, title=title, note=words)


def close(order: Order, after: State, *, on: date, by: Actor, at: datetime) -> None:
    """End an order that was made, and tell the sides that work with it."""
    order.state, order.closed_on = follow(order.state, after), on
    note(order, after.label, on=on, by=by, at=at)
    if after is State.REPLACED:
        # The advocate hears of the full order instead.
        notices.tell_programme(order, notices.Event.ENDED, on=on, at=at)
    elif after is not State.MOVED:  # the order goes on, in the hands of another force
        notices.tell(order, notices.Event.ENDED, on=on, at=at)


def end_interims(order: Order, after: State, *, on: date, by: Actor, at: datetime) -> None:
    """End the interim orders when the court decides the main application (section 5(6))."""
    for interim in order.interims.select_for_update().filter(state__in=LIVE):
        ended = min(on, interim.ends_on) if interim.ends_on else on
        close(interim, after, on=ended, by=by, at=at)
        gate.next_version(interim)
        interim.save()
