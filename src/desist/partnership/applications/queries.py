"""One application as the pages about it show it."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.locators import Finding
from desist.partnership.applications.policy import Action
from desist.partnership.orders import law, wording
from desist.partnership.orders.models import Order
from desist.references import spoken
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.gate import NotFound


@dataclass(frozen=True)
class Page:
    """Of which order, what is asked, and what in its conditions looks like a locator."""

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
