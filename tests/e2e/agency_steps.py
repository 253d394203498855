"""What an agency's journey does in the browser, one function for each step: the directory, a referral, its link, a panel."""

import re
from datetime import date

from playwright.sync_api import Page, expect
from tests.e2e.steps import eventually, every, follow, menu, on, tab, today

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
    make = "Make a link for the agency"
    page.get_by_role("link", name=make).or_(page.get_by_role("button", name=make)).first.click()
    page.get_by_label("14 days").check()
    page.get_by_role("button", name="Make the link").click()
    facts = page.locator("main .govuk-summary-list__value")
    expect(facts.first).to_contain_text("/answers/")
    found = facts.nth(0).inner_text().strip(), facts.nth(1).inner_text().strip()
    page.get_by_role("button", name="Done").click()
    return found


def answer_by_the_link(page: Page, name: str, code: str, *, told: str = TOLD) -> None:
    """Nothing without the code; with it, what was passed on, and the answer."""
    expect(page.locator("main")).not_to_contain_text(name)
    page.get_by_label("Code", exact=True).fill("K7F2 M9PX 4C3D")
    page.get_by_role("button", name="Show the referral").click()
    expect(page.locator("main")).to_contain_text("This link and code do not work")
    expect(page.locator("main")).not_to_contain_text(name)
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name="Show the referral").click()
    expect(page.locator("main")).to_contain_text(told)
    page.get_by_label("We accept the referral").check()
    page.get_by_label("In words").fill("A first talk on Monday.")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.locator("main")).to_contain_text("Your answer was sent to the service")


def list_an_agency(page: Page, name: str) -> None:
    """Add an agency to the directory, for an advocacy service alone, under the area's sharing agreement."""
    menu(page, "Agencies")
    page.get_by_role("button", name="Add an agency").click()
    page.get_by_label("Name of the agency").fill(name)
    page.get_by_label("Telephone", exact=True).fill("01632 960777")
    page.get_by_label("Housing", exact=True).check()
    page.get_by_label("Takes people now").check()
    page.get_by_label("An advocacy service, a client").check()
    page.get_by_label("Sharing agreement").select_option(index=1)
    page.get_by_label("By a link, without an account").check()
    follow(page.get_by_role("button", name="Add the agency"))
    expect(page.locator("main")).to_contain_text("Takes people now")


def agree_with(page: Page, name: str) -> None:
    """Put an agency of the directory under the area's sharing agreement."""
    menu(page, "Agencies")
    follow(page.get_by_role("row", name=name).get_by_role("link", name=name))
    page.get_by_role("link", name="Change the entry").click()
    page.get_by_label("Sharing agreement").select_option(index=1)
    follow(page.get_by_role("button", name="Save the entry"))
    expect(page.locator("main")).not_to_contain_text("Its sharing agreement has ended")


def refer_with_agreement(page: Page, row: int = 2) -> str:
    """Refer a person who agrees, and return their name."""
    menu(page, "People")
    person = page.locator("main").get_by_role("row").nth(row).get_by_role("link").first
    name = person.inner_text()
    follow(person)
    tab(page, "Plan", "Support")
    page.get_by_role("button", name="Refer to an agency").click()
    page.get_by_label("Which agency?").select_option(BRIDGE)
    page.get_by_label("What for?").select_option("Alcohol or drugs")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("What is passed on?").fill(TOLD)
    page.get_by_label("Through the service that refers").check()
    page.get_by_label("On what lawful basis?").select_option("Consent")
    page.get_by_role("button", name="Record the referral").click()
    expect(page.locator("main")).to_contain_text("with the person’s agreement")
    return name


