"""A force that referred people, a programme that asks of them, and a commissioner in the register."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests import staff
from tests.partnership import factories
from tests.partnership.orders import factories as orders

from desist.keys import sitekeys
from desist.partnership.breaches.models import BreachStep
from desist.partnership.orders.models import Order
from desist.partnership.referrals.models import Referral
from desist.post.models import Agreement, Partner
from desist.post.transports import Transport
from desist.wall.actors import Role

COMMISSION = "northmere-commission"
REFERRED = datetime(2026, 1, 20, 12, tzinfo=UTC)
FIRST = date(2026, 1, 1)
MOVED = 19  # days, to the first of January
CUT = date(2026, 4, 14)
UNTIL = date(2026, 12, 31)


@pytest.fixture(autouse=True)
def today(own_keys: None, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is the middle of July 2026 at the police."""
    moment = datetime(2026, 7, 14, 10, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    return moment


@pytest.fixture(scope="session")
def commission_keys() -> sitekeys.SiteKeys:
    return sitekeys.generate(site=COMMISSION, on=date(2026, 1, 1))


@pytest.fixture
def commissioner(own_keys: None, db: None, commission_keys: sitekeys.SiteKeys) -> Partner:
    return Partner.objects.create(
        name=COMMISSION,
        zone="commission",
        title="Northmere Commissioner",
        transport=Transport.COURIER,
        keys=commission_keys.public.to_json(),
        phone="01632 960 002",
        area=factories.AREA,
        added_at=factories.NOW,
    )


@pytest.fixture
def agreement(commissioner: Partner, programme: Partner) -> Agreement:
    return factories.agreement(
        title="Evaluation with the police",
        parties=[COMMISSION],
        others="University of Northmere",
        purposes=["evaluation"],
        ends_on=UNTIL,
    )


@pytest.fixture
def lead(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.FORCE_LEAD)


@pytest.fixture
def coordinator(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.ORDER_COORDINATOR, account=staff.account(name="Emrys Hale"))


@pytest.fixture
def referrals(db: None) -> list[Referral]:
    """Ten people whom the force referred on one day."""
    return [
        factories.referral(given_names=f"Person{number}", sent_at=REFERRED, state="accepted")
        for number in range(10)
    ]


def pseudonym(number: int) -> str:
    return f"{number + 170:016x}"


def order(referral: Referral, /, **fields: Any) -> Order:
    """An order in force about the person of a referral, tied to it by name and birth alone."""
    subject = orders.person(
        family_name=referral.family_name, given_names=referral.given_names, born=referral.born
    )
    days = {"made_on": date(2026, 1, 25), "served_on": date(2026, 1, 26), "ends_on": date(2028, 1, 24)}
    return orders.in_force(person=subject, **days | fields)


def breach(of: Order, after: int, decision: str, **fields: Any) -> None:
    """A breach so many days after the referral, and what the police decided."""
    day = REFERRED.date() + timedelta(days=after)
    decided = {"decision": decision, "decided_by": "carol", "decided_at": REFERRED} if decision else {}
    orders.breach(order=of, happened_on=day, reported_on=day, **decided | fields)


def step(of: Order, kind: str, after: int, detail: str = "") -> None:
    """What followed the last breach of an order, so many days after the referral."""
    row = of.breaches.latest("pk")
    BreachStep.objects.create(
        breach=row,
        kind=kind,
        on=REFERRED.date() + timedelta(days=after),
        detail=detail,
        submission=f"{kind}-{row.pk}-{after}",
        by="carol",
        at=REFERRED,
    )
