"""Around the sessions: a referrer without an account, the police's judgement, a concern to the council and back, a letter."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect
from tests.e2e.programme_steps import accept, episode_of, judge, propose
from tests.e2e.steps import (
    SignIn,
    behaviour,
    eventually,
    fill_date,
    follow,
    menu,
    reach,
    risk,
    safety,
    tab,
    today,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PERSON = "Robin Outerwood"


def send_the_form(page: Page) -> None:
    """Refer a person as a probation officer without an account, who used no tool and wants the answer by letter."""
    page.get_by_role("link", name="Refer a person").first.click()
    page.get_by_label("Given names").fill("Robin")
    page.get_by_label("Family name").fill("Outerwood")
    born = page.get_by_role("group", name="Date of birth", exact=True)
    for part, value in (("Day", 28), ("Month", 2), ("Year", 1990)):
        born.get_by_label(part, exact=True).fill(str(value))
    reach(page)
    for answer in ("Rehabilitation activity requirement", "Public task", "Sentenced"):
        page.get_by_label(answer).check()
    behaviour(page)
    page.get_by_label("Kind of index offence").select_option("stalking")
    orders = page.get_by_role("group", name="Orders and conditions in force")
    orders.get_by_label("None", exact=True).check()
    safety(page)
    page.get_by_label("Which tool was used").select_option("none")
    page.get_by_label("The victim", exact=True).check()
    page.get_by_label("Probation", exact=True).check()
    page.get_by_label("Name of the officer or worker").fill("Ola Reed")
    page.get_by_label("Work telephone").fill("01632 960222")
    page.get_by_label("By letter").check()
    page.get_by_label("Address for the letter").fill("Northmere Probation, 1 Example Street")
    page.get_by_role("button", name="Send the form").click()
    expect(page.get_by_role("heading", name="Your form was sent")).to_be_visible()


def take_in(page: Page) -> None:
    """Make a referral of the form, typing nothing again."""
    menu(page, "Referrals from outside")
    page.get_by_role("link", name=PERSON).click()
    page.get_by_role("button", name="Take it in as a referral").click()
    expect(page.locator("main")).to_contain_text("8 of 8 parts are finished")
    page.get_by_role("link", name="Check answers and submit").click()
    fill_date(page, today())
    page.get_by_role("button", name="Submit the referral").click()
    expect(page.locator("main")).to_contain_text("has been submitted")


def the_police_add_their_judgement(manager: Page, officer: Page) -> None:
    """Ask the police, who answer from their page: the referral shows it as theirs."""
    menu(manager, "Referrals")
    manager.get_by_role("row", name="Outerwood").get_by_role("link").first.click()
    manager.get_by_role("link", name="Ask the police for their judgement").click()
    manager.get_by_label("Northmere Police").check()
    manager.get_by_role("button", name="Ask the police").click()
    expect(manager.locator("main")).to_contain_text("Asked, no answer yet")
    asked = officer.locator("main").get_by_role("link", name=re.compile("send your judgement of risk"))
    eventually(officer, asked, "To do")
    asked.first.click()
    risk(officer)
    officer.get_by_role("button", name="Send the judgement").click()
    expect(officer.locator("main")).to_contain_text("Your judgement is on its way")
    eventually(manager, "Answered by")
    expect(manager.locator("main")).to_contain_text("As the police judge it")


def raise_a_concern(page: Page) -> None:
    """Raise a concern about a child; no partner has Desist, so the alert is a telephone call."""
    tab(page, "Risk and concerns", "Concerns")
    page.get_by_role("link", name="Raise a concern about this person").click()
    page.get_by_label("What is it about?").select_option("A child")
    page.get_by_label("What concerns you?").fill("Spoke of waiting at the school gate.")
    page.get_by_label("Who did you tell?").fill("The duty sergeant")
    fill_date(page, today() - timedelta(days=1))
    page.get_by_label("The time you told them").fill("9:30am")
    page.get_by_label("What did they answer?").fill("A patrol goes by.")
    page.get_by_label("Telephone number").fill("01632 960555")
    page.get_by_role("button", name="Record the concern").click()
    expect(page.locator("main")).to_contain_text("Open concern")


def screen(page: Page) -> None:
    """Screen the concern: a practitioner finds out more within two days."""
    menu(page, "Concerns")
    page.get_by_role("row", name="Outerwood").get_by_role("link", name="Follow the concern").click()
    page.get_by_role("button", name="Screen the concern").click()
    page.get_by_label("Find out more first").check()
    page.get_by_label("Ashby Quillon").check()
    fill_date(page, today() + timedelta(days=2))
    page.get_by_label("Why?").fill("He names a school. We need to know which and when.")
    page.get_by_role("button", name="Save the screening").click()
    expect(page.locator("main")).to_contain_text("Being enquired into: Ashby Quillon")


def enquire(page: Page) -> None:
    """Write down what was found out, from To do."""
    menu(page, "To do")
    page.locator("main").get_by_role("link", name=f"{PERSON}: enquire into the concern").click()
    page.get_by_role("button", name="Record what was found out").click()
    page.get_by_label("What did you find out, and from whom?").fill("It is the school of his nephew.")
    page.get_by_role("button", name="Save the enquiry").click()
    expect(page.locator("main")).to_contain_text("To be decided: Morgan Fernwell")


def to_the_council_and_back(page: Page) -> None:
    """Decide, refer to the council, record its decision, and close the concern with its outcome."""
    page.reload()
    page.get_by_role("button", name="Decide").click()
    page.get_by_label("Refer to the council").check()
    page.get_by_label("What are your reasons?").fill("A child may be met alone.")
    page.get_by_role("button", name="Save the decision").click()
    page.get_by_role("button", name="Record the referral to the council").click()
    page.get_by_label("Which council?").fill("Northmere council")
    page.get_by_label("Who took the referral?").fill("Wren Calderbeck, duty social worker")
    fill_date(page, today())
    page.get_by_label("What did you tell them").fill("What he said, and the school.")
    page.get_by_role("button", name="Save the referral").click()
    page.get_by_role("button", name="Record what the council decided").click()
    page.get_by_label("They assess or enquire").check()
    page.get_by_label("Who told you?").fill("Wren Calderbeck, duty social worker")
    page.get_by_label("What did they say they will do?").fill("A visit within two days.")
    page.get_by_role("button", name="Save the council").click()
    page.get_by_role("button", name="Close the concern").click()
    page.get_by_label("Police or another service acted on it").check()
    page.get_by_label("What was done?").fill("The council works with the family.")
    page.get_by_label("No alert was sent.").fill("The sergeant was told by telephone.")
    page.get_by_role("button", name="Close the concern").click()
    expect(page.locator("main")).to_contain_text("The concern is closed.")


def write_a_letter(page: Page) -> None:
    """Write the invitation in easy read, and hand it over."""
    tab(page, "Contacts and documents", "Letters")
    follow(page.get_by_role("link", name="Invitation").last)
    page.get_by_label("Easy read").check()
    follow(page.get_by_role("button", name="Write the letter"))
    page.get_by_role("link", name="Record how").click()
    page.get_by_label("Handed over").check()
    page.get_by_role("button", name="Record that it went out").click()
    expect(page.locator("main")).to_contain_text("handed over, by you")


def test_a_referrer_without_an_account_a_concern_to_the_council_and_a_letter(
    somebody: SignIn, browser: Browser
) -> None:
    manager = somebody("programme", "Morgan Fernwell")
    menu(manager, "Referrals from outside")
    manager.get_by_role("button", name="Open the form").click()
    link = manager.locator("main a", has_text="/refer/").inner_text()
    context = browser.new_context(java_script_enabled=False)
    visitor = context.new_page()
    visitor.goto(link)
    send_the_form(visitor)
    context.close()
    take_in(manager)
    the_police_add_their_judgement(manager, somebody("partnership", "Rowan Thistlewood"))
    accept(manager, "Outerwood")

    practitioner = somebody("programme", "Ashby Quillon")
    episode = episode_of(practitioner, PERSON)
    expect(practitioner.locator("main")).to_contain_text("No judgement yet")
    judge(practitioner, episode)
    expect(practitioner.locator("main")).to_contain_text("As the police judge it")
    raise_a_concern(practitioner)
    screen(manager)
    enquire(practitioner)
    to_the_council_and_back(manager)
    episode_of(practitioner, PERSON)
    write_a_letter(practitioner)

    menu(manager, "Referrals from outside")
    manager.get_by_role("link", name=PERSON).click()
    manager.get_by_label("Letter posted").check()
    manager.get_by_role("button", name="Save the answer").click()
    expect(manager.locator("main")).to_contain_text("What the sender wrote has been deleted here.")


MOVED = {
    "key": "17",
    "given_names": "Nova",
    "family_name": "Inwardly",
    "born": "1990-02-28",
    "practitioner": "Ashby Quillon",
    "contact_by": "phone",
    "route": "Self-referral",
    "legal_basis": "agreement",
    "proceedings": "none",
    "relationship": "ex_partner",
    "behaviours": "contacting; following",
    "offence_kind": "none",
    "referrer_kind": "self",
}
HELD = {"key": "17", "number": "1", "held_time": "2pm", "minutes": "90", "attendance": "Yes"}


def table(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Write rows as a CSV file."""
    written = io.StringIO()
    lines = csv.DictWriter(written, fieldnames=list(rows[0]))
    lines.writeheader()
    lines.writerows(rows)
    return written.getvalue().encode()


