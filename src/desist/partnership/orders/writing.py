"""What every command about an order writes: the next version, a line of its history, its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from desist.partnership.orders import notices
from desist.partnership.orders.models import Order
from desist.partnership.orders.states import LIVE, State, follow
from desist.refusals import Changed
from desist.wall.actors import Actor


class Impossible(Exception):
    """The dates or the conditions cannot be so; the sentences say why."""


@contextmanager
def edited(order: Order, version: int | None) -> Iterator[None]:
    """What the block changes is saved with the next version. Raises Changed."""
    if order.version != version:
        raise Changed
    yield
    order.version += 1
    order.save()


def note(order: Order, title: str, *, on: date, by: Actor, at: datetime, words: str = "") -> None:
    """Write down what happened, for the order's history."""
    order.happenings.create(on=on, at=at, by=by.who, title=title, note=words)


def close(order: Order, after: State, *, on: date, by: Actor, at: datetime) -> None:
    """End an order that was made; who works with it is told."""
    order.state, order.closed_on = follow(order.state, after), on
    note(order, after.label, on=on, by=by, at=at)
    if after is State.REPLACED:
        notices.tell_programme(
            order, notices.Event.ENDED, on=on, at=at
        )  # she hears of the full order instead
    elif after is not State.MOVED:  # it goes on, in the hands of another force
        notices.tell(order, notices.Event.ENDED, on=on, at=at)


def end_interims(order: Order, after: State, *, on: date, by: Actor, at: datetime) -> None:
    """Interim orders end when the main application is decided (section 5(6))."""
    for interim in order.interims.select_for_update().filter(state__in=LIVE):
        ended = min(on, interim.ends_on) if interim.ends_on else on
        close(interim, after, on=ended, by=by, at=at)
        interim.version += 1
        interim.save()
