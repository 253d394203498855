"""Each zone is useful alone: the same work where no partner runs Desist, and what they must know is told by telephone."""

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import Area, Windows
from tests.e2e.steps import accept, hold_a_session, type_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("alone", ["programme"], indirect=True)
def test_a_programme_alone_goes_from_a_paper_referral_to_a_concern_told_by_telephone(
    alone: Area, windows: Windows
) -> None:
    practitioner = windows(alone, "programme", "Ashby Quillon")
    type_in(practitioner, "Lonely-Larch", tell="Northmere Police")
    accept(windows(alone, "programme", "Morgan Fernwell"), "Lonely-Larch")
    hold_a_session(practitioner, "Quennell Lonely-Larch")

    practitioner.goto("/post/by-hand/")

    expect(practitioner.locator("main")).to_contain_text("01632 960555")
