"""What people do in the browser, one function a step, shared by the journeys."""

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect
from tests.looking import picture

from desist import working_days

SignIn = Callable[[str, str], Page]

#: What the practitioner writes of the concern: it must never reach the other side.
SECRET = "Spoke of the quarry at Example Edge"
CHAIN = (
    ("vulnerability", "body", "Slept three hours"),
    ("prompt", "event", "Saw her car in the high street"),
    ("link", "thought", "She owes me an answer"),
    ("link", "urge", "Wanted to see the house"),
    ("short", "feeling", "Relief for an hour"),
)


def eventually(page: Page, text: str) -> None:
    """Reload until an envelope has crossed."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        page.reload()
        if page.get_by_text(text).count():
            return
        time.sleep(0.3)
    expect(page.locator("main")).to_contain_text(text)


def today() -> date:
    """As the pages count it."""
    return datetime.now(ZoneInfo("Europe/London")).date()


def fill_date(page: Page, day: date) -> None:
    """The three boxes of the page's only date."""
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(part, exact=True).fill(str(value))


def route(page: Page) -> None:
    page.get_by_label("Police referral that the person agreed to").check()
    page.get_by_label("The person's agreement").check()
    page.get_by_label("No further action").check()


def behaviour(page: Page) -> None:
    page.get_by_label("Following a person").check()
    page.get_by_label("In person").check()
    page.get_by_label("None of these").check()
    page.get_by_label("Former partner").check()
    page.get_by_label("What the person did").fill("Waited outside on nine evenings.")


def offence(page: Page) -> None:
    page.get_by_label("Kind of index offence").select_option("stalking")
    page.get_by_label("Bail conditions", exact=True).check()


def safety(page: Page) -> None:
    for none in page.get_by_label("None known").all():
        none.check()


def contact(page: Page) -> None:
    page.get_by_label("Police", exact=True).check()
    page.get_by_label("Name of the officer").fill("Rowan Thistlewood")
    page.get_by_label("Work telephone").fill("01632 960123")


#: section of the referral -> what is answered in it; the person was looked up already
SECTIONS: dict[str, Callable[[Page], None]] = {
    "How to reach the person": lambda page: page.get_by_label("Only through the referrer").check(),
    "Route and legal basis": route,
    "Stalking behaviour": behaviour,
    "Offence and orders in force": offence,
    "Needs and risks to staff": safety,
    "Whom to contact": contact,
}


def refer(page: Page, family_name: str) -> None:
    """Look the person up, fill the sections of the referral and send it."""
    page.get_by_role("link", name="Referrals").click()
    page.get_by_role("button", name="Refer a person").click()
    picture(page, "refer-start")
    page.get_by_label("Northmere service").check()
    page.get_by_label("Given names").fill("Robin")
    page.get_by_label("Family name").fill(family_name)
    # A birthday of one's own, or the page asks whether it is the person of another journey.
    fill_date(page, date(1990, 2, 28) - timedelta(weeks=sum(map(ord, family_name))))
    page.get_by_role("button", name="Begin the referral").click()
    picture(page, "refer-tasks")
    for title, fill in SECTIONS.items():
        page.get_by_role("link", name=title).click()
        fill(page)
        page.get_by_role("button", name="Save and continue").click()

    page.get_by_role("link", name="Check answers and send").click()
    picture(page, "check-answers")
    page.get_by_role("button", name="Send the referral").click()
    expect(page.locator("main")).to_contain_text("Sent to the programme")


def name_the_person(page: Page, given_names: str, family_name: str, year: str) -> None:
    """What is looked up before anything is begun: nobody whom another journey refers."""
    page.get_by_label("Given names").fill(given_names)
    page.get_by_label("Family name").fill(family_name)
    for part, value in (("Day", "7"), ("Month", "9"), ("Year", year)):
        page.get_by_label(part, exact=True).fill(value)


