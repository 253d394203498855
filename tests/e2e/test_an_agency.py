"""The programme refers a person, who said no, to an alcohol service that answers by a link: two people, and two ways."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.e2e.steps import SignIn, follow, menu, tab

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BRIDGE = "The Bridge Alcohol Service"
TOLD = "Drinks on the evenings before he writes."


def refer_against_a_no(page: Page) -> str:
    """Ask for a referral that the person said no to, and return the person's name."""
    menu(page, "People")
    row = page.locator("main").get_by_role("row").nth(1).get_by_role("link").first
    name = row.inner_text()
    follow(row)
    tab(page, "Plan", "Support")
    page.get_by_role("button", name="Refer to an agency").click()
    page.get_by_label("Which agency?").select_option(BRIDGE)
    page.get_by_label("What for?").select_option("Alcohol or drugs")
    page.get_by_label("No", exact=True).check()
    page.get_by_label("Why is it passed on all the same?").fill("He drinks before each contact.")
    page.get_by_label("What is passed on?").fill(TOLD)
    page.get_by_label("Through the service that refers").check()
    page.get_by_label("On what lawful basis?").select_option("Public task")
    page.get_by_role("button", name="Record the referral").click()
    expect(page.locator("main")).to_contain_text("Nothing is passed on yet")
    return name


def agree_as_the_second(page: Page, name: str) -> None:
    """Agree to it from To do."""
    menu(page, "To do")
    lines = page.locator("main").get_by_role(
        "link", name=re.compile(f"{re.escape(name)}.*said no to a referral")
    )
    follow(lines.last)
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Why?").fill("The contact on Friday cannot wait.")
    page.get_by_role("button", name="Save the decision").click()
    expect(page.locator("main")).to_contain_text("without the person’s agreement")


def make_a_link(page: Page) -> tuple[str, str]:
    """Make a link; return it, and the code that goes by telephone."""
    page.reload()
    page.get_by_role("link", name="Make a link for the agency").first.click()
    page.get_by_label("14 days").check()
    page.get_by_role("button", name="Make the link").click()
    facts = page.locator("main .govuk-summary-list__value")
    expect(facts.first).to_contain_text("/answers/")
    found = facts.nth(0).inner_text().strip(), facts.nth(1).inner_text().strip()
    page.get_by_role("button", name="Done").click()
    return found


def answer_by_the_link(page: Page, name: str, code: str) -> None:
    """Nothing without the code; with it, what was passed on, and the answer."""
    expect(page.locator("main")).not_to_contain_text(name)
    page.get_by_label("Code", exact=True).fill("K7F2 M9PX 4C3D")
    page.get_by_role("button", name="Show the referral").click()
    expect(page.locator("main")).to_contain_text("This link and code do not work")
    expect(page.locator("main")).not_to_contain_text(name)
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name="Show the referral").click()
    expect(page.locator("main")).to_contain_text(TOLD)
    page.get_by_label("We accept the referral").check()
    page.get_by_label("In words").fill("A first talk on Monday.")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.locator("main")).to_contain_text("Your answer was sent to the service")


def test_a_person_is_referred_to_an_alcohol_service_that_answers_by_a_link(
    somebody: SignIn, browser: Browser
) -> None:
    practitioner = somebody("programme", "Ashby Quillon")
    name = refer_against_a_no(practitioner)
    agree_as_the_second(somebody("programme", "Morgan Fernwell"), name)
    link, code = make_a_link(practitioner)

    context = browser.new_context(java_script_enabled=False)
    visitor = context.new_page()
    visitor.goto(link)
    answer_by_the_link(visitor, name, code)
    context.close()

    menu(practitioner, "To do")
    practitioner.locator("main").get_by_role(
        "link", name=re.compile(f"{re.escape(name)}.*{BRIDGE} answered: read it")
    ).first.click()
    expect(practitioner.locator("main")).to_contain_text("A first talk on Monday.")
    practitioner.get_by_role("button", name="I have read it").click()
    expect(practitioner.locator("main")).to_contain_text("Accepted")
