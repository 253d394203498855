"""A referral on both sides of the wall in a real browser: put right, with a file, withdrawn; and typed in alone."""

import pytest
from playwright.sync_api import Page, expect
from tests import looking
from tests.e2e.conftest import Area
from tests.e2e.steps import (
    SECTIONS,
    SignIn,
    back,
    eventually,
    fill_every_section,
    follow,
    menu,
    name_the_person,
    type_in,
)
from tests.referral.test_table import ROW, written

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTE = b"Reports to the station on Mondays."


def complaints(page: Page) -> list[str]:
    """What axe finds on this page, and whether it is wider than a phone."""
    found = [f"{page.url} {one}" for one in looking.findings(page)]
    page.set_viewport_size(looking.PHONE)
    wide = page.evaluate("document.documentElement.scrollWidth") > looking.PHONE["width"]
    page.set_viewport_size({"width": 1280, "height": 720})
    return [*found, *([f"{page.url} is wider than a phone"] if wide else [])]


def attach(page: Page) -> None:
    page.get_by_role("link", name="Attachments").click()
    page.get_by_label("File").set_input_files({"name": "note.txt", "mimeType": "text/plain", "buffer": NOTE})
    page.get_by_label("I have read it").check()
    page.get_by_role("button", name="Attach the file").click()
    expect(page.locator("main")).to_contain_text("The file was attached")


def test_a_referral_with_a_file_is_put_right_and_withdrawn_and_the_programme_sees_each(
    somebody: SignIn,
) -> None:
    officer, manager = somebody("partnership", "Rowan Thistlewood"), somebody("programme", "Morgan Fernwell")
    found = []

    menu(officer, "Referrals")
    follow(officer.get_by_role("button", name="Refer a person"))
    found += complaints(officer)
    name_the_person(officer, "Ottoline", "Putright-Elm", "1971")
    follow(officer.get_by_role("button", name="Start the referral"))
    found += complaints(officer)
    fill_every_section(officer)
    back(officer)
    looking.picture(officer, "refer-tasks")
    attach(officer)
    looking.picture(officer, "refer-attachments")
    found += complaints(officer)
    back(officer)
    officer.get_by_role("link", name="Check answers and send").click()
    found += complaints(officer)
    follow(officer.get_by_role("button", name="Send the referral"))

    eventually(manager, "Putright-Elm", "Referrals")
    follow(manager.get_by_role("row", name="Putright-Elm").get_by_role("link").first)
    eventually(manager, "Attachments (1)")
    found += complaints(manager)

    officer.get_by_text("The person", exact=True).click()
    officer.get_by_role("link", name="Amend: the person").click()
    officer.get_by_label("Given names").fill("Ottilie")
    officer.get_by_label("Something new is known").check()
    officer.get_by_role("button", name="Send what changed").click()
    expect(officer.locator("main")).to_contain_text("The referral has been amended")
    found += complaints(officer)
    eventually(manager, "What was changed")
    expect(manager.get_by_role("row", name="Given names")).to_contain_text("Ottilie")
    looking.picture(manager, "referral-changed")
    found += complaints(manager)
    manager.get_by_role("link", name="Attachments (1)").click()
    manager.get_by_role("link", name="Look at note.txt").click()
    expect(manager.locator("main")).to_contain_text(NOTE.decode())
    found += complaints(manager)

    officer.get_by_role("link", name="Withdraw this referral").click()
    officer.get_by_label("The person moved to another area").check()
    follow(officer.get_by_role("button", name="Withdraw the referral"))
    back(manager)
    back(manager)
    eventually(manager, "The person moved to another area")
    assert found == []


def test_words_that_look_like_an_address_are_asked_about_and_every_section_reads_well(
    somebody: SignIn,
) -> None:
    officer = somebody("partnership", "Rowan Thistlewood")
    menu(officer, "Referrals")
    follow(officer.get_by_role("button", name="Refer a person"))
    name_the_person(officer, "Peverell", "Askabout-Fir", "1972")
    follow(officer.get_by_role("button", name="Start the referral"))
    back(officer)
    found = []

    for title in ("The person", *SECTIONS):
        follow(officer.get_by_role("link", name=title, exact=True))
        found += complaints(officer)
        back(officer)
    follow(officer.get_by_role("link", name="Stalking behaviour"))
    SECTIONS["Stalking behaviour"](officer)
    officer.get_by_label("What the person did").fill("Reported at 14 Otterfell Road")
    officer.get_by_role("button", name="Save and continue").click()
    expect(officer.locator("main")).to_contain_text("looks like an address")
    looking.picture(officer, "refer-alarm")
    found += complaints(officer)
    officer.get_by_label("It belongs to a police station").check()
    officer.get_by_role("button", name="Save and continue").click()

    expect(officer.get_by_role("heading", name="Offence and orders in force")).to_be_visible()
    assert found == []


def test_a_programme_alone_types_a_referral_in_and_brings_in_a_table(somebody: SignIn, area: Area) -> None:
    practitioner, manager = somebody("programme", "Ashby Quillon"), somebody("programme", "Morgan Fernwell")
    found = []

    type_in(practitioner, "Alone-Ash", look=lambda: found.extend(complaints(practitioner)))

    menu(manager, "Referrals")
    expect(manager.locator("main")).to_contain_text("Alone-Ash")
    menu(manager, "Referrals being entered")
    follow(manager.get_by_role("link", name="Import a table"))
    rows = [
        {
            **ROW,
            "given_names": "Ulverton",
            "family_name": "Table-Oak",
            "born": "1974-09-07",
            "pnc": "",
            "complete_on": "2026-03-01",
        },
        {**ROW, "born": "soon"},
    ]
    for choice, said in (
        ("Check it", "Nothing was saved. 1 row is correct"),
        ("Import every row", "1 referral was imported"),
    ):
        manager.get_by_label("Table").set_input_files(
            {"name": "referrals.csv", "mimeType": "text/csv", "buffer": written(*rows, alone=True)}
        )
        manager.get_by_label(choice).check()
        manager.get_by_label("Nobody, or they are told in person").check()
        manager.get_by_role("button", name="Continue").click()
        expect(manager.locator("main")).to_contain_text(said)
        found += complaints(manager)
        looking.picture(manager, "import-table")

    assert found == []
