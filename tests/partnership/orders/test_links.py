"""An order tied to the referral whose programme a requirement names: who hears of it, and when nobody does."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.partnership import factories as police
from tests.partnership.orders import factories

from desist.partnership.orders import commands
from desist.partnership.orders.models import Order
from desist.post.models import ByHandTask
from desist.refusals import Changed
from desist.wall.actors import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

AT = staff.NOW


def link(actor: Actor, order: Order, referral: str, version: int = 1) -> None:
    commands.link(actor=actor, ref=order.ref, referral=referral, version=version, at=AT)


def test_the_programme_hears_of_an_order_that_is_tied_to_its_referral_while_the_order_lives(
    coordinator: Actor,
) -> None:
    police.partner()
    referral = police.referral()
    order = factories.in_force(conditions=1)
    factories.condition(
        order=order, number=2, kind="requirement", channel="programme", text="To attend twelve sessions"
    )

    link(coordinator, order, referral.ref)

    order.refresh_from_db()
    assert (order.referral, order.state, order.version) == (referral, "in_force", 2)
    assert order.happenings.get().title == "Linked to a referral to the programme"
    task = ByHandTask.objects.get()
    assert (task.partner.name, task.kind) == (police.PROGRAMME, "order-notice")
    assert "To attend twelve sessions" in task.text
    assert "45/01234/26" not in task.text


@pytest.mark.parametrize("state", ["draft", "expired"])
def test_nobody_hears_of_an_order_that_was_not_made_or_has_ended(coordinator: Actor, state: str) -> None:
    police.partner()
    referral = police.referral()
    ended = {"state": state, "closed_on": date(2026, 2, 20)}
    order = factories.draft() if state == "draft" else factories.in_force(**ended)

    link(coordinator, order, referral.ref)

    order.refresh_from_db()
    assert (order.referral, order.state) == (referral, state)
    assert not ByHandTask.objects.exists()


def test_of_two_people_who_tie_an_order_the_second_is_told_and_the_first_referral_stays(
    coordinator: Actor,
) -> None:
    police.partner()
    first, second = police.referral(), police.referral()
    order = factories.in_force()
    link(coordinator, order, first.ref)

    with pytest.raises(Changed):
        link(coordinator, order, second.ref)

    order.refresh_from_db()
    assert (order.referral, order.version) == (first, 2)
    assert ByHandTask.objects.count() == order.happenings.count() == 1


NEVER_SENT = {"state": "draft", "thread": None, "sent_at": None}


@pytest.mark.parametrize("fields", [{"area": staff.ELSEWHERE}, {"family_name": "Other"}, NEVER_SENT])
def test_a_form_made_by_hand_ties_no_referral_that_was_not_offered(
    desk: Client, fields: dict[str, Any]
) -> None:
    police.partner()
    order = factories.in_force()
    referral = police.referral(**fields)

    answer = desk.post(
        reverse("orders:programme", args=[order.ref]), {"form_version": "1", "referral": referral.ref}
    )

    assert answer.status_code == 422
    order.refresh_from_db()
    assert (order.referral, order.version) == (None, 1)
    assert not ByHandTask.objects.exists()
