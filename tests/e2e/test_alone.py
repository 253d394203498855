"""Each zone is useful alone: the same work where no partner runs Desist, and what they must know is told by telephone."""

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.e2e.advocacy_steps import choose, come, reach, report
from tests.e2e.conftest import Area, Windows
from tests.e2e.programme_steps import (
    accept,
    agree,
    assess,
    episode_of,
    hold_a_session,
    hold_sessions,
    leave,
    measure,
    sign,
    write_the_report,
)
from tests.e2e.steps import SECRET, menu, tab, type_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DESK = "01632 960572"


def to_tell(page: Page, kind: str, about: str) -> Locator:
    """What is to be read out on the telephone: one task of a kind about one person."""
    menu(page, "Partners to ring")
    page.get_by_role("row", name=kind).filter(has_text=about).get_by_role("link").first.click()
    return page.locator("main")


def tell(page: Page) -> None:
    """Telephone the partner, read it out, and note whom one told."""
    page.get_by_label("Who you told").fill("Sergeant Rowan Thistlewood")
    page.get_by_role("button", name="Note that they were told").click()
    expect(page.get_by_role("heading", name="Partners to ring")).to_be_visible()
    page.go_back()
    expect(page.locator("main")).to_contain_text("Sergeant Rowan Thistlewood was told on")


@pytest.mark.parametrize("alone", ["programme"], indirect=True)
def test_a_programme_alone_goes_from_a_paper_referral_to_a_concern_told_by_telephone(
    alone: Area, windows: Windows
) -> None:
    practitioner = windows(alone, "programme", "Ashby Quillon")
    type_in(practitioner, "Lonely-Larch", tell="Northmere Police")
    accept(windows(alone, "programme", "Morgan Fernwell"), "Lonely-Larch")
    hold_a_session(alone, practitioner, "Quennell Lonely-Larch")

    alert = to_tell(practitioner, "Alert", "Quennell Lonely-Larch")
    expect(alert).to_contain_text("01632 960555")
    expect(alert).not_to_contain_text(SECRET)
    tell(practitioner)


@pytest.mark.parametrize("alone", ["programme"], indirect=True)
def test_a_programme_alone_goes_from_a_paper_referral_to_a_signed_report_told_by_telephone(
    alone: Area, windows: Windows
) -> None:
    practitioner = windows(alone, "programme", "Ashby Quillon")
    type_in(practitioner, "Wholeway-Ash", tell="Northmere Police")
    accept(windows(alone, "programme", "Morgan Fernwell"), "Wholeway-Ash")
    episode = episode_of(practitioner, "Quennell Wholeway-Ash")
    agree(practitioner, episode)
    assess(practitioner, episode)
    measure(practitioner, episode, "Baseline", 3)
    hold_sessions(alone, practitioner, episode, 12)
    measure(practitioner, episode, "Closing", 1)
    tab(practitioner, "Measures")
    practitioner.get_by_role("link", name="Compare baseline, mid and closing").click()
    expect(practitioner.locator("main")).to_contain_text("1 improved")

    leave(practitioner, episode, "Completed the programme")
    write_the_report(practitioner)
    supervisor = windows(alone, "programme", "Corin Halloway-Mist")
    sign(supervisor, episode)
    with supervisor.expect_download() as saved:
        supervisor.get_by_role("button", name="Save the document").click()
    assert saved.value.path().read_bytes().startswith(b"%PDF")

    expect(to_tell(practitioner, "Progress notice", "Wholeway-Ash")).to_contain_text("Attended: 12")
    expect(to_tell(practitioner, "Exit report", "Wholeway-Ash")).to_contain_text("handed over separately")
    tell(practitioner)


@pytest.mark.parametrize("alone", ["programme"], indirect=True)
def test_a_programme_alone_tells_by_telephone_that_somebody_left_after_the_fifth_session(
    alone: Area, windows: Windows
) -> None:
    practitioner = windows(alone, "programme", "Ashby Quillon")
    type_in(practitioner, "Halfway-Hazel", tell="Northmere Police")
    accept(windows(alone, "programme", "Morgan Fernwell"), "Halfway-Hazel")
    episode = episode_of(practitioner, "Quennell Halfway-Hazel")
    hold_sessions(alone, practitioner, episode, 5)

    leave(practitioner, episode, "By the person", "Could not continue", contact=DESK)
    expect(practitioner.locator("main")).to_contain_text("Could not continue: work, health or caring")
    expect(practitioner.locator("main")).to_contain_text("During the sessions")

    alert = to_tell(practitioner, "Alert", "Halfway-Hazel")
    expect(alert).to_contain_text(DESK)
    expect(alert).not_to_contain_text("Could not continue")
    tell(practitioner)
    stage = to_tell(practitioner, "Progress notice", "Halfway-Hazel")
    expect(stage).to_contain_text("Attended: 5")
    expect(stage).not_to_contain_text("Could not continue")
    tell(practitioner)


@pytest.mark.parametrize("alone", ["advocacy"], indirect=True)
def test_an_advocacy_service_alone_goes_from_a_self_referral_to_a_report_told_by_telephone(
    alone: Area, windows: Windows
) -> None:
    page = windows(alone, "advocacy", "Fable Trelissick")
    client = come(page)
    reach(page, client)
    choose(page, client)
    report(page, client, "01632 960771")

    expect(to_tell(page, "Breach report", "")).to_contain_text("He waited by the gate.")
    tell(page)
