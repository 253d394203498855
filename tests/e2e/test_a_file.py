"""A file in a real browser: held for what it says, released by a second officer, opened by the programme, recalled."""

import pytest
from playwright.sync_api import Page, expect
from tests import looking
from tests.e2e.steps import SignIn, eventually, follow, menu, refer
from tests.e2e.test_refer_a_person import complaints
from tests.referral import filled

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PLACE = "12 Quarry Lane"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attach(page: Page, name: str, content: bytes) -> None:
    """Choose a file, say that it was read, and send it."""
    page.get_by_label("File").set_input_files({"name": name, "mimeType": SHEET, "buffer": content})
    page.get_by_label("I have read it").check()
    follow(page.get_by_role("button", name="Attach the file"))


def test_a_file_is_held_released_by_a_second_officer_opened_and_recalled(somebody: SignIn) -> None:
    officer, colleague = (
        somebody("partnership", "Rowan Thistlewood"),
        somebody("partnership", "Darcy Brackenridge"),
    )
    manager = somebody("programme", "Morgan Fernwell")
    found = []
    refer(officer, "Papertrail-Ash")
    officer.get_by_role("link", name="Attachments (0)").click()

    attach(officer, "dates.xlsx", filled.very_hidden(PLACE))
    expect(officer.locator("main")).to_contain_text("This workbook has a hidden sheet")
    attach(officer, "dates.xlsx", filled.on_second_sheet(PLACE))
    expect(officer.locator("main")).to_contain_text(f"“{PLACE}” on sheet 2 looks like an address")
    looking.picture(officer, "refer-held-file")
    found += complaints(officer)
    officer.get_by_role("link", name="Give a reason for sending dates.xlsx").click()
    found += complaints(officer)
    officer.get_by_label("It belongs to a police station").check()
    officer.get_by_role("button", name="Keep the reason").click()
    expect(officer.locator("main")).to_contain_text("A second person must now look at the file")
    expect(officer.get_by_role("link", name="then release the file")).to_have_count(0)

    colleague.reload()
    colleague.get_by_role("link", name="Look at a file of the referral").first.click()
    expect(colleague.locator("main")).to_contain_text(f"“{PLACE}” on sheet 2")
    looking.picture(colleague, "release-file")
    found += complaints(colleague)
    colleague.get_by_label("I have looked at the whole file").check()
    colleague.get_by_role("button", name="Release the file").click()
    expect(colleague.locator("main")).to_contain_text("Released by Darcy Brackenridge")

    menu(manager, "Referrals")
    eventually(manager, "Papertrail-Ash")
    follow(manager.get_by_role("row", name="Papertrail-Ash").get_by_role("link").first)
    eventually(manager, manager.get_by_role("link", name="Attachments (1)"))
    manager.get_by_role("link", name="Attachments (1)").click()
    manager.get_by_role("link", name="Look at dates.xlsx").click()
    expect(manager.locator("main")).to_contain_text(PLACE)

    officer.reload()
    officer.get_by_role("link", name="Recall dates.xlsx").click()
    looking.picture(officer, "recall-file")
    found += complaints(officer)
    officer.get_by_label("It was wrong").check()
    follow(officer.get_by_role("button", name="Recall the file"))
    eventually(manager, "You can no longer open this file")
    expect(manager.locator("main")).not_to_contain_text(PLACE)
    manager.go_back()
    manager.reload()
    expect(manager.locator("main")).to_contain_text("Recalled by Northmere")
    looking.picture(manager, "recalled-file")
    found += complaints(manager)
    eventually(officer, "the programme can no longer open this file. It was opened")
    looking.picture(officer, "recalled-file-sender")
    found += complaints(officer)
    assert found == []
