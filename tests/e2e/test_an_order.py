"""A Stalking Protection Order in a force that works alone: interim order, service, notification, full order."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Area, Windows
from tests.e2e.steps import every, today

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def on(page: Page, name: str, day: date) -> None:
    """Fill the date field of this name."""
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"#id_{name}-{part}").fill(str(value))


def enter(page: Page) -> str:
    """A draft; returns its address."""
    page.goto("/orders/start/")
    page.get_by_label("Given names").fill("Odran")
    page.get_by_label("Family name").fill("Orderly-Oak")
    on(page, "born", date(1980, 2, 29))
    page.get_by_label("On the chief officer’s application").check()
    page.get_by_label("Which force applies?").select_option("Sussex")
    page.get_by_label("The person lives in the police area").check()
    page.get_by_label("Crime reference of the protected person").fill("45/11111/26")
    page.get_by_label("Victim of the acts", exact=True).check()
    page.get_by_role("button", name="Enter it as a draft").click()
    expect(page.get_by_role("heading", name="Odran Orderly-Oak")).to_be_visible()
    return page.url


def forbid(page: Page, order: str) -> None:
    """Its one condition."""
    page.goto(order)
    page.get_by_role("link", name="Add a condition").first.click()
    page.get_by_label("Prohibition", exact=True).check()
    page.get_by_label("The words of the condition").fill("Not to contact the protected person by any means.")
    page.get_by_label("Contact, directly or through others").check()
    page.get_by_label("Why is it necessary?").fill("Nine visits in a month.")
    for looked_at in every(page.locator("[name=checked]")):
        looked_at.check()
    page.get_by_role("button", name="Add the condition").click()


def apply(page: Page, order: str, day: date) -> None:
    page.goto(f"{order}apply/")
    on(page, "applied_on", day)
    page.get_by_label("Magistrates’ court").fill("Northmere Magistrates")
    page.get_by_role("button", name="Record the application").click()
    expect(page).not_to_have_url(re.compile("/apply/$"))


def make(page: Page, order: str, day: date, *, until: date) -> None:
    page.goto(f"{order}make/")
    on(page, "made_on", day)
    page.get_by_label("On the chief officer’s application").check()
    page.get_by_label("Court", exact=True).fill("Northmere Magistrates")
    if page.get_by_label("For a fixed period").count():
        page.get_by_label("For a fixed period").check()
    on(page, "ends_on", until)
    page.get_by_label("In all parts of the United Kingdom").check()
    page.get_by_role("button", name="Record the order").click()
    expect(page).not_to_have_url(re.compile("/make/$"))


def serve(page: Page, order: str, day: date) -> None:
    page.goto(f"{order}prepare/")
    page.get_by_role("button", name="It is ready to be served").click()
    page.goto(f"{order}serve/")
    on(page, "served_on", day)
    page.get_by_label("By an officer, in person").check()
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Record the service").click()
    expect(page).not_to_have_url(re.compile("/serve/$"))


def notify(page: Page, order: str, day: date) -> None:
    """The person came to a police station within three days of the service."""
    page.goto(order)
    page.get_by_role("link", name="Record it First notification").click()
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(part, exact=True).fill(str(value))
    page.get_by_label("At which police station?").fill("Northmere Central")
    page.get_by_label("Received by").fill("Constable Thistlewood")
    page.get_by_label("Number of the written acknowledgement").fill("NM-1")
    page.get_by_role("button", name="Record it").click()
    expect(page.locator("main")).to_contain_text("acknowledgement NM-1")


@pytest.mark.parametrize("alone", ["partnership"], indirect=True)
def test_from_the_interim_order_to_the_full_order_in_a_force_alone(alone: Area, windows: Windows) -> None:
    page, now = windows(alone, "partnership", "Emrys Kettlewick"), today()
    order = enter(page)
    forbid(page, order)
    apply(page, order, now - timedelta(days=12))

    page.goto(f"{order}interim/")
    page.get_by_role("button", name="Enter it as a draft").click()
    page.locator("main p", has_text="Interim order ").get_by_role("link").first.click()
    interim = page.url
    forbid(page, interim)
    apply(page, interim, now - timedelta(days=12))
    make(page, interim, now - timedelta(days=10), until=now + timedelta(days=20))
    serve(page, interim, now - timedelta(days=9))
    notify(page, interim, now - timedelta(days=7))

    make(page, order, now - timedelta(days=1), until=now + timedelta(days=800))
    serve(page, order, now)
    expect(page.locator("main")).to_contain_text("Served, in force")
    page.goto(interim)
    expect(page.locator("main")).not_to_contain_text("Served, in force")
