"""What cannot be at this moment or on this day: the sentence that says why, and an order that stays as it was."""

from datetime import date
from typing import Any

import pytest
from tests import staff
from tests.partnership.orders import factories

from desist.partnership.orders import commands
from desist.partnership.orders.models import Order
from desist.refusals import Refused
from desist.wall.actors import Actor
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

AT = staff.NOW


def as_it_stands(order: Order) -> tuple[Any, ...]:
    """What a refusal must leave alone: every fact, whom it protects and what happened."""
    facts = Order.objects.filter(pk=order.pk).values().get()
    return facts, list(order.protected.order_by("pk").values()), list(order.happenings.values())


def apply(actor: Actor, order: Order, *, hearing_on: date | None) -> None:
    """The complaint of 2 February 2026."""
    commands.apply(
        actor=actor,
        ref=order.ref,
        applied_on=date(2026, 2, 2),
        court="Northmere",
        hearing_on=hearing_on,
        version=1,
        at=AT,
    )


@pytest.mark.parametrize("state", ["to_serve", "in_force"])
def test_whom_an_order_protects_is_settled_once_it_is_to_be_served(coordinator: Actor, state: str) -> None:
    order = factories.in_force(state=state)
    before = as_it_stands(order)

    with pytest.raises(Refused, match="until it is ready to be served"):
        commands.protect(
            actor=coordinator,
            ref=order.ref,
            crime_reference="45/09999/26",
            standing="potential",
            version=1,
            at=AT,
        )

    assert as_it_stands(order) == before
    assert AuditEvent.objects.get(action="partnership.step_order").reason == "Refused"


@pytest.mark.parametrize("hearing_on", [date(2026, 2, 2), date(2026, 2, 3), None])
def test_a_hearing_may_be_on_the_day_of_the_application_or_not_known(
    coordinator: Actor, hearing_on: date | None
) -> None:
    order = factories.draft()

    apply(coordinator, order, hearing_on=hearing_on)

    order.refresh_from_db()
    assert (order.state, order.hearing_on) == ("applied", hearing_on)


def test_a_hearing_before_the_application_is_refused(coordinator: Actor) -> None:
    order = factories.draft()
    before = as_it_stands(order)

    with pytest.raises(Refused, match="hearing cannot be before the application"):
        apply(coordinator, order, hearing_on=date(2026, 2, 1))

    assert as_it_stands(order) == before


@pytest.mark.parametrize("refused", [True, False])
def test_an_application_is_not_decided_before_it_was_made_and_its_interim_order_goes_on(
    coordinator: Actor, refused: bool
) -> None:
    order = factories.applied(applied_on=date(2026, 1, 20))
    interim = factories.interim(main=order)
    before = as_it_stands(order), as_it_stands(interim)

    with pytest.raises(Refused, match="decision cannot be before the application"):
        commands.close_application(
            actor=coordinator, ref=order.ref, refused=refused, on=date(2026, 1, 19), version=1, at=AT
        )

    assert (as_it_stands(order), as_it_stands(interim)) == before
