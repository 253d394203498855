"""Each zone is useful alone: the same work where no partner runs Desist, and what they must know is told by telephone."""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.e2e.conftest import Area, Windows
from tests.e2e.steps import accept, choose, fill_date, hold_a_session, today, type_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def to_tell(page: Page, about: str) -> Locator:
    """What is to be read out on the telephone."""
    page.goto("/post/by-hand/")
    page.get_by_role("row", name=about).get_by_role("link").click()
    return page.locator("main")


@pytest.mark.parametrize("alone", ["programme"], indirect=True)
def test_a_programme_alone_goes_from_a_paper_referral_to_a_concern_told_by_telephone(
    alone: Area, windows: Windows
) -> None:
    practitioner = windows(alone, "programme", "Ashby Quillon")
    type_in(practitioner, "Lonely-Larch", tell="Northmere Police")
    accept(windows(alone, "programme", "Morgan Fernwell"), "Lonely-Larch")
    hold_a_session(practitioner, "Quennell Lonely-Larch")

    expect(to_tell(practitioner, "Alert")).to_contain_text("01632 960555")


def come(page: Page) -> str:
    """Somebody comes by herself; returns her reference."""
    page.goto("/victims/start/")
    page.get_by_label("Came by themselves").check()
    page.get_by_label("Given names").fill("Saskia")
    page.get_by_label("Telephone number").fill("01632 960321")
    for consent in ("Being supported by this service", "Being contacted in the ways", "Telling the police"):
        page.get_by_label(consent).check()
    page.get_by_label("By telephone").check()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Record them").click()
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    return page.url.rstrip("/").split("/")[-1]


def reach(page: Page, client: str) -> None:
    """A call in a time that she said is safe, with her number in sight for as long as it takes."""
    page.goto(f"/contacts/{client}/times/")
    page.get_by_label("Call", exact=True).check()
    for day in page.locator("[name=days]").all():
        day.check()
    page.get_by_label("From").fill("12:00am")
    page.get_by_label("Until").fill("11:59pm")
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("button", name="Begin: call").click()
    expect(page.locator("main")).to_contain_text("01632 960321")
    page.get_by_label("Reached them").check()
    page.get_by_role("button", name="Save how it ended").click()


def report(page: Page, client: str) -> None:
    """What happened yesterday, sent to the police with her yes."""
    page.goto(f"/incidents/{client}/record/")
    fill_date(page, today() - timedelta(days=1))
    for label in ("Following a person", "By themselves", "At or near their home"):
        page.get_by_label(label).check()
    for label in ("In person", "Nothing", "Nobody yet"):
        page.get_by_label(label, exact=True).check()
    page.get_by_label("What happened?").fill("He waited by the gate.")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("link", name="Send it to the police").click()
    page.get_by_label("On which number do the police ring you?").fill("01632 960777")
    page.get_by_label("Your client has read it").check()
    page.get_by_role("button", name="Send it").click()
    expect(page.locator("main")).to_contain_text("No crime reference yet")


@pytest.mark.parametrize("alone", ["advocacy"], indirect=True)
def test_an_advocacy_service_alone_goes_from_a_self_referral_to_a_report_told_by_telephone(
    alone: Area, windows: Windows
) -> None:
    page = windows(alone, "advocacy", "Fable Trelissick")
    client = come(page)
    reach(page, client)
    choose(page, client)
    report(page, client)

    expect(to_tell(page, "Breach report")).to_contain_text("He waited by the gate.")