def send_the_tables(page: Page, people: bytes, sessions: bytes) -> None:
    """Send tables of people and sessions, and wait until they were checked."""
    menu(page, "Move a caseload in")
    for label, content in (("People", people), ("Sessions that were held or missed", sessions)):
        file: FilePayload = {"name": "table.csv", "mimeType": "text/csv", "buffer": content}
        page.get_by_label(label).set_input_files([file])
    follow(page.get_by_role("button", name="Send the tables to be checked"))
    eventually(page, re.compile(r"problems?\. Put them right|No problem was found"))


def test_a_caseload_moves_in_and_is_worked_on_the_same_day(somebody: SignIn) -> None:
    manager = somebody("programme", "Morgan Fernwell")
    accepted, sunday = today() - timedelta(days=30), today() - timedelta(days=today().isoweekday())
    person, session = {**MOVED, "accepted_on": f"{accepted}"}, {**HELD, "held_on": f"{sunday}"}
    send_the_tables(manager, table([{**person, "born": "never"}]), table([session]))
    expect(manager.locator("main")).to_contain_text("Nothing was brought in")

    send_the_tables(manager, table([person]), table([session]))
    follow(manager.get_by_role("button", name="Bring everyone in"))
    eventually(manager, manager.locator("dd").get_by_text("Brought in", exact=True))

    practitioner = somebody("programme", "Ashby Quillon")
    episode_of(practitioner, "Nova Inwardly")
    tab(practitioner, "Sessions")
    expect(practitioner.locator("main")).to_contain_text(f"{sunday.day} {sunday:%B %Y}")
    practitioner.get_by_role("button", name="Plan the twelve sessions").click()
    propose(practitioner)
    practitioner.get_by_role("button", name="Plan these sessions").click()
    expect(practitioner.locator("main")).to_contain_text("Session 12")
