"""A Stalking Protection Order in a force that works alone: interim order, service, notification, full order."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import Area, Windows
from tests.e2e.order_steps import apply, breach, enter, forbid, make, notify, serve
from tests.e2e.steps import follow, today

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("alone", ["partnership"], indirect=True)
def test_from_the_interim_order_to_the_full_order_in_a_force_alone(alone: Area, windows: Windows) -> None:
    page, now = windows(alone, "partnership", "Emrys Kettlewick"), today()
    interim = page.locator("main p", has_text="Interim order ").get_by_role("link").first
    enter(page)
    forbid(page)
    apply(page, now - timedelta(days=12))

    follow(page.get_by_role("link", name="Enter an interim order"))
    page.get_by_role("button", name="Save as a draft").click()
    follow(interim)
    forbid(page)
    apply(page, now - timedelta(days=12))
    make(page, now - timedelta(days=10), until=now + timedelta(days=20))
    serve(page, now - timedelta(days=9))
    notify(page, now - timedelta(days=7))

    follow(page.locator("main p", has_text="Interim to the application").get_by_role("link"))
    make(page, now - timedelta(days=1), until=now + timedelta(days=800))
    serve(page, now)
    expect(page.locator("main")).to_contain_text("Served, in force")
    breach(page, now)
    follow(page.get_by_role("link", name="Back", exact=True))
    follow(interim)
    expect(page.locator("main")).not_to_contain_text("Served, in force")
