"""Duty numbers: listed by a manager, offered to everybody of the area, never overwritten."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.desk.duty.models import DutyNumber
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

FORM = {"title": "Duty manager", "number": "01632 960 111", "form_submission": "sent-once"}


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))


def test_a_manager_lists_a_number_and_everybody_of_the_area_reads_it(
    manager: Client, kit_browser: Client
) -> None:
    manager.post("/duty/add/", FORM)

    page = text(kit_browser.get("/duty/"))

    assert "Duty manager 01632 960 111" in page
    assert "by Ola Reed" in page
    assert "Add a duty number" not in page


def test_a_number_is_listed_once_and_a_double_click_keeps_what_was_typed(manager: Client) -> None:
    manager.post("/duty/add/", FORM)

    again = manager.post("/duty/add/", FORM)

    assert again.status_code == 422
    assert "This number is already on the list." in text(again)
    assert DutyNumber.objects.count() == 1


def test_a_number_taken_off_the_list_stays_readable(manager: Client) -> None:
    number = factories.duty_number()

    for _ in range(2):  # a double click
        manager.post(f"/duty/{number.ref}/end/")

    page = text(manager.get("/duty/"))
    assert page.index("Earlier numbers") < page.index("01632 960 111")
    assert "by Ola Reed" in page
    manager.post("/duty/add/", FORM)
    assert DutyNumber.objects.filter(number="01632 960 111").count() == 2


@pytest.mark.parametrize("number", ["", "ask Ola", "01632 960 111 ask for Ola"])
def test_a_number_is_a_number(manager: Client, number: str) -> None:
    answer = manager.post("/duty/add/", {**FORM, "number": number})

    assert answer.status_code == 422
    assert not DutyNumber.objects.exists()
