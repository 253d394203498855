"""Questions about applications, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from desist.locators import Finding
from desist.partnership.applications.models import Application
from desist.partnership.applications.policy import Action
from desist.partnership.orders import law, wording
from desist.partnership.orders.models import Order
from desist.partnership.orders.states import LIVE
from desist.references import spoken
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.gate import NotFound

#: orders that the clock ends at a time
A_TIME = 25


@dataclass(frozen=True)
class Page:
    """One application: its order, what it asks, and what in the conditions looks like a locator."""

    ref: str
    order: str
    spoken: str
    version: int
    kind: str
    title: str
    filed_on: date
    made_on: date | None
    ends_on: date | None
    conditions: tuple[str, ...]
    places: tuple[tuple[int, Finding], ...]


def application(*, actor: Actor, order: str, application: str, at: datetime) -> Page:
    """One application of an order."""
    row = gate.open(actor, Action.DECIDE_APPLICATION, Order, order, at=at).get()
    found = row.applications.filter(ref=application).first()
    if found is None:
        raise NotFound(application)
    return Page(
        ref=found.ref,
        order=row.ref,
        spoken=spoken(row.ref),
        version=row.version,
        kind=found.kind,
        title=found.get_kind_display(),
        filed_on=found.filed_on,
        made_on=row.made_on,
        ends_on=row.ends_on,
        conditions=tuple(map(wording.served, row.conditions.order_by("number"))),
        places=law.places(row),
    )


def over(*, at: datetime) -> tuple[str, ...]:
    """The orders whose last day is over and for which no renewal is open; for the clock."""
    rows = Order.objects.filter(state__in=LIVE, ends_on__lt=day_of(at))
    asked = Exists(Application.objects.filter(order=OuterRef("pk"), kind="renew", outcome=""))
    return tuple(rows.exclude(asked).order_by("ends_on", "pk").values_list("ref", flat=True)[:A_TIME])
