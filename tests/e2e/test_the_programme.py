"""From the officer's draft to the signed exit report and the follow-up, and someone who leaves after the fifth session."""

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Area
from tests.e2e.programme_steps import (
    accept,
    agree,
    ask_after,
    assess,
    episode_of,
    half_a_year_goes_by,
    hold_sessions,
    judge,
    leave,
    measure,
    person,
    set_a_goal,
    sign,
    write_the_report,
)
from tests.e2e.steps import SignIn, eventually, follow, menu, refer, reference, tab

from desist.references import spoken

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DESK = "01632 960571"


def open_referral(page: Page, referral: str) -> None:
    """The officer's own, from the list."""
    menu(page, "Referrals")
    follow(page.get_by_role("row", name=spoken(referral)).get_by_role("link").first)


def test_one_person_from_the_draft_to_the_exit_report_and_the_follow_up(somebody: SignIn, area: Area) -> None:
    officer = somebody("partnership", "Rowan Thistlewood")
    refer(officer, "Wholeway-Elm")
    mine = reference(officer.url)
    accept(somebody("programme", "Morgan Fernwell"), "Wholeway-Elm")
    practitioner = somebody("programme", "Ashby Quillon")
    episode = episode_of(practitioner, "Robin Wholeway-Elm")
    agree(practitioner, episode)
    assess(practitioner, episode)
    set_a_goal(practitioner, episode)
    judge(practitioner, episode)
    measure(practitioner, episode, "Baseline", 3)
    person(practitioner, episode)
    expect(practitioner.locator(".govuk-task-list")).not_to_contain_text("Not started")
    hold_sessions(area, practitioner, episode, 12, chain_in=3)
    measure(practitioner, episode, "Closing", 1)
    open_referral(officer, mine)
    eventually(officer, "12 of 12 sessions attended")
    tab(practitioner, "Chains")
    practitioner.get_by_role("link", name="Drove past the house twice").last.click()
    expect(practitioner.locator("main")).to_contain_text("Walk another way home")

    leave(practitioner, episode, "Completed the programme")
    write_the_report(practitioner)
    sign(somebody("programme", "Corin Halloway-Mist"), episode)

    eventually(officer, "Exit report of the programme")
    with officer.expect_download() as saved:
        officer.get_by_role("link", name="Save version 1").click()
    assert saved.value.path().read_bytes().startswith(b"%PDF")

    half_a_year_goes_by(area, episode)
    ask_after(practitioner, episode)


def test_somebody_leaves_after_the_fifth_session_and_is_asked_after_later(
    somebody: SignIn, area: Area
) -> None:
    officer = somebody("partnership", "Rowan Thistlewood")
    refer(officer, "Halfway-Rowan")
    mine = reference(officer.url)
    accept(somebody("programme", "Morgan Fernwell"), "Halfway-Rowan")
    practitioner = somebody("programme", "Ashby Quillon")
    episode = episode_of(practitioner, "Robin Halfway-Rowan")
    hold_sessions(area, practitioner, episode, 5)

    leave(practitioner, episode, "By the person", "Withdrew", contact=DESK)

    desk = somebody("partnership", "Emrys Kettlewick")
    eventually(desk, DESK, "Alerts")
    open_referral(officer, mine)
    eventually(officer, "5 of 12 sessions attended")
    assert "Withdrew" not in officer.content()
    practitioner.get_by_role("link", name="Follow-ups at 6 and 12 months").click()
    expect(practitioner.locator("main")).to_contain_text("12 months")
