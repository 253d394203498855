"""From the officer's draft to the signed exit report, and somebody who leaves after the fifth session."""

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import Area
from tests.e2e.programme_steps import accept, episode_of, hold_sessions, leave, sign, write_the_report
from tests.e2e.steps import SignIn, eventually, refer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DESK = "01632 960571"


def test_one_person_from_the_draft_to_the_exit_report(somebody: SignIn, area: Area) -> None:
    officer = somebody("partnership", "Rowan Thistlewood")
    refer(officer, "Wholeway-Elm")
    mine = officer.url
    accept(somebody("programme", "Morgan Fernwell"), "Wholeway-Elm")
    practitioner = somebody("programme", "Ashby Quillon")
    episode = episode_of(practitioner, "Robin Wholeway-Elm")
    hold_sessions(area, practitioner, episode, 12)
    officer.goto(mine)
    eventually(officer, "12 of 12 sessions attended")

    leave(practitioner, episode, "Completed the programme")
    sign(somebody("programme", "Corin Halloway-Mist"), write_the_report(practitioner, episode))

    eventually(officer, "Exit report of the programme")
    with officer.expect_download() as saved:
        officer.get_by_role("link", name="Save version 1").click()
    assert saved.value.path().read_bytes().startswith(b"%PDF")


def test_somebody_leaves_after_the_fifth_session_and_is_asked_after_later(
    somebody: SignIn, area: Area
) -> None:
    officer = somebody("partnership", "Rowan Thistlewood")
    refer(officer, "Halfway-Rowan")
    mine = officer.url
    accept(somebody("programme", "Morgan Fernwell"), "Halfway-Rowan")
    practitioner = somebody("programme", "Ashby Quillon")
    episode = episode_of(practitioner, "Robin Halfway-Rowan")
    hold_sessions(area, practitioner, episode, 5)

    leave(practitioner, episode, "By the person", "Withdrew", contact=DESK)

    desk = somebody("partnership", "Emrys Kettlewick")
    desk.goto("/alerts/")
    eventually(desk, DESK)
    officer.goto(mine)
    eventually(officer, "5 of 12 sessions attended")
    assert "Withdrew" not in officer.content()
    practitioner.goto(f"/leaving/{episode}/")
    practitioner.get_by_role("link", name="Follow-ups at 6 and 12 months").click()
    expect(practitioner.locator("main")).to_contain_text("12 months")
