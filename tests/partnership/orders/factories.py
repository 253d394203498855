"""Orders for tests, each with sensible defaults. Everybody here is invented."""

import itertools
from datetime import date, timedelta
from typing import Any

from tests import staff

from desist.partnership.applications.models import Application
from desist.partnership.breaches.models import Breach, Certificate
from desist.partnership.notifications.models import Notification
from desist.partnership.order_copies import sealing
from desist.partnership.order_copies.models import Copy
from desist.partnership.orders import wording
from desist.partnership.orders.models import Condition, Order
from desist.partnership.people.models import Person
from desist.partnership.referrals.models import Referral
from desist.partnership.releases.models import Release
from desist.partnership.transfers import commands
from desist.partnership.transfers.models import Transfer
from desist.post import own, payloads

MADE, SERVED, ENDS = date(2026, 2, 2), date(2026, 2, 3), date(2028, 2, 1)

_numbers = itertools.count(1)


def person(*, area: str = staff.AREA, **fields: Any) -> Person:
    """A person subject to an order."""
    defaults = {
        "given_names": "Robin",
        "family_name": "Example",
        "born": date(1990, 2, 28),
        "added_by": "carol",
        "added_at": staff.NOW,
    }
    return Person.objects.create(area=area, **defaults | fields)


def draft(*, area: str = staff.AREA, conditions: int = 1, **fields: Any) -> Order:
    """A full order that an officer entered, with a number of conditions."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "kind": "full",
        "how_made": "application",
        "force": "Kent",
        "nexus": "resides",
        "token": f"token-{number}",
        "submission": f"submission-{number}",
        "started_by": "carol",
        "started_at": staff.NOW,
    }
    if "person" not in fields:
        fields["person"] = person(area=area)
    order = Order.objects.create(area=area, **defaults | fields)
    order.protected.create(crime_reference="45/01234/26", standing="victim")
    for position in range(1, conditions + 1):
        condition(order=order, number=position)
    return order


def condition(*, order: Order, number: int = 1, **fields: Any) -> Condition:
    """A prohibition of contact."""
    defaults = {
        "kind": "prohibition",
        "text": "Not to contact the protected person, directly or through anyone else",
        "channel": "contact",
        "necessity": "Forty calls in one week",
        "checked": ["religion", "work", "education"],
    }
    return Condition.objects.create(order=order, number=number, **defaults | fields)


def released(*, order: Order, **fields: Any) -> Release:
    """An order of which a second person released every word as it stands."""
    defaults: dict[str, Any] = {
        "state": "released",
        "digests": [wording.digest(one) for one in order.conditions.all()],
        "reason": "in_court",
        "words": "The court said these words to him",
        "asked_by": "carol",
        "asked_at": staff.NOW,
        "decided_by": "hollis",
        "decided_at": staff.NOW,
        "submission": f"submission-{next(_numbers)}",
    }
    return Release.objects.create(order=order, **defaults | fields)


def applied(**fields: Any) -> Order:
    """An order that was applied for."""
    defaults: dict[str, Any] = {"state": "applied", "applied_on": date(2026, 1, 20), "court": "Northmere"}
    return draft(**defaults | fields)


def made(**fields: Any) -> Order:
    """An order that a court made and that is not ready to be served."""
    defaults: dict[str, Any] = {"state": "made", "made_on": MADE, "ends_on": ENDS}
    return applied(**defaults | fields)


def in_force(**fields: Any) -> Order:
    """An order that was served."""
    defaults: dict[str, Any] = {"state": "in_force", "served_on": SERVED, "served_how": "in_person"}
    return made(**defaults | fields)


def interim(*, main: Order, **fields: Any) -> Order:
    """An interim order in force, with its application."""
    defaults: dict[str, Any] = {
        "kind": "interim",
        "main": main,
        "person": main.person,
        "ends_on": date(2026, 3, 10),
    }
    return in_force(**defaults | fields)


def duty(*, order: Order, **fields: Any) -> Notification:
    """The first duty to notify, not recorded yet."""
    defaults = {"kind": "first", "began_on": SERVED, "due_on": date(2026, 2, 5)}
    return Notification.objects.create(order=order, **defaults | fields)


def application(*, order: Order, **fields: Any) -> Application:
    """An application by the police to vary the order, before the court."""
    defaults = {
        "kind": "vary",
        "by": "police",
        "filed_on": date(2026, 2, 10),
        "submission": f"submission-{next(_numbers)}",
    }
    return Application.objects.create(order=order, **defaults | fields)


def breach(*, order: Order, **fields: Any) -> Breach:
    """A breach that was reported and has no decision yet."""
    defaults = {
        "conditions": [1],
        "happened_on": date(2026, 2, 20),
        "reported_on": date(2026, 2, 21),
        "source": "protected",
        "channel": "contact",
        "victim_contact": True,
        "submission": f"submission-{next(_numbers)}",
        "recorded_by": "carol",
        "recorded_at": staff.NOW,
    }
    return Breach.objects.create(order=order, **defaults | fields)


def certificate(*, referral: Referral, number: int, first: int) -> Certificate:
    """A certificate of attendance that arrived: for the sessions from `first` on, of which one ended early."""
    days = [date(2026, 2, 6), date(2026, 2, 13), date(2026, 2, 20)][first - 1 :]
    return Certificate.objects.create(
        referral=referral,
        area=referral.area,
        number=number,
        requirement="Attend the programme weekly",
        sessions=[f"Session {first + place}" for place in range(len(days))],
        days=days,
        entered=["2026-03-20", *["at the time"] * (len(days) - 1)],
        minutes=["20 of 90", *["as planned"] * (len(days) - 1)],
        certified_at=staff.NOW + timedelta(days=number),
    )


def copy(*, order: Order, content: bytes = b"%PDF-1.7 invented") -> Copy:
    """A certified copy, encrypted with the site's own keys."""
    keys = own.keys().current
    return Copy.objects.create(
        order=order,
        title="Certified copy of the order",
        sha256=sealing.fingerprint(content),
        size=len(content),
        key_id=keys.id,
        sealed=sealing.lock(content=content, order=order.ref, keys=keys),
        stored_by="carol",
        stored_at=staff.NOW,
    )


