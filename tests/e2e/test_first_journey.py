"""The thinnest whole journey, in a real browser across the running zones."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SignIn = Callable[[str, str], Page]


def eventually(page: Page, text: str) -> None:
    """Reload until an envelope has crossed."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        page.reload()
        if page.get_by_text(text).count():
            return
        time.sleep(0.3)
    expect(page.locator("main")).to_contain_text(text)


def refer(page: Page, family_name: str) -> None:
    """Fill a referral's five sections and send it."""
    page.get_by_role("link", name="Referrals").click()
    page.get_by_role("button", name="Refer a person").click()
    page.get_by_label("Northmere service").check()
    page.get_by_role("button", name="Begin the referral").click()

    page.get_by_role("link", name="The person").click()
    page.get_by_label("Given names").fill("Robin")
    page.get_by_label("Family name").fill(family_name)
    for part, value in (("Day", "28"), ("Month", "2"), ("Year", "1990")):
        page.get_by_label(part).fill(value)
    page.get_by_role("button", name="Save and continue").click()

    page.get_by_role("link", name="Route and legal basis").click()
    page.get_by_label("Police referral that the person agreed to").check()
    page.get_by_label("The person's agreement").check()
    page.get_by_label("No further action").check()
    page.get_by_role("button", name="Save and continue").click()

    page.get_by_role("link", name="Stalking behaviour").click()
    page.get_by_label("Following a person").check()
    page.get_by_label("Former partner").check()
    page.get_by_label("Index offence").fill("Stalking")
    page.get_by_label("What the person did").fill("Waited outside on nine evenings.")
    page.get_by_role("button", name="Save and continue").click()

    page.get_by_role("link", name="Whom to contact").click()
    page.get_by_label("Name of the officer").fill("Rowan Thistlewood")
    page.get_by_label("Work telephone").fill("01632 960123")
    page.get_by_role("button", name="Save and continue").click()

    page.get_by_role("link", name="Check answers and send").click()
    page.get_by_role("button", name="Send the referral").click()
    expect(page.locator("main")).to_contain_text("Sent to the programme")


def accept(page: Page, family_name: str) -> None:
    """Decide, allocate, and plan twelve sessions."""
    page.get_by_role("link", name="Referrals").click()
    eventually(page, family_name)
    page.get_by_role("row", name=family_name).get_by_role("link").first.click()
    page.get_by_role("button", name="Decide").click()
    page.get_by_label("Accept", exact=True).check()
    page.get_by_role("button", name="Send the decision").click()
    page.get_by_role("button", name="Open the person's page").click()
    page.get_by_role("button", name="Allocate").click()
    page.get_by_label("Ashby Quillon").check()
    page.get_by_role("button", name="Allocate").click()
    page.get_by_role("button", name="Plan sessions").click()
    for part, value in (("Day", "1"), ("Month", "12"), ("Year", "2026")):
        page.get_by_label(part).fill(value)
    page.get_by_label("At", exact=True).fill("10am")
    page.get_by_label("Remote").check()
    page.get_by_role("button", name="Propose sessions").click()
    page.get_by_role("button", name="Plan these sessions").click()
    expect(page.locator("main")).to_contain_text("Session 12")


def test_a_person_is_referred_accepted_allocated_and_planned(somebody: SignIn) -> None:
    officer = somebody("partnership", "Rowan Thistlewood")
    refer(officer, "Examplewood")

    accept(somebody("programme", "Morgan Fernwell"), "Examplewood")

    eventually(officer, "0 of 12 sessions attended, 12 planned")
