"""The way to a sheet in the browser: two clicks from the overview, and one from a session."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, expect
from tests import looking
from tests.programme import factories

from desist.programme.sessions.models import Session

pytestmark = pytest.mark.browser


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


def test_a_sheet_is_two_clicks_from_the_overview_as_the_guide_pictures_it(
    browsing: Callable[..., BrowserContext], kit_browser: Client, session: Session
) -> None:
    factories.chain(session=session, links=3)
    factories.coping_plan(episode=session.episode)
    page = browsing(client=kit_browser, viewport=looking.WIDE).new_page()
    page.goto(f"/episodes/{session.episode.ref}/")

    page.get_by_role("link", name="Paper to hand out").click()

    sheet = page.get_by_role("link", name="Diary card, a week")
    expect(sheet).to_have_attribute("href", f"/paper/{session.episode.ref}/standard/sheet/diary/")
    looking.picture(page, "paper")


@pytest.mark.parametrize("place", ["prepare", "record"])
def test_the_sheets_are_one_click_from_a_session(
    browsing: Callable[..., BrowserContext], kit_browser: Client, session: Session, place: str
) -> None:
    page = browsing(client=kit_browser, viewport=looking.PHONE).new_page()
    page.goto(f"/sessions/{session.ref}/{place}/")

    page.get_by_role("link", name="Paper to hand out").click()

    expect(page.locator("h1")).to_have_text("Paper for Robin Example")
