"""In a real browser, with JavaScript and without it: a row of a list opens when it is clicked, and Back leads to the list."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests import staff
from tests.partnership import factories
from tests.partnership.orders import factories as orders

from desist.accounts.models import Account
from desist.references import spoken
from desist.wall.actors import Role

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("own_keys")]
scripted = pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])

Opened = Callable[[Role, bool], Page]


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


@pytest.fixture
def opened(browsing: Callable[..., BrowserContext], kit: Account) -> Opened:
    """A page of Kit's, with JavaScript or without."""

    def opened(role: Role, scripts: bool) -> Page:
        client = staff.browser(account=kit, role=role)
        return browsing(client=client, java_script_enabled=scripts).new_page()

    return opened


@scripted
def test_a_referral_opens_from_the_list_and_back_leads_to_the_list_as_it_was(
    opened: Opened, scripts: bool
) -> None:
    row = factories.referral(given_names="Robin", family_name="Rowan-Oak")
    factories.draft()
    page = opened(Role.OFFICER, scripts)
    page.goto("/referrals/")
    page.get_by_role("link", name="Sent, waiting for a decision").click()
    expect(page.locator("tbody tr")).to_have_count(1)

    page.get_by_role("row", name=spoken(row.ref)).get_by_role("link").first.click()

    expect(page.locator("h1")).to_have_text("Robin Rowan-Oak")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Referrals")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.get_by_role("row", name=spoken(row.ref))).to_be_visible()


@scripted
def test_an_order_opens_from_the_sorted_list_and_back_leads_to_the_list_as_it_was(
    opened: Opened, scripts: bool
) -> None:
    for name in ("Wren", "Adderley"):
        orders.in_force(person=orders.person(given_names="Robin", family_name=name))
    page = opened(Role.ORDER_COORDINATOR, scripts)
    page.goto("/orders/")
    page.get_by_role("link", name="Person").click()
    expect(page.locator("tbody tr").first).to_contain_text("Adderley")

    page.locator("tbody tr").first.get_by_role("link").click()

    expect(page.locator("h1")).to_have_text("Robin Adderley")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Orders")
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Person")
    expect(page.locator("tbody tr").first).to_contain_text("Adderley")