def transfer(*, area: str = staff.AREA, **fields: Any) -> Transfer:
    """An order that is offered to another force, which has not answered."""
    defaults: dict[str, Any] = {
        "partner": "southmere-police",
        "thread": f"transfer-{next(_numbers)}",
        "to_area": "Southmere",
        "contact": "Emrys, 01632 960 001",
        "reason": "He moved to Southmere",
        "answer_by": staff.NOW.date() + timedelta(days=14),
        "offered_by": "carol",
        "offered_at": staff.NOW,
    }
    if "order" not in fields and not fields.get("incoming"):
        fields["order"] = in_force(area=area)
    return Transfer.objects.create(area=area, **defaults | fields)


#: what another force offers
OFFERED = payloads.OrderHandover(
    kind="full",
    area=staff.AREA,
    given_names="Robin",
    family_name="Example",
    born=date(1990, 2, 28),
    force="Kent",
    how_made="application",
    court="Northmere",
    made_on=MADE,
    ends_on=ENDS.isoformat(),
    served_on=SERVED,
    served_how="in_person",
    locality="",
    crime_references=("45/01234/26",),
    standings=("potential",),
    condition_kinds=("prohibition",),
    condition_texts=("Not to contact the protected person",),
    condition_channels=("contact",),
    condition_areas=("",),
    condition_begins=("",),
    condition_ends=("2027-02-01",),
    condition_needs=("Forty calls",),
    contact="Emrys, 01632 960 001",
    handed_at=staff.NOW,
    reason="He moved to Northmere",
    answer_by=(staff.NOW.date() + timedelta(days=14)).isoformat(),
)


def offered(*, area: str = staff.AREA, **fields: Any) -> Transfer:
    """An order that another force offers to this one, which has not answered."""
    row = transfer(area=area, incoming=True, offered_by="post", **fields)
    row.sealed_offer = commands.sealed(row, OFFERED)
    row.save()
    return row
