"""Looking a person up before an order is begun is a search like every other: not without end."""

import pytest
from django.test import Client
from tests import staff
from tests.partnership.orders.test_views import START
from tests.programme.reading import text

from desist.accounts import searching
from desist.partnership.orders.models import Order
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> Client:
    return staff.browser(account=staff.account(name="Ola Reed"), role=Role.ORDER_COORDINATOR)


def test_looking_a_person_up_before_an_order_is_begun_is_limited_and_counted(
    coordinator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "LIMIT", 1)

    answers = [
        coordinator.post("/orders/start/", {**START, "form_submission": name}) for name in ("one", "two")
    ]

    assert [answer.status_code for answer in answers] == [302, 422]
    assert "which is as often as anyone may" in text(answers[1])
    assert Order.objects.count() == 1
