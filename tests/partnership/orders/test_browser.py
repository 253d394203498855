"""In a real browser: the dates of an order, and a register that is taken over by hand."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, ViewportSize, expect
from tests import looking
from tests.partnership.orders import factories

from desist.partnership.orders.models import Order

pytestmark = pytest.mark.browser


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


@pytest.fixture
def order(db: None) -> Order:
    """An order in force with something of everything."""
    made = timezone.localdate() - timedelta(days=60)
    order = factories.in_force(
        applied_on=made - timedelta(days=9),
        made_on=made,
        served_on=made + timedelta(days=1),
        ends_on=made + timedelta(days=800),
        conditions=2,
    )
    factories.duty(order=order, began_on=made, due_on=made + timedelta(days=3))
    factories.application(order=order, filed_on=made + timedelta(days=20))
    factories.breach(order=order, happened_on=made + timedelta(days=9), reported_on=made + timedelta(days=10))
    order.happenings.create(
        on=made, at=timezone.now(), by="carol", title="Made by the court", note="Northmere"
    )
    return order


def test_an_order_page_shows_its_dates_as_the_guide_pictures_them(
    browsing: Callable[..., BrowserContext], desk: Client, order: Order
) -> None:
    page = browsing(client=desk, viewport=looking.WIDE).new_page()

    page.goto(f"/orders/{order.ref}/")

    page.get_by_role("tab", name="Dates").click()
    expect(page.get_by_role("heading", name="Dates")).to_be_visible()
    expect(page.locator("svg.desist-dates")).to_be_visible()
    page.evaluate("document.querySelector('#dates').scrollIntoView()")
    looking.picture(page, "order")


@pytest.mark.parametrize("size", [looking.WIDE, looking.PHONE])
def test_a_register_is_taken_over_by_hand(
    browsing: Callable[..., BrowserContext], desk: Client, tmp_path: Path, size: ViewportSize
) -> None:
    page = browsing(client=desk, viewport=size).new_page()
    page.goto("/register/import/")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download the template").click()
    template = tmp_path / "template.csv"
    downloading.value.save_as(template)

    page.locator("input[type=file]").set_input_files(template)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("no problems found")).to_be_visible()
    page.get_by_role("button", name="Import 1 order").click()

    expect(page.get_by_role("button", name="Enter an order")).to_be_visible()
    assert Order.objects.get().made_on == date(2026, 3, 1)
