"""The register of orders is searched by enough of a name or by a whole number, and not without end."""

import pytest
from django.test import Client
from tests import staff
from tests.partnership.orders.test_views import START
from tests.programme.reading import text

from desist.accounts import searching
from desist.accounts.alerts.models import AccountAlert
from desist.partnership.orders.models import Order
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> Client:
    return staff.browser(account=staff.account(name="Ola Reed"), role=Role.ORDER_COORDINATOR)


@pytest.mark.parametrize("typed", ["M", "Ma", "--"])
def test_too_little_of_a_name_is_refused(coordinator: Client, typed: str) -> None:
    answer = coordinator.get("/orders/", {"search": typed})

    assert answer.status_code == 422
    assert "Enter at least three letters of the family name" in text(answer)


@pytest.mark.parametrize("typed", ["", "Mar", "17", "Reed"])
def test_three_letters_or_a_number_or_nothing_are_answered(coordinator: Client, typed: str) -> None:
    assert coordinator.get("/orders/", {"search": typed}).status_code == 200


def test_looking_a_person_up_before_an_order_is_begun_is_limited_and_counted(
    coordinator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "LIMIT", 1)

    answers = [
        coordinator.post("/orders/start/", {**START, "form_submission": name}) for name in ("one", "two")
    ]

    assert [answer.status_code for answer in answers] == [302, 422]
    assert "which is as often as anybody may" in text(answers[1])
    assert Order.objects.count() == 1


def test_it_is_limited_and_ones_own_name_is_told(
    coordinator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "LIMIT", 1)

    answers = [coordinator.get("/orders/", {"search": "Reed"}).status_code for _ in range(2)]

    assert answers == [200, 422]
    assert set(AccountAlert.objects.values_list("kind", flat=True)) == {"own_search", "searches"}
    assert coordinator.get("/orders/").status_code == 200
