"""In a real browser: four meetings of a sick colleague are covered in at most eight clicks, with and without JavaScript."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from psycopg.types.range import TimestamptzRange
from tests.programme import factories

from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.sessions.models import Session
from desist.ui import dates
from desist.wall.actors import Role

pytestmark = pytest.mark.browser

MOST = 8


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


@pytest.fixture
def four(episode: Episode, practitioner: Practitioner) -> Practitioner:
    """Kit's four meetings of three days, and Noor, who is free."""
    noor = factories.practitioner(account=factories.account(name="Noor Hale"))
    now = datetime.now(dates.LONDON).replace(hour=13, minute=0, second=0, microsecond=0)
    for number, (days, hour) in enumerate(((0, 0), (0, 2), (1, 0), (2, 1)), 1):
        start = now + timedelta(days=days, hours=hour)
        factories.session(
            episode=episode, number=number, period=TimestamptzRange(start, start + timedelta(hours=1))
        )
    return noor


class Clicks:
    """A page on which every click is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.number = page, 0

    def on(self, role: Any, name: str) -> None:
        self.page.get_by_role(role, name=name, exact=True).click()
        self.number += 1


@pytest.mark.parametrize("scripts", [True, False])
def test_four_meetings_of_a_sick_colleague_are_covered_in_eight_clicks(
    browsing: Callable[..., BrowserContext],
    signed_in: Callable[..., Client],
    four: Practitioner,
    *,
    scripts: bool,
) -> None:
    client = signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))
    page = browsing(client=client, java_script_enabled=scripts).new_page()
    last = datetime.now(dates.LONDON) + timedelta(days=2)
    clicks = Clicks(page)
    page.goto("/")

    clicks.on("link", "Service")
    clicks.on("link", "Team")
    clicks.on("link", "Leave and cover for Kit Marlow")
    page.locator("[name=last-day]").fill(str(last.day))
    page.locator("[name=last-month]").fill(str(last.month))
    clicks.on("button", "Show the meetings of these days")
    clicks.on("button", "Record the leave and give these meetings")

    expect(page.locator("main")).to_contain_text("Meetings given to colleagues: 4.")
    assert set(Session.objects.values_list("practitioner__name", flat=True)) == {"Noor Hale"}
    assert clicks.number <= MOST
    assert clicks.number == 5
