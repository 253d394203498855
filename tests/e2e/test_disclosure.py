"""A disclosure across the running zones: decided by two people, read before a session, gone after a recall."""

import re

import pytest
from playwright.sync_api import expect
from tests.e2e.steps import SignIn, eventually, follow, menu, tab

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AGREEMENT = "Northmere stalking intervention: sharing agreement"
TOLD = "Contact became more frequent over the last month."
WORDS = "Was cautioned for an unrelated matter in spring."


def test_what_two_officers_approved_is_read_before_a_session_and_gone_after_a_recall(
    somebody: SignIn,
) -> None:
    officer, practitioner = (
        somebody("partnership", "Rowan Thistlewood"),
        somebody("programme", "Ashby Quillon"),
    )

    officer.get_by_role("link", name="decide about the disclosure").click()
    expect(officer.locator("main")).to_contain_text("Darcy Brackenridge approved")
    officer.get_by_role("button", name="Read and approve").click()
    expect(officer.locator("main")).to_contain_text(WORDS)
    officer.get_by_role("button", name="I have read it and approve exactly this").click()
    expect(officer.locator("main")).to_contain_text("two people of one organisation")

    menu(practitioner, "People")
    follow(practitioner.get_by_role("link", name="Garrick Wispington"))
    tab(practitioner, "Risk and concerns", "Police information")
    eventually(practitioner, "Disclosed to you: 1")
    expect(practitioner.locator("main")).not_to_contain_text(WORDS)
    practitioner.get_by_role("link", name="prepares a session").click()
    expect(practitioner.locator("main")).to_contain_text(WORDS)
    expect(practitioner.locator("main")).to_contain_text("Never raise it")

    eventually(officer, "exactly this copy")
    officer.get_by_role("link", name="Recall the disclosure").click()
    officer.get_by_label("It was wrong").check()
    follow(officer.get_by_role("button", name="Ask the programme to stop using it"))
    eventually(practitioner, "Do not use it here or in a report")
    expect(practitioner.locator("main")).not_to_contain_text(WORDS)
    eventually(officer, "It has not been used since")
    assert not re.search(WORDS, officer.content())


def test_what_a_client_chose_to_have_told_is_decided_by_two_organisations_and_its_source_stays_unknown(
    somebody: SignIn,
) -> None:
    manager, officer = somebody("advocacy", "Noor Quenington"), somebody("partnership", "Darcy Brackenridge")
    practitioner = somebody("programme", "Ashby Quillon")

    manager.get_by_role("link", name="decide about the disclosure").click()
    expect(manager.locator("main")).to_contain_text("Fable Trelissick approved")
    manager.get_by_role("button", name="Read and approve").click()
    manager.get_by_role("button", name="I have read it and approve exactly this").click()
    expect(manager.locator("main")).to_contain_text("Sent to the police")

    eventually(officer, "decide whether to pass on")
    officer.get_by_role("link", name="decide whether to pass on").click()
    expect(officer.locator("main")).to_contain_text("Offered by Harbour Advocacy")
    officer.get_by_role("button", name="Decide to pass it on").click()
    officer.get_by_label("A sharing agreement").check()
    officer.get_by_label("Which sharing agreement?").select_option(label=AGREEMENT)
    officer.get_by_label("Why is it needed?").fill("The weeks ahead look calmer than they are.")
    officer.get_by_label("Why is it no more than needed?").fill("How often alone.")
    officer.get_by_role("button", name="Pass on exactly this to the programme").click()
    expect(officer.locator("main")).to_contain_text(
        "Harbour Advocacy and Darcy Brackenridge: two organisations"
    )

    menu(practitioner, "People")
    follow(practitioner.get_by_role("link", name="Quill Cinderhollow"))
    tab(practitioner, "Risk and concerns", "Police information")
    eventually(practitioner, "Disclosed to you: 2")
    practitioner.get_by_role("link", name="prepares a session").click()
    expect(practitioner.locator("main")).to_contain_text(TOLD)
    read = practitioner.locator("main").inner_text()
    assert not re.search("harbour|advocate|Darcy|Fable|Noor", read, re.IGNORECASE)

    eventually(manager, "Passed on to the programme")
    manager.get_by_role("link", name="Recall the disclosure").click()
    manager.get_by_label("It must no longer be used").check()
    follow(manager.get_by_role("button", name="Ask them to stop using it"))
    eventually(practitioner, "Do not use it here or in a report")
    expect(practitioner.locator("main")).not_to_contain_text(TOLD)
