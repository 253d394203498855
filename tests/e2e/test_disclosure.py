"""A disclosure across the running zones: decided by two people, read before a session, gone after a recall."""

import re

import pytest
from playwright.sync_api import expect
from tests.e2e.steps import SignIn, eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS = "Was cautioned for an unrelated matter in spring."


def test_what_two_officers_approved_is_read_before_a_session_and_gone_after_a_recall(
    somebody: SignIn,
) -> None:
    officer, practitioner = (
        somebody("partnership", "Rowan Thistlewood"),
        somebody("programme", "Ashby Quillon"),
    )

    officer.get_by_role("link", name="Decide the disclosure about").click()
    expect(officer.locator("main")).to_contain_text("Darcy Brackenridge approved")
    officer.get_by_role("link", name="Read and approve").click()
    expect(officer.locator("main")).to_contain_text(WORDS)
    officer.get_by_role("button", name="I have read it and approve exactly this").click()
    expect(officer.locator("main")).to_contain_text("two people of one organisation")

    practitioner.goto("/episodes/")
    practitioner.get_by_role("link", name="Garrick Wispington").click()
    practitioner.get_by_role("link", name="From the police").click()
    eventually(practitioner, "Disclosed to you: 1")
    expect(practitioner.locator("main")).not_to_contain_text(WORDS)
    practitioner.get_by_role("link", name="prepares a session").click()
    expect(practitioner.locator("main")).to_contain_text(WORDS)
    expect(practitioner.locator("main")).to_contain_text("Never raise it")

    eventually(officer, "exactly this copy")
    officer.get_by_role("link", name="Recall it").click()
    officer.get_by_label("It was wrong").check()
    officer.get_by_role("button", name="Ask the programme to use it no more").click()
    eventually(practitioner, "Do not use it, neither here nor in a report")
    expect(practitioner.locator("main")).not_to_contain_text(WORDS)
    eventually(officer, "It is no longer used since")
    assert not re.search(WORDS, officer.content())
