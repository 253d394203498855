"""What crosses about an order: the minimal order to the programme, kind and day to advocacy, all of it to a force."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from tests import staff
from tests.partnership import factories as police
from tests.partnership.orders import factories
from tests.partnership.orders.factories import OFFERED

from desist.keys import sitekeys
from desist.partnership.applications import commands as applications
from desist.partnership.breaches import commands as breaches
from desist.partnership.orders import commands, notices
from desist.partnership.orders.models import Order
from desist.partnership.transfers import commands as transfers
from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.post.models import ByHandTask, Partner
from desist.post.transports import Transport
from desist.wall import actors
from desist.wall.actors import Actor, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

AT = staff.NOW
MAKING = commands.Making(date(2026, 3, 1), date(2028, 2, 29), "application", "Northmere", "", None)


@contextmanager
def by_hand(**fields: Any) -> Iterator[Partner]:
    """A partner that is told by telephone, so that a test can read what would cross."""
    known: dict[str, Any] = {"transport": Transport.BY_HAND, "phone": "01632 960 003", "added_at": staff.NOW}
    yield Partner.objects.create(**known | fields)


def told() -> dict[str, str]:
    """What was read out to whom: kind -> text."""
    return {task.kind: task.text for task in ByHandTask.objects.all()}


def test_the_programme_hears_only_what_concerns_it(coordinator: Actor) -> None:
    order = factories.applied(referral=police.referral(), conditions=1)
    factories.condition(
        order=order, number=2, kind="requirement", channel="programme", text="To attend twelve sessions"
    )
    factories.condition(order=order, number=3, channel="area", area_words="Near 14 Heron Mill Lane")

    with by_hand(name=police.PROGRAMME, zone="programme", title="Programme"):
        commands.make(actor=coordinator, ref=order.ref, making=MAKING, version=1, at=AT)

    text = told()["order-notice"]
    assert "To attend twelve sessions" in text
    assert notices.ASK in text
    for secret in ("Heron", "45/01234/26", "protected", "Forty calls"):
        assert secret not in text


def test_the_programme_never_hears_of_a_breach(coordinator: Actor) -> None:
    order = factories.in_force(referral=police.referral())
    report = breaches.Report(
        (1,), date(2026, 2, 20), date(2026, 2, 21), "protected", "contact", True, "", "", "", None
    )

    with by_hand(name=police.PROGRAMME, zone="programme", title="Programme"):
        breaches.record(actor=coordinator, ref=order.ref, report=report, submission="x", version=1, at=AT)

    assert told() == {}


def test_the_advocacy_service_hears_kind_and_day_of_its_own_client_alone(coordinator: Actor) -> None:
    order = factories.applied()
    with (
        by_hand(name="harbour", zone="advocacy", title="Harbour"),
        by_hand(name="lantern", zone="advocacy", title="Lantern"),
    ):
        police.side(crime_reference="45/01234/26", advocacy="harbour")
        police.side(crime_reference="45/99999/26", advocacy="lantern")
        police.side(crime_reference="45/01234/26", advocacy="harbour", state="asked")

        commands.make(actor=coordinator, ref=order.ref, making=MAKING, version=1, at=AT)

        (task,) = ByHandTask.objects.all()
        assert (task.partner.name, task.kind) == ("harbour", "order-update")
        assert "Event: made" in task.text
        assert "Example" not in task.text


@pytest.fixture
def other_force(db: None) -> Partner:
    keys = sitekeys.generate(site="other-police", on=date(2026, 1, 1))
    return Partner.objects.create(
        name="other-police",
        zone="partnership",
        title="Other Police",
        transport=Transport.COURIER,
        keys=keys.public.to_json(),
        phone="01632 960 007",
        added_at=AT,
    )


#: as a force of the version before hands an order over: without a day for an answer
HANDOVER = replace(OFFERED, answer_by="")


def receive(payload: payloads.OrderHandover) -> None:
    with transaction.atomic():
        transfers.receive(Received(payload, "thread", "other-police", AT, actors.post()))


def test_a_handed_over_order_is_taken_over_whole(coordinator: Actor) -> None:
    staff.grant(account=staff.account(), role=Role.ORDER_COORDINATOR)
    person = factories.person()

    receive(HANDOVER)

    order = Order.objects.get()
    assert (order.state, order.person, order.moved_from) == ("in_force", person, "other-police")
    assert order.conditions.get().ends_on == date(2027, 2, 1)
    assert order.protected.get().standing == "potential"


@pytest.mark.parametrize(
    ("kind", "outcome", "state"), [("vary", "refused", "in_force"), ("discharge", "granted", "discharged")]
)
def test_what_the_court_decides_is_recorded_even_where_a_condition_came_that_outlives_its_order(
    coordinator: Actor, kind: str, outcome: str, state: str
) -> None:
    staff.grant(account=staff.account(), role=Role.ORDER_COORDINATOR)
    receive(replace(HANDOVER, condition_ends=("2028-02-02",)))
    order = Order.objects.get()
    asked = factories.application(order=order, kind=kind)
    ruling = applications.Ruling(
        outcome, date(2026, 3, 2), "", None, ("defendant", "applicant"), lives_elsewhere=False
    )

    applications.decide(
        actor=coordinator, ref=order.ref, application=asked.ref, ruling=ruling, version=1, at=AT
    )

    order.refresh_from_db()
    asked.refresh_from_db()
    assert (asked.outcome, order.state) == (outcome, state)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"area": "Nowhere"}, "Nobody at this site works in the area"),
        ({"condition_ends": ()}, "do not fit together"),
        ({"ends_on": "soon"}, "is not a date"),
    ],
)
def test_a_handover_that_cannot_be_read_waits_with_its_reason(
    coordinator: Actor, changes: dict[str, Any], said: str
) -> None:
    staff.grant(account=staff.account(), role=Role.ORDER_COORDINATOR)

    with pytest.raises(CannotHandle, match=said):
        receive(replace(HANDOVER, **changes))

    assert not Order.objects.exists()
