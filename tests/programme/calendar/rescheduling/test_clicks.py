"""How many clicks it takes to book another time for a missed session, and to move a session with all later ones."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from psycopg.types.range import DateRange, TimestamptzRange
from tests import looking
from tests.programme import factories

from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.sessions.models import Session
from desist.ui import dates

pytestmark = pytest.mark.browser


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


@pytest.fixture
def over(episode: Episode) -> Session:
    """Session 5, planned for two hours ago in a room, without a record."""
    held = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)
    period = TimestamptzRange(held, held + timedelta(minutes=60))
    return factories.session(episode=episode, number=5, period=period, room=factories.room(name="Room 2"))


class Clicks:
    """A page on which every click is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.made = page, 0

    def press(self, role: Any, name: str) -> None:
        self.made += 1
        self.page.get_by_role(role, name=name).first.click()


@pytest.fixture
def clicks(browsing: Callable[..., BrowserContext], kit_browser: Client) -> Callable[..., Clicks]:
    """Make a window of Kit's in which clicks are counted."""
    return lambda **wishes: Clicks(browsing(client=kit_browser, **wishes).new_page())


@pytest.mark.parametrize("javascript", [True, False])
def test_a_missed_session_its_contact_and_another_time_take_six_clicks(
    clicks: Callable[..., Clicks], over: Session, javascript: bool
) -> None:
    counted = clicks(java_script_enabled=javascript, viewport=looking.WIDE)
    counted.page.goto(f"/sessions/{over.ref}/")

    counted.press("link", "They did not attend")
    counted.press("radio", "Did not hear from the person")
    counted.page.get_by_label("What happened?").fill("Rang at noon: he had forgotten.")
    counted.press("radio", "Spoke with the person")
    counted.press("button", "Save and book another time")
    counted.press("button", "Book this time")

    expect(counted.page.get_by_text("Session 5 is booked for")).to_be_visible()
    assert Session.objects.get(kind="catch_up").number == 5
    assert counted.made <= 6


def test_a_session_and_all_later_ones_move_around_leave_and_christmas_in_five_clicks(
    clicks: Callable[..., Clicks], episode: Episode, practitioner: Practitioner
) -> None:
    monday = date(2026, 12, 7)
    for number in range(9, 13):
        start = dates.moment(monday + timedelta(weeks=number - 9), time(14))
        factories.session(
            episode=episode, number=number, period=TimestamptzRange(start, start + timedelta(minutes=90))
        )
    factories.leave(practitioner=practitioner, days=DateRange(date(2026, 12, 14), date(2026, 12, 19)))
    counted = clicks(viewport=looking.WIDE)
    counted.page.goto(f"/planner/{episode.ref}/")

    counted.press("link", "Move session 9")
    counted.press("radio", "This one and all later ones")
    counted.press("radio", "The practitioner is ill")
    counted.press("button", "Preview the move")
    counted.press("button", "Move these 4 sessions")

    expect(counted.page.get_by_text("Session 9 moved to Monday 7 December, midday")).to_be_visible()
    moved = Session.objects.order_by("number").values_list("period", flat=True)
    assert counted.made <= 5
    assert [dates.near(one.lower) for one in moved] == [
        "Monday 7 December, midday",
        "Monday 21 December, midday",  # a week of leave
        "Tuesday 29 December, midday",  # Monday is the bank holiday for Boxing Day
        "Monday 4 January, midday",
    ]
