"""What cannot be so of an application, and what was recorded already: each refused with its reason, nothing changed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.partnership import factories as police
from tests.partnership.orders import factories

from desist.partnership.applications import commands
from desist.partnership.applications.models import Application
from desist.partnership.conditions import commands as conditions
from desist.partnership.orders.models import Order
from desist.post.models import ByHandTask
from desist.refusals import Changed, Refused
from desist.wall.actors import Actor
from desist.wall.gate import NotFound

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

AT = staff.NOW
FILED, DECIDED = date(2026, 2, 10), date(2026, 3, 2)


def standing(order: Order) -> dict[str, Any]:
    """All that the register holds of an order: the same before and after, where something was refused."""
    return {
        "order": Order.objects.filter(pk=order.pk).values().get(),
        "applications": list(order.applications.order_by("pk").values()),
        "history": list(order.happenings.order_by("pk").values()),
        "told": ByHandTask.objects.count(),
    }


def file(actor: Actor, order: Order, **changes: Any) -> None:
    known: dict[str, Any] = {
        "kind": "vary",
        "by": "police",
        "ground": "",
        "filed_on": FILED,
        "hearing_on": None,
    }
    order.refresh_from_db()
    commands.file(
        actor=actor,
        ref=order.ref,
        filing=commands.Filing(**known | changes),
        submission="once",
        version=order.version,
        at=AT,
    )


def decide(actor: Actor, asked: Application, **changes: Any) -> None:
    known: dict[str, Any] = {
        "outcome": "granted",
        "decided_on": DECIDED,
        "note": "Both were heard",
        "ends_on": None,
        "consents": (),
        "lives_elsewhere": False,
    }
    order = Order.objects.get(pk=asked.order.pk)
    commands.decide(
        actor=actor,
        ref=order.ref,
        application=asked.ref,
        ruling=commands.Ruling(**known | changes),
        version=order.version,
        at=AT,
    )


def settle(actor: Actor, asked: Application, *, version: int | None = None) -> None:
    order = Order.objects.get(pk=asked.order.pk)
    commands.settle(
        actor=actor,
        ref=order.ref,
        application=asked.ref,
        on=DECIDED,
        version=version or order.version,
        at=AT,
    )


def serve(actor: Actor, asked: Application, *, on: date = date(2026, 3, 3)) -> None:
    order = Order.objects.get(pk=asked.order.pk)
    commands.serve(actor=actor, ref=order.ref, application=asked.ref, on=on, version=order.version, at=AT)


def granted(order: Order, **fields: Any) -> Application:
    """A variation that the court granted and whose conditions nobody settled."""
    defaults = {"outcome": "granted", "decided_on": DECIDED}
    return factories.application(order=order, **defaults | fields)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"filed_on": date(2026, 2, 1)}, "older than the order"),
        ({"hearing_on": date(2026, 2, 9)}, "hearing cannot be before the application"),
    ],
)
def test_an_application_on_impossible_days_is_refused_and_nothing_is_kept(
    coordinator: Actor, days: dict[str, date], sentence: str
) -> None:
    order = factories.in_force()
    before = standing(order)

    with pytest.raises(Refused, match=sentence):
        file(coordinator, order, **days)

    assert standing(order) == before


def test_an_application_may_be_filed_on_the_day_the_order_was_made_and_heard_at_once(
    coordinator: Actor,
) -> None:
    order = factories.in_force()

    file(coordinator, order, filed_on=factories.MADE, hearing_on=factories.MADE)

    asked = order.applications.get()
    assert (asked.filed_on, asked.hearing_on) == (factories.MADE, factories.MADE)


def test_a_refusal_can_be_appealed_and_nothing_else_asked_about_it(coordinator: Actor) -> None:
    order = factories.applied(state="refused")
    before = standing(order)

    for kind in ("vary", "renew", "discharge"):
        with pytest.raises(Refused, match="only a decision appealed"):
            file(coordinator, order, kind=kind)
    assert standing(order) == before

    file(coordinator, order, kind="appeal", ground="refused_to_police")

    asked = order.applications.get()
    assert (asked.kind, asked.ground, asked.outcome) == ("appeal", "refused_to_police", "")
    assert standing(order)["order"]["state"] == "refused"


def test_a_decision_before_its_application_is_refused_and_the_court_still_asked(coordinator: Actor) -> None:
    order = factories.in_force()
    asked = factories.application(order=order)
    before = standing(order)

    with pytest.raises(Refused, match="decision cannot be before the application"):
        decide(coordinator, asked, decided_on=date(2026, 2, 9))

    assert standing(order) == before


@pytest.mark.parametrize(
    ("make", "fields", "ends_on", "sentence"),
    [
        (factories.in_force, {"ends_on": None}, date(2030, 1, 1), "until a further order"),
        (
            lambda **fields: factories.interim(main=factories.applied(), **fields),
            {},
            None,
            "An interim order has a fixed period",
        ),
    ],
)
def test_a_renewal_that_the_act_does_not_know_is_refused_and_the_last_day_stays(
    coordinator: Actor,
    make: Callable[..., Order],
    fields: dict[str, Any],
    ends_on: date | None,
    sentence: str,
) -> None:
    order = make(**fields)
    asked = factories.application(order=order, kind="renew")
    before = standing(order)

    with pytest.raises(Refused, match=sentence):
        decide(coordinator, asked, ends_on=ends_on)

    assert standing(order) == before


@pytest.mark.parametrize("ground", ["change_for_police", "refused_to_person"])
def test_an_allowed_appeal_about_a_change_leaves_the_order_in_force_and_opens_its_conditions(
    coordinator: Actor, ground: str
) -> None:
    order = factories.in_force()
    asked = factories.application(order=order, kind="appeal", by="defendant", ground=ground)

    decide(coordinator, asked)

    asked.refresh_from_db()
    order.refresh_from_db()
    assert (asked.outcome, order.state, order.ends_on) == ("granted", "in_force", factories.ENDS)
    assert conditions.may_change(order)


def test_an_application_is_reached_through_its_own_order_alone(coordinator: Actor) -> None:
    order, other = factories.in_force(), factories.in_force()
    asked = factories.application(order=other)
    before = standing(order), standing(other)
    ruling = commands.Ruling("granted", DECIDED, "", None, (), lives_elsewhere=False)
    said: dict[str, Any] = {
        "actor": coordinator,
        "ref": order.ref,
        "application": asked.ref,
        "version": 1,
        "at": AT,
    }

    with pytest.raises(NotFound):
        commands.decide(ruling=ruling, **said)
    with pytest.raises(NotFound):
        commands.settle(on=DECIDED, **said)
    with pytest.raises(NotFound):
        commands.serve(on=DECIDED, **said)

    assert (standing(order), standing(other)) == before


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "", "decided_on": None},
        {"outcome": "refused"},
        {"written_on": DECIDED},
    ],
)
def test_conditions_are_settled_once_and_only_after_the_court_granted_a_change(
    coordinator: Actor, fields: dict[str, Any]
) -> None:
    order = factories.in_force()
    asked = granted(order, **fields)
    before = standing(order)

    with pytest.raises(Refused):
        settle(coordinator, asked)

    assert standing(order) == before


def test_of_two_people_who_settle_the_same_conditions_the_second_is_told(desk: Client) -> None:
    order = factories.in_force()
    asked = granted(order)
    address = reverse("applications:settle", args=[order.ref, asked.ref])

    first = desk.post(address, {"form_version": "1"})
    before = standing(order)
    stale = desk.post(address, {"form_version": "1"})
    fresh = desk.post(address, {"form_version": "2"})

    assert (first.status_code, stale.status_code, fresh.status_code) == (302, 422, 422)
    assert "changed elsewhere since you opened this page" in stale.content.decode()
    assert "A colleague recorded this first" in fresh.content.decode()
    assert standing(order) == before


def test_changed_conditions_with_a_place_that_a_second_person_released_stand_and_the_programme_hears(
    coordinator: Actor,
) -> None:
    police.partner()
    order = factories.in_force(conditions=0, referral=police.referral())
    factories.condition(order=order, text="Not to enter NM12 4QX")
    asked = granted(order)

    factories.released(order=order)

    settle(coordinator, asked)

    asked.refresh_from_db()
    assert asked.written_on == DECIDED
    text = ByHandTask.objects.get().text
    assert "Event: varied" in text
    assert "NM12" not in text


@pytest.mark.parametrize("fields", [{}, {"written_on": DECIDED, "served_on": date(2026, 3, 3)}])
def test_a_change_is_served_once_and_only_when_its_conditions_stand(
    coordinator: Actor, fields: dict[str, Any]
) -> None:
    order = factories.in_force()
    asked = granted(order, **fields)
    before = standing(order)

    with pytest.raises(Refused):
        serve(coordinator, asked)

    assert standing(order) == before


def test_a_change_is_not_served_before_the_court_made_it(coordinator: Actor) -> None:
    order = factories.in_force()
    asked = granted(order, written_on=DECIDED)
    before = standing(order)

    with pytest.raises(Refused, match="before the court made it"):
        serve(coordinator, asked, on=date(2026, 3, 1))
    assert standing(order) == before

    serve(coordinator, asked, on=DECIDED)

    asked.refresh_from_db()
    assert asked.served_on == DECIDED


@pytest.mark.parametrize("state", ["discharged", "moved", "expired"])
def test_nobody_is_told_of_a_change_to_an_order_that_has_ended(coordinator: Actor, state: str) -> None:
    police.partner()
    order = factories.in_force(state=state, closed_on=DECIDED, referral=police.referral())
    unsettled, unserved = granted(order), granted(order, written_on=DECIDED)
    before = standing(order)

    with pytest.raises(Refused, match="has not ended"):
        settle(coordinator, unsettled)
    with pytest.raises(Refused, match="has not ended"):
        serve(coordinator, unserved)

    assert standing(order) == before


def test_a_condition_that_outlives_its_order_is_put_right_before_changed_conditions_stand(
    coordinator: Actor,
) -> None:
    order = factories.in_force(conditions=0, moved_from="other-police")
    long = factories.condition(order=order, ends_on=date(2028, 2, 2))
    asked = factories.application(order=order)
    decide(coordinator, asked)
    before = standing(order)

    with pytest.raises(Refused, match="longer than the order"):
        settle(coordinator, asked)
    assert standing(order) == before

    words = conditions.Words(
        "prohibition", long.text, "contact", "", None, factories.ENDS, long.necessity, ("work",)
    )
    conditions.change(actor=coordinator, order=order.ref, condition=long.ref, words=words, version=2, at=AT)
    with pytest.raises(Changed):
        settle(coordinator, asked, version=2)
    settle(coordinator, asked)

    asked.refresh_from_db()
    assert asked.written_on == DECIDED
