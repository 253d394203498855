"""The victim's side across the running zones: she knows before he does, and what she reports gets its crime reference."""

import re
import time

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.advocacy_steps import choose, report
from tests.e2e.steps import SignIn, acknowledge, eventually, follow, menu, reference, tab

from desist.references import spoken

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DESK, PRACTITIONER = "01632 960000", "01632 960555"
CRIME = "45/54321/26"
#: on which the police ring the advocate of this journey, and of no other
ADVOCATE = "01632 960777"


def deselect(page: Page) -> None:
    """The manager ends the place of someone who is in sessions."""
    menu(page, "People")
    follow(page.locator("main tbody a").first)
    tab(page, "Plan", "Ending the programme")
    follow(page.get_by_role("button", name="End the programme"))
    page.get_by_label("By the service (deselection)").check()
    page.get_by_label("Attended but did not engage").check()
    page.locator("#id_service_contact").fill(PRACTITIONER)
    page.get_by_role("button", name="See what happens").click()
    page.get_by_role("button", name="Record the leaving").click()
    expect(page.locator("main")).to_contain_text("Nobody will be told before")


def test_the_victim_knows_before_the_man_does_and_the_programme_never_learns_of_her(
    somebody: SignIn,
) -> None:
    manager = somebody("programme", "Morgan Fernwell")
    deselect(manager)
    officer = somebody("partnership", "Rowan Thistlewood")
    eventually(officer, PRACTITIONER, "Alerts")
    advocate = somebody("advocacy", "Fable Trelissick")

    news = re.compile("about to end|2 pieces of news")  # the alert and this, in whichever order they come
    eventually(advocate, news, "Calls to make")
    advocate.get_by_role("link", name=news).first.click()
    advocate.wait_for_url("**/updates/*/")
    client = reference(advocate.url)
    eventually(advocate, "The person does not know yet")
    hers = advocate.get_by_role("row", name=spoken(client))
    eventually(advocate, hers.filter(has_text="A practitioner is concerned").filter(has_text=DESK), "Alerts")
    assert PRACTITIONER not in advocate.content()
    acknowledge(advocate, spoken(client))

    eventually(officer, "To Harbour Advocacy", "Alerts")
    menu(manager, "Alerts")
    expect(manager.locator("main")).to_contain_text("No alert")
    assert "Harbour" not in manager.content()


def test_what_she_reported_is_open_until_its_crime_reference_comes_back(somebody: SignIn) -> None:
    advocate = somebody("advocacy", "Fable Trelissick")
    advocate.get_by_role("link", name=re.compile("the Stalking Protection Order was varied")).first.click()
    advocate.wait_for_url("**/updates/*/")
    client = reference(advocate.url)
    choose(advocate, client)
    report(advocate, client, ADVOCATE)

    officer = somebody("partnership", "Rowan Thistlewood")
    _newest_report(officer)
    officer.get_by_label("Crime reference under which it is recorded").fill(CRIME)
    officer.get_by_role("button", name="Give the crime reference").click()
    expect(officer.get_by_role("heading", name="Check the crime reference")).to_be_visible()
    officer.get_by_label("The account is in our crime system").check()
    follow(officer.get_by_role("button", name="Send the crime reference"))

    eventually(advocate, CRIME)
    menu(officer, "Reports")
    follow(officer.get_by_role("row", name=CRIME).get_by_role("link").first)
    expect(officer.locator("main")).to_contain_text("The account is deleted here")
    follow(officer.get_by_role("link", name="Text for the crime system"))
    expect(officer.locator("main")).to_contain_text("What happened")


def _newest_report(page: Page) -> None:
    """Open the report that carries the advocate's number, once it has crossed."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        menu(page, "Reports")
        for number in range(page.locator("main tbody a").count()):
            follow(page.locator("main tbody a").nth(number))
            if ADVOCATE in page.content():
                return
            menu(page, "Reports")
        time.sleep(1)
    raise AssertionError("No report with the advocate's number arrived.")