def refer_the_client(page: Page, agency: str, told: str) -> None:
    """Refer the client whose page is open to a housing service, once she consented to asking partner agencies."""
    tab(page, "Disclosures and choices", "Consents")
    page.get_by_label("Asking partner agencies for support").check()
    on(page, "given_on", today())
    page.get_by_label("By telephone").check()
    page.get_by_role("button", name="Record the consent").click()
    expect(page.locator("main")).to_contain_text("Given on")
    tab(page, "Safety", "Needs")
    page.get_by_label("What is it about?").select_option("Housing")
    page.get_by_label("What do they need?").fill("A flat that he does not know of.")
    follow(page.get_by_role("button", name="Add the need"))
    follow(page.get_by_role("link", name="Refer to an agency").first)
    eventually(page, page.get_by_label("Which agency?").locator("option", has_text=agency))
    page.get_by_label("Which agency?").select_option(agency)
    page.get_by_label("What for?").select_option("Housing")
    page.get_by_label("On what lawful basis?").select_option("Consent")
    page.get_by_label("How can the agency reach them safely?").fill("Through us, in the morning.")
    page.get_by_label("What is passed on?").fill(told)
    follow(page.get_by_role("button", name="Refer them"))
    follow(page.get_by_role("link", name=agency))


def add_a_meeting(page: Page, place: str, *agencies: str) -> None:
    """Add a meeting of today with some agencies."""
    menu(page, "Panels")
    page.get_by_role("button", name="Add a meeting").click()
    page.get_by_label("Stalking clinic").check()
    on(page, "on", today())
    page.get_by_label("When does it begin?").fill("11:59pm")
    page.get_by_label("Where is it?").fill(place)
    for agency in agencies:
        page.get_by_label(agency).check()
    follow(page.get_by_role("button", name="Add the meeting"))
    for agency in agencies:
        expect(page.locator("main")).to_contain_text(agency)


def put_on_the_agenda(page: Page, place: str) -> str:
    """Put the case whose referral is open on the agenda of a meeting, and return the person's name."""
    page.get_by_role("link", name="Put on a panel’s agenda").click()
    page.get_by_label(re.compile(f"Stalking clinic.*{place}")).check()
    page.get_by_label("Why should it be heard?").fill("Two reports in one week.")
    follow(page.get_by_role("button", name="Put it on the agenda"))
    expect(page.locator("main")).to_contain_text("Two reports in one week.")
    return page.locator("h1").inner_text()


def write_for(
    page: Page, words: str, *agencies: str, sort: str = "Paper for the meeting", guest: str = ""
) -> None:
    """Write a paper, the formulation or the minutes about the person's side."""
    page.get_by_role("link", name="Write a paper, the formulation or the minutes").click()
    page.get_by_label(sort, exact=True).check()
    page.get_by_label("The person’s side").check()
    for agency in agencies:
        page.get_by_label(agency).check()
    page.get_by_label("Or a guest of the meeting").fill(guest)
    page.locator("input[name=purpose]").first.check()
    page.get_by_label("What do they read?").fill(words)
    follow(page.get_by_role("button", name="Keep it for release"))


def open_the_case(page: Page, place: str, name: str) -> None:
    """Open a case on the agenda of the meeting at a place."""
    menu(page, "Panels")
    follow(page.get_by_role("row", name=place).get_by_role("link").first)
    follow(page.locator("main").get_by_role("link", name=name))


def release_all(page: Page) -> None:
    """Release everything that waits on the page of a case, as the second person."""
    follow(page.get_by_role("button", name="Look and release"))
    for box in every(page.locator("input[name=papers]")):
        box.check()
    follow(page.get_by_role("button", name="Release", exact=True))
    expect(page.locator("main")).to_contain_text("It is released")


def give_an_action(page: Page, agency: str, words: str, by: date) -> None:
    """Give an agency an action about the case."""
    page.get_by_role("link", name="Give an action").click()
    page.get_by_label("Who does it?").select_option(agency)
    page.get_by_label("What do they do?").fill(words)
    on(page, "due_on", by)
    page.get_by_label("The person’s side").check()
    follow(page.get_by_role("button", name="Give the action"))
    expect(page.locator("main")).to_contain_text(words)
