"""What staff do in the browser, one function for each step, shared by the journeys."""

import re
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Error, Locator, Page, expect
from tests import looking

every, follow, picture = looking.every, looking.follow, looking.picture
SignIn = Callable[[str, str], Page]

#: What the practitioner writes of the concern: it must never reach the other side.
SECRET = "Spoke of the quarry at Example Edge"
#: the number on which the victim is reached
PHONE = "01632 960321"


def menu(page: Page, place: str) -> None:
    """Choose an entry of the menu, or a place behind its last entry, "Service"."""
    entries = page.get_by_role("navigation", name="Menu")
    entry, last = (entries.get_by_role("link", name=counted(name)) for name in (place, "Service"))
    if not _is_listed(entry, last):
        follow(last)
        entry = page.locator("main").get_by_role("link", name=place, exact=True)
    follow(entry)


def _is_listed(entry: Locator, last: Locator) -> bool:
    """Whether the menu has the entry. A button just pressed may exchange the page between two looks at it."""
    end = time.monotonic() + 60
    while not entry.count():
        if last.count() and not entry.count():
            return False
        assert time.monotonic() < end, "The page has no menu."
        time.sleep(0.05)
    return True


def counted(place: str) -> re.Pattern[str]:
    """Return the name of an entry, with or without what waits there."""
    return re.compile(rf"^{re.escape(place)}( \d+\+? (waiting|for today))?$")


def tab(page: Page, *names: str) -> None:
    """Choose another page about the person or client whose page is open: a place, then a part of it."""
    for name in names:
        follow(page.locator(".moj-sub-navigation, .desist-parts").get_by_role("link", name=name, exact=True))


def back(page: Page) -> None:
    """Return to the page from which this one was opened, by its link."""
    follow(page.locator(".govuk-back-link"))


def eventually(page: Page, sought: str | re.Pattern[str] | Locator, place: str = "") -> None:
    """Choose an entry of the menu, or reload the page, until an envelope has crossed or a clock has passed it on.

    A button pressed just before is pressed with `follow`: reloading at once would take back what it sends.
    """
    found = sought if isinstance(sought, Locator) else page.locator("main").get_by_text(sought)
    end = time.monotonic() + 90
    while time.monotonic() < end:
        with suppress(Error):  # the page may go on by itself meanwhile
            menu(page, place) if place else page.reload()
        if found.count():
            return
        time.sleep(0.3)
    expect(found.first).to_be_visible()


def reference(address: str) -> str:
    """Return the reference of the case whose page this is."""
    return address.rstrip("/").split("/")[-1]


def today() -> date:
    """Return today's date as the pages count it."""
    return datetime.now(ZoneInfo("Europe/London")).date()


def fill_date(page: Page, day: date) -> None:
    """Fill in the three boxes of the page's only date."""
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(part, exact=True).fill(str(value))


def on(page: Page, name: str, day: date) -> None:
    """Fill the date field of this name."""
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"#id_{name}-{part}").fill(str(value))


def reach(page: Page) -> None:
    page.get_by_label("Only through the referrer").check()
    page.get_by_label("Which police area does the person live in?").select_option("own")


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
    for none in every(page.get_by_label("None known")):
        none.check()


def risk(page: Page) -> None:
    page.get_by_label("Which tool was used").select_option("s_dash")
    page.get_by_label("What was concluded?").fill("High")
    page.get_by_label("Name of the person who judged").fill("Rowan Thistlewood")
    fill_date(page, date(2024, 5, 3))
    page.get_by_label("The victim", exact=True).check()


def contact(page: Page) -> None:
    page.get_by_label("Police", exact=True).check()
    page.get_by_label("Name of the officer").fill("Rowan Thistlewood")
    page.get_by_label("Work telephone").fill("01632 960123")


#: section of the referral -> its answers; the person was looked up already
SECTIONS: dict[str, Callable[[Page], None]] = {
    "How to reach the person": reach,
    "Route and legal basis": route,
    "Stalking behaviour": behaviour,
    "Offence and orders in force": offence,
    "Needs and risks to staff": safety,
    "The referrer’s judgement of risk": risk,
    "Who to contact": contact,
}


