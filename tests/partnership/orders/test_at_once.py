"""A form that another person sent opens nothing; the same person's is one order (test_forms_at_once.py)."""

from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.partnership.orders import factories
from tests.partnership.orders.test_views import START
from tests.waiting import meanwhile

from desist.partnership.orders.models import Order


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits, seen from two connections."""


def test_a_form_of_somebody_else_opens_nothing(desk: Client) -> None:
    with meanwhile(partial(factories.draft, submission=START["form_submission"], started_by="somebody")):
        answer = desk.post(reverse("orders:start"), {**START, "same": "new"})

    assert answer.status_code == 404
    assert Order.objects.get().started_by == "somebody"
