"""From the officer's draft to the signed exit report, and somebody who leaves after the fifth session."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.steps import SignIn, accept, eventually, refer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DESK = "01632 960571"


def episode_of(page: Page, name: str) -> str:
    """The reference of the episode that bears this name."""
    page.goto("/episodes/")
    page.get_by_role("link", name=name).click()
    page.wait_for_url("**/episodes/*/")
    return page.url.rstrip("/").split("/")[-1]


def hold_sessions(page: Page, episode: str, count: int) -> None:
    """Record one session after the other: attended, nothing new."""
    page.goto(f"/episodes/{episode}/")
    rows = page.get_by_role("link", name=re.compile(r"^Session \d+$"))
    addresses = [link.get_attribute("href") or "" for link in rows.all()]
    for address in addresses[:count]:
        page.goto(f"{address}record/")
        page.get_by_label("Yes", exact=True).check()
        page.get_by_label("Nothing new").check()
        page.get_by_label("Work done in the session").fill("Looked at what came before the urge.")
        page.get_by_label("Worked in the session", exact=True).check()
        page.get_by_role("button", name="Save and finish").click()
        page.get_by_role("button", name="Finish the record").click()
        expect(page.locator("main")).to_contain_text("Attended")


def write_the_report(page: Page, episode: str) -> str:
    """The practitioner's part; returns the report's address."""
    page.goto(f"/reports/of/{episode}/start/")
    page.get_by_role("button", name="Begin", exact=True).click()
    for part in page.locator("textarea").all():
        if not part.input_value():
            part.fill("Nothing to add.")
    page.get_by_role("button", name="Save and hand it on").click()
    page.get_by_role("button", name="Hand it on").click()
    expect(page.locator("main")).to_contain_text("Waiting for a second pair of eyes")
    return page.url[page.url.index("/reports/") :]


def test_one_person_from_the_draft_to_the_exit_report(somebody: SignIn) -> None:
    officer = somebody("partnership", "Rowan Thistlewood")
    refer(officer, "Wholeway-Elm")
    mine = officer.url
    accept(somebody("programme", "Morgan Fernwell"), "Wholeway-Elm")
    practitioner = somebody("programme", "Ashby Quillon")
    episode = episode_of(practitioner, "Robin Wholeway-Elm")
    hold_sessions(practitioner, episode, 12)
    officer.goto(mine)
    eventually(officer, "12 of 12 sessions attended")

    practitioner.goto(f"/leaving/{episode}/end/")
    practitioner.get_by_label("Completed the programme").check()
    practitioner.get_by_role("button", name="Record the leaving").click()
    report = write_the_report(practitioner, episode)
    supervisor = somebody("programme", "Corin Halloway-Mist")
    supervisor.goto(report)
    supervisor.get_by_role("button", name="Sign").click()
    supervisor.get_by_role("button", name="Sign").click()
    expect(supervisor.locator("main")).to_contain_text("Signed")

    eventually(officer, "Exit report of the programme")
    with officer.expect_download() as saved:
        officer.get_by_role("link", name="Save version 1").click()
    assert saved.value.path().read_bytes().startswith(b"%PDF")


def test_somebody_leaves_after_the_fifth_session_and_is_asked_after_later(somebody: SignIn) -> None:
    officer = somebody("partnership", "Rowan Thistlewood")
    refer(officer, "Halfway-Rowan")
    mine = officer.url
    accept(somebody("programme", "Morgan Fernwell"), "Halfway-Rowan")
    practitioner = somebody("programme", "Ashby Quillon")
    episode = episode_of(practitioner, "Robin Halfway-Rowan")
    hold_sessions(practitioner, episode, 5)

    practitioner.goto(f"/leaving/{episode}/end/")
    practitioner.get_by_label("By the person").check()
    practitioner.get_by_label("Withdrew").check()
    practitioner.locator("#id_contact").fill(DESK)
    practitioner.get_by_role("button", name="Record the leaving").click()

    desk = somebody("partnership", "Emrys Kettlewick")
    desk.goto("/alerts/")
    eventually(desk, DESK)
    officer.goto(mine)
    eventually(officer, "5 of 12 sessions attended")
    assert "Withdrew" not in officer.content()
    practitioner.goto(f"/leaving/{episode}/")
    practitioner.get_by_role("link", name="Follow-ups at 6 and 12 months").click()
    expect(practitioner.locator("main")).to_contain_text("12 months")
