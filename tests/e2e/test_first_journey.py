"""The thinnest whole journey, in a real browser across the running zones."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Area

from desist.embedded import Cluster

pytestmark = [pytest.mark.browser, pytest.mark.slow]

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
    for part, value in (("Day", "28"), ("Month", "2"), ("Year", "1990")):
        page.get_by_label(part, exact=True).fill(value)
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
    picture(page, "person")


def hold_a_session(page: Page, family_name: str) -> None:
    """Record the first session with one chain, and raise a concern."""
    page.get_by_role("link", name="People").click()
    page.get_by_role("link", name=f"Robin {family_name}").click()
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
    for part, value in (("Day", "24"), ("Month", "11"), ("Year", "2026")):
        page.get_by_label(part).fill(value)
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


def acknowledge(page: Page) -> None:
    """The switchboard's person takes the alert up."""
    page.get_by_role("link", name="Alerts").click()
    eventually(page, "01632 960555")
    assert SECRET not in page.content()
    page.get_by_role("row", name="01632 960555").get_by_role("link", name="Acknowledge").click()
    picture(page, "alert")
    page.get_by_label("What did you do?").fill("Called, and told the advocate.")
    page.get_by_role("button", name="I have taken it up").click()
    expect(page.locator("main")).to_contain_text("Taken up")


def verify(area: Area, status: int) -> str:
    """`./desist verify` over the running area."""
    told = {**os.environ, "DESIST_DATA": str(area.folder)}
    command = [sys.executable, "-m", "desist.cli", "verify"]
    result = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    assert result.returncode == status, result.stdout + result.stderr
    return result.stdout


def tamper(area: Area) -> None:
    """Somebody with the server's superuser rewrites who sent the referral."""
    with Cluster(area.folder).connect("northmere_police") as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(
            "UPDATE wall_auditevent SET who = 'nobody' WHERE action = 'partnership.send_referral'"
        )


def picture(page: Page, name: str) -> None:
    """Keep a screenshot for the documentation where DESIST_PICTURES names a folder."""
    if folder := os.environ.get("DESIST_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def test_from_the_referral_to_the_acknowledged_alert(somebody: SignIn, area: Area) -> None:
    officer = somebody("partnership", "Rowan Thistlewood")
    refer(officer, "Examplewood")
    accept(somebody("programme", "Morgan Fernwell"), "Examplewood")
    eventually(officer, "0 of 12 sessions attended, 12 planned")

    practitioner = somebody("programme", "Ashby Quillon")
    hold_a_session(practitioner, "Examplewood")
    acknowledge(somebody("partnership", "Emrys Kettlewick"))

    practitioner.goto("/concerns/")
    eventually(practitioner, "Taken up")
    assert "none edited, removed or cut off" in verify(area, 0)
    tamper(area)
    assert "an event was edited" in verify(area, 1)
