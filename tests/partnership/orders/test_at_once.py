"""A form that is sent twice at the same moment is one order, and both pages lead to it."""

from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.partnership.orders import factories
from tests.partnership.orders.test_views import START
from tests.waiting import meanwhile

from desist.accounts.models import Account
from desist.partnership.orders.models import Order


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits, seen from two connections."""


def test_of_two_presses_at_one_moment_the_second_leads_to_the_order_of_the_first(
    desk: Client, emrys: Account
) -> None:
    with meanwhile(partial(factories.draft, submission=START["form_submission"], started_by=emrys.ref)):
        answer = desk.post(reverse("orders:start"), {**START, "same": "new"})

    order = Order.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("orders:order", args=[order.ref]))


def test_a_form_of_somebody_else_opens_nothing(desk: Client) -> None:
    desk.raise_request_exception = False
    with meanwhile(partial(factories.draft, submission=START["form_submission"], started_by="somebody")):
        answer = desk.post(reverse("orders:start"), {**START, "same": "new"})

    assert answer.status_code == 500
    assert Order.objects.get().started_by == "somebody"