def fill_every_section(page: Page) -> None:
    """The parts that the search did not fill already."""
    for title, fill in SECTIONS.items():
        page.get_by_role("link", name=title).click()
        fill(page)
        page.get_by_role("button", name="Save and continue").click()


def type_in(
    page: Page,
    family_name: str,
    *,
    tell: str = "Nobody, or they are told in person",
    look: Callable[[], None] = lambda: None,
) -> None:
    """A referral that came on paper; `tell` is who hears of it, `look` is called on every page on the way."""
    page.get_by_role("link", name="Type in").click()
    look()
    page.get_by_role("button", name="Type a referral in").click()
    look()
    page.get_by_label(tell).check()
    name_the_person(page, "Quennell", family_name, "1973")
    page.get_by_role("button", name="Begin the referral").click()
    fill_every_section(page)
    look()
    page.get_by_role("link", name="Check answers and take in").click()
    look()
    page.get_by_role("button", name="Take the referral in").click()
    expect(page.locator("main")).to_contain_text("was taken in. A manager decides it")


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
    fill_date(page, working_days.after(today(), 4))
    page.get_by_label("At", exact=True).fill("10am")
    page.get_by_label("Remote").check()
    page.get_by_role("button", name="Propose sessions").click()
    page.get_by_role("button", name="Plan these sessions").click()
    expect(page.locator("main")).to_contain_text("Session 12")
    picture(page, "person")


def hold_a_session(page: Page, name: str) -> None:
    """Record the first session with one chain, and raise a concern."""
    page.get_by_role("link", name="People").click()
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name="Prepare").click()
    page.get_by_role("button", name="Begin the session").click()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Diary review").fill("Six of seven days filled in.")
    page.get_by_label("A concern: somebody must be told").check()
    page.get_by_label("Work done in the session").fill("A chain of Saturday night.")
    page.get_by_label("Worked in the session", exact=True).check()
    page.get_by_label("Homework set").fill("Fill in the diary every evening.")
    record = page.url
    page.get_by_role("button", name="Save and work on a chain").click()
    make_a_chain(page)

    page.goto(record)
    page.get_by_role("button", name="Save and raise a concern").click()
    page.get_by_label("What concerns you?").fill(SECRET)
    page.get_by_label("Who did you tell?").fill("The duty sergeant")
    fill_date(page, today() - timedelta(days=1))
    page.get_by_label("The time you told them").fill("9:30am")
    page.get_by_label("What did they answer?").fill("A patrol goes by.")
    page.get_by_label("Telephone number").fill("01632 960555")
    page.get_by_role("button", name="Record it and send the alert").click()
    expect(page.locator("main")).not_to_contain_text("There is a problem")


def make_a_chain(page: Page) -> None:
    """One chain: behaviour, prompt, three links, a consequence; repair that is contact is refused."""
    page.get_by_label("What happened?").fill("Drove past the house twice")
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Begin the chain").click()
    for part, kind, words in CHAIN:
        page.get_by_label("Words").fill(words)
        page.get_by_label("Type", exact=True).select_option(kind)
        page.get_by_label("Intensity, 0 to 5").select_option("3")
        page.get_by_label("Part of the chain").select_option(part)
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.locator(".chain-card__words", has_text=words)).to_be_visible()

    picture(page, "chain-editor")
    page.get_by_role("link", name="Behaviour and solution analysis").click()
    page.get_by_label("Repair").fill("Write her a letter to apologise")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator("main")).to_contain_text("never contact")
    page.get_by_label("Repair").fill("Tell my brother the truth about Saturday")
    page.get_by_role("button", name="Save").first.click()


def choose(page: Page, client: str) -> None:
    """The client chose that the police may be told what she reported."""
    page.goto(f"/safety/{client}/choices/")
    page.get_by_label("The police", exact=True).check()
    page.get_by_label("What they reported", exact=True).check()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Record the choice").click()
