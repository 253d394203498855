"""The register's days in an officer's calendar: the kind of day and the crime reference, and nothing else."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from desist.feeds.calendar import Entry
from desist.partnership.orders import law
from desist.partnership.orders.clocks import clocks
from desist.partnership.orders.models import Order
from desist.partnership.orders.policy import Action as OrdersAction
from desist.partnership.orders.states import CLOSED, State
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor

#: how far the calendar reaches back and ahead
BACK, AHEAD = timedelta(days=31), timedelta(days=400)
DAY = timedelta(days=1)
SAYS = (
    "A calendar program can follow the days of the register at a secret address: hearings, last days, notifications that "
    "are due and the time to renew, each with the crime reference. It shows no names, places or words of an order."
)


def entries(*, owner: Actor, at: datetime) -> Iterator[Entry]:
    """The days of the orders that the owner may see."""
    rows = gate.see(owner, OrdersAction.SEE_ORDERS, Order, at=at).exclude(
        state__in=(*CLOSED, State.WITHDRAWN)
    )
    with_clocks = rows.prefetch_related("notifications", "applications", "breaches", "protected")
    today = day_of(at)
    for order in with_clocks.order_by("started_at", "ref"):
        about = ", ".join(sorted(one.crime_reference for one in order.protected.all()))
        for clock in clocks(law.facts(order), today=today):
            if clock.topic and today - BACK <= clock.on <= today + AHEAD:
                yield Entry(
                    key=f"{order.ref} {clock.topic} {clock.on}",
                    start=clock.on,
                    end=clock.on + DAY,
                    words=f"{clock.topic}: {about}",
                    takes_time=False,
                )
