"""In a real browser: an alert that nobody takes up reaches the first line of three people, who can ring at a tap."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from tests import staff
from tests.programme import factories

from desist.programme.concerns.models import Concern
from desist.programme.episodes.models import Episode
from desist.wall.actors import Role

pytestmark = pytest.mark.browser

RING = "Ring Northmere Police now, 01632 960 001. Nobody has acknowledged the alert about Robin Example"


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


def raise_a_concern(page: Page) -> None:
    """From To do to the person, and from there to the concern."""
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_role("link", name="Robin Example").click()
    page.get_by_role("link", name="Raise a concern").click()
    page.get_by_label("What is it about?").select_option("A child")
    page.get_by_label("What concerns you?").fill("He talked of waiting outside a workplace.")
    page.get_by_label("Who did you tell?").fill("Sol Arden, duty manager")
    page.get_by_label("What did they answer?").fill("Will call the police now.")
    page.get_by_label("Telephone number where you can be reached").fill("01632 960009")
    page.get_by_role("button", name="Record the concern and send the alert").click()
    expect(page.get_by_role("main")).to_contain_text("the alert is on its way")


def first_line(page: Page) -> str:
    """What stands first below the title of To do, looked at anew."""
    page.reload()
    expect(page.get_by_role("heading", name="To do")).to_be_visible()
    return page.locator("main h1 ~ *").first.inner_text()


def test_an_alert_that_nobody_takes_up_is_first_for_three_people(
    browsing: Callable[..., BrowserContext], kit_browser: Client, episode: Episode
) -> None:
    kit = browsing(client=kit_browser).new_page()
    kit.goto("/")
    raise_a_concern(kit)
    leaders = [
        staff.browser(account=staff.account(name=name), role=role)
        for name, role in (("Ola Reed", Role.MANAGER), ("Sol Arden", Role.SUPERVISOR))
    ]
    pages = [
        kit,
        *(browsing(client=one, viewport={"width": 390, "height": 844}).new_page() for one in leaders),
    ]
    for page in pages:
        page.goto("/")
    assert "Ring" not in first_line(kit)

    Concern.objects.update(raised_at=F("raised_at") - timedelta(minutes=47))

    for page in pages:
        assert RING in " ".join(first_line(page).split())
        number = page.get_by_role("link", name="01632 960 001").first
        expect(number).to_be_in_viewport()
        assert number.get_attribute("href") == "tel:01632960001"

    Concern.objects.update(acknowledged_at=factories.NOW)

    for page in pages:
        assert "Ring" not in first_line(page)
