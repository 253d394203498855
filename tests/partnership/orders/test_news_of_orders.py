"""What the advocate of a protected person is told of an order and of a breach, step by step; the programme is not."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.partnership import factories as police
from tests.partnership.orders import factories
from tests.programme.reading import text

from desist.partnership.breaches import commands as breaches
from desist.partnership.breaches.codes import Step
from desist.partnership.orders import commands
from desist.partnership.orders.models import Order
from desist.post.models import ByHandTask
from desist.refusals import Changed, Refused
from desist.wall.actors import Actor
from desist.wall.gate import NotFound

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

AT = staff.NOW


def told() -> list[tuple[str, str]]:
    """What was told by telephone: to whom, and the second line of it."""
    tasks = ByHandTask.objects.order_by("pk").select_related("partner")
    return [(task.partner.name, task.text.splitlines()[1]) for task in tasks]


def test_the_advocate_is_told_that_the_order_was_served_as_the_programme_is(coordinator: Actor) -> None:
    police.partner()
    police.side()
    order = factories.made(state="to_serve", referral=police.referral())

    commands.serve(
        actor=coordinator,
        ref=order.ref,
        served_on=factories.SERVED,
        served_how="in_person",
        under_2003_act=False,
        version=1,
        at=AT,
    )

    assert (police.ADVOCACY, "Event: served") in told()
    assert police.PROGRAMME in {name for name, _ in told()}


def follow(actor: Actor, order: Order, what: breaches.Followed, **fields: Any) -> None:
    known: dict[str, Any] = {
        "breach": order.breaches.get().ref,
        "submission": uuid.uuid4().hex,
        "version": 1,
        "at": AT,
    }
    breaches.follow(actor=actor, ref=order.ref, what=what, **known | fields)


@pytest.mark.parametrize(
    ("step", "bail", "event"),
    [
        (Step.ARRESTED, None, "arrested"),
        (Step.BAILED, True, "bail"),
        (Step.BAILED, False, "bail none"),
        (Step.CHARGED, None, "charged"),
        (Step.HEARING, None, "court"),
        (Step.OUTCOME, None, "outcome"),
        (Step.RELEASED, None, "released"),
    ],
)
def test_each_step_of_a_breach_is_kept_with_its_day_and_told_to_the_advocate_alone(
    coordinator: Actor, step: Step, bail: bool | None, event: str
) -> None:
    police.partner()
    police.side()
    order = factories.in_force(referral=police.referral())
    breach = factories.breach(order=order)
    day = date(2026, 6, 1) if step is Step.HEARING else date(2026, 2, 22)

    follow(coordinator, order, breaches.Followed(step, day, bail))

    kept = breach.steps.get()
    assert (kept.kind, kept.on, kept.bail_conditions, kept.by) == (step, day, bail, coordinator.who)
    assert told() == [(police.ADVOCACY, f"Event: {event}")]
    assert order.happenings.get().on == day


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        (breaches.Followed(Step.ARRESTED, date(2026, 2, 19), None), "before the breach"),
        (breaches.Followed(Step.ARRESTED, date(2090, 1, 1), None), "Only a hearing can lie ahead"),
    ],
)
def test_a_step_on_a_day_that_cannot_be_is_refused_and_nobody_is_told(
    coordinator: Actor, what: breaches.Followed, sentence: str
) -> None:
    police.side()
    order = factories.in_force()
    breach = factories.breach(order=order)

    with pytest.raises(Refused, match=sentence):
        follow(coordinator, order, what)

    assert not breach.steps.exists()
    assert told() == []


def test_a_step_from_an_older_page_is_refused_and_one_of_another_order_is_not_found(
    coordinator: Actor,
) -> None:
    order, other = factories.in_force(), factories.in_force()
    breach = factories.breach(order=order)
    arrested = breaches.Followed(Step.ARRESTED, date(2026, 2, 22), None)

    with pytest.raises(Changed):
        follow(coordinator, order, arrested, version=7)
    with pytest.raises(NotFound):
        breaches.follow(
            actor=coordinator,
            ref=other.ref,
            breach=breach.ref,
            what=arrested,
            submission="one",
            version=1,
            at=AT,
        )

    assert not breach.steps.exists()


def test_a_breach_is_followed_on_its_page_after_the_decision_too(desk: Client) -> None:
    order = factories.in_force()
    breach = factories.breach(
        order=order, decision="arrest", decided_by="carol", decided_at=AT, reason="Seen"
    )
    page = reverse("breaches:breach", args=[order.ref, breach.ref])
    address = reverse("breaches:follow", args=[order.ref, breach.ref])
    assert address in desk.get(page).content.decode()
    day = {"on-day": "22", "on-month": "2", "on-year": "2026"}

    unsaid = desk.post(address, {"form_version": "1", "kind": "bailed", **day})
    desk.post(address, {"form_version": "1", "kind": "bailed", "bail_conditions": "yes", **day})

    assert unsaid.status_code == 422
    step = breach.steps.get()
    assert (step.kind, step.bail_conditions) == ("bailed", True)
    assert "Released on bail, with conditions" in text(desk.get(page))


def test_a_breach_that_nobody_decided_about_says_what_happened_since_too(
    desk: Client, second: Callable[..., Client]
) -> None:
    order = factories.in_force()
    breach = factories.breach(order=order)
    breach.steps.create(kind="arrested", on=date(2026, 2, 22), by="carol", at=AT, submission="one")

    shown = text(desk.get(reverse("breaches:breach", args=[order.ref, breach.ref])))

    assert "Arrested" in shown
    assert "22 February 2026" in shown
