"""Whatever is tried in whatever order: an order never leaves the table, and its history tells every state."""

import contextlib
import itertools
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import staff
from tests.partnership.orders import factories

from desist.partnership.applications import chores
from desist.partnership.applications import commands as applications
from desist.partnership.orders import commands
from desist.partnership.orders.models import Order
from desist.partnership.orders.states import CLOSED, LIVE, TRANSITIONS, UNMADE, State, follow
from desist.refusals import Refused
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db
AT = staff.NOW
DAY = date(2026, 2, 2)
_submissions = itertools.count(1)


def apply(actor: Actor, order: Order) -> None:
    commands.apply(
        actor=actor, ref=order.ref, applied_on=DAY, court="N", hearing_on=None, version=order.version, at=AT
    )


def make(actor: Actor, order: Order) -> None:
    making = commands.Making(DAY, DAY + timedelta(days=800), "application", "N", "", None)
    commands.make(actor=actor, ref=order.ref, making=making, version=order.version, at=AT)


def refuse(actor: Actor, order: Order) -> None:
    commands.close_application(actor=actor, ref=order.ref, refused=True, on=DAY, version=order.version, at=AT)


def withdraw(actor: Actor, order: Order) -> None:
    commands.close_application(
        actor=actor, ref=order.ref, refused=False, on=DAY, version=order.version, at=AT
    )


def prepare(actor: Actor, order: Order) -> None:
    commands.prepare_service(actor=actor, ref=order.ref, version=order.version, at=AT)


def serve(actor: Actor, order: Order) -> None:
    commands.serve(
        actor=actor,
        ref=order.ref,
        served_on=DAY,
        served_how="in_person",
        under_2003_act=False,
        version=order.version,
        at=AT,
    )


def expire(actor: Actor, order: Order) -> None:
    commands.expire(actor=actor, ref=order.ref, version=order.version, at=AT)


def appeal(actor: Actor, order: Order) -> None:
    filing = applications.Filing("appeal", "defendant", "making", DAY, None)
    applications.file(
        actor=actor,
        ref=order.ref,
        filing=filing,
        submission=f"walk-{next(_submissions)}",
        version=order.version,
        at=AT,
    )
    asked = order.applications.latest("pk")
    ruling = applications.Ruling("granted", DAY, "", None, (), lives_elsewhere=False)
    applications.decide(
        actor=actor, ref=order.ref, application=asked.ref, ruling=ruling, version=order.version + 1, at=AT
    )


def clock(actor: Actor, order: Order) -> None:
    del actor
    chores.expire(at=AT + timedelta(days=900))
    order.refresh_from_db()


STEPS: tuple[Callable[[Actor, Order], None], ...] = (
    apply,
    make,
    refuse,
    withdraw,
    prepare,
    serve,
    expire,
    clock,
    appeal,
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(st.lists(st.sampled_from(STEPS), min_size=1, max_size=7))
def test_no_walk_leaves_the_table(coordinator: Actor, walk: list[Callable[[Actor, Order], None]]) -> None:
    order = factories.draft()
    history: Any = apps.get_model("partnership", "OrderEvent")
    seen = [order.state]

    for step in walk:
        with contextlib.suppress(Refused):
            step(coordinator, order)
        order.refresh_from_db()
        if order.state != seen[-1]:
            assert State(order.state) in TRANSITIONS[State(seen[-1])]
            seen.append(order.state)

    kept = history.objects.filter(pgh_obj_id=order.pk).order_by("pgh_id").values_list("state", flat=True)
    assert [state for state, _ in itertools.groupby(kept)] == seen
    assert order.happenings.count() >= len(seen) - 1


def test_every_state_is_unmade_live_or_closed_and_only_one_of_them() -> None:
    assert sorted([*UNMADE, *LIVE, *CLOSED]) == sorted(State)


def test_what_has_ended_stays_so_but_for_a_renewal_that_was_recorded_late() -> None:
    assert {state: TRANSITIONS[state] for state in CLOSED if TRANSITIONS[state]} == {
        State.EXPIRED: (State.IN_FORCE,)
    }


@pytest.mark.parametrize("state", State)
def test_a_step_outside_the_table_names_the_state(state: State) -> None:
    for after in State:
        if after not in TRANSITIONS[state]:
            with pytest.raises(Refused, match=state.label):
                follow(state, after)