def refer(page: Page, family_name: str) -> None:
    """Look the person up, fill the sections of the referral and send it."""
    menu(page, "Referrals")
    page.get_by_role("button", name="Refer a person").click()
    picture(page, "refer-start")
    page.get_by_label("Given names").fill("Robin")
    page.get_by_label("Family name").fill(family_name)
    fill_date(page, birthday(family_name))
    follow(page.get_by_role("button", name="Start the referral"))
    fill_every_section(page)
    picture(page, "check-answers")
    page.get_by_role("button", name="Send the referral").click()
    expect(page.locator("main")).to_contain_text("Sent to the programme")


def refer_the_victim(page: Page, name: str, crime_reference: str) -> None:
    """Refer the victim from the referral of the person who stalks her; only what she agreed to share is sent."""
    given_names, family_name = name.split()
    page.get_by_role("button", name="Refer the victim to support").click()
    page.get_by_label("The victim agreed to be referred").check()
    on(page, "agreed_on", today())
    for label, said in (
        ("Given names", given_names),
        ("Family name", family_name),
        ("Telephone number", PHONE),
        ("contacted safely", "By telephone, in the morning."),
        ("Crime reference", crime_reference),
    ):
        page.get_by_label(label).fill(said)
    for label, said in (
        ("What happened", "Waited"),
        ("Name of the officer", "Rowan"),
        ("Work telephone", "01632"),
    ):
        expect(page.get_by_label(label)).to_have_value(re.compile(said))
    page.get_by_role("button", name="Send the referral").click()
    expect(page.locator("main")).to_contain_text("on its way to the advocacy service")
    assert family_name not in page.content()


def birthday(family_name: str) -> date:
    """Return a birthday for this family name alone: with a shared one the page asks if two people are one."""
    return date(1990, 2, 28) - timedelta(weeks=sum(map(ord, family_name)))


def name_the_person(page: Page, given_names: str, family_name: str, year: str) -> None:
    """Type the details of a person whom no other journey refers."""
    page.get_by_label("Given names").fill(given_names)
    page.get_by_label("Family name").fill(family_name)
    for part, value in (("Day", "7"), ("Month", "9"), ("Year", year)):
        page.get_by_label(part, exact=True).fill(value)


def fill_every_section(page: Page) -> None:
    """Fill in the parts that the search left empty: each save leads to the next one, the last to the check."""
    while (title := page.locator("h1").inner_text()) in SECTIONS:
        SECTIONS[title](page)
        follow(page.get_by_role("button", name="Save and continue"))


def type_in(
    page: Page,
    family_name: str,
    *,
    tell: str = "Nobody, or they are told in person",
    look: Callable[[], None] = lambda: None,
) -> None:
    """Type in a referral that came on paper; `tell` names who hears of it, and `look` runs on every page on the way."""
    menu(page, "Referrals being entered")
    look()
    page.get_by_role("button", name="Enter a referral").click()
    look()
    page.get_by_label(tell).check()
    page.get_by_label("Given names").fill("Quennell")
    page.get_by_label("Family name").fill(family_name)
    fill_date(page, birthday(family_name))
    follow(page.get_by_role("button", name="Start the referral"))
    fill_every_section(page)
    look()
    page.get_by_role("button", name="Submit the referral").click()
    expect(page.locator("main")).to_contain_text("has been submitted. A manager will decide it")


def acknowledge(page: Page, row: str) -> None:
    """Take up the alert in this row, as the colleague on duty; the row says nothing of what happened."""
    eventually(page, row, "Alerts")
    assert SECRET not in page.content()
    page.get_by_role("row", name=row).get_by_role("link", name="Acknowledge").first.click()
    picture(page, "alert")
    page.get_by_label("What did you do?").fill("Rang, and agreed who does what.")
    page.get_by_role("button", name="Confirm that I have it").click()
    expect(page.get_by_role("row", name=row).first).to_contain_text("Acknowledged")
