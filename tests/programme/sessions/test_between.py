"""What came back between the sessions, as the page that prepares a session says it."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from psycopg.types.range import TimestamptzRange
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.pages.session import between
from desist.programme.sessions.diary.commands import NotedDay
from desist.programme.sessions.diary.models import DiaryDay
from desist.programme.sessions.diary.queries import Day
from desist.programme.sessions.models import Session

FIRST = date(2026, 10, 5)


def day(number: int, urge: int | None) -> Day:
    on = FIRST + timedelta(days=number)
    return Day(on, None) if urge is None else Day(on, NotedDay(urge=urge), {"urge": urge}, entered_on=on)


@given(
    urges=st.lists(st.none() | st.integers(0, 5), min_size=56, max_size=56),
    happened=st.lists(st.none() | st.integers(-9, 70), max_size=9),
)
def test_each_week_has_its_strongest_urge_and_its_chains(
    urges: list[int | None], happened: list[int | None]
) -> None:
    span = [day(number, urge) for number, urge in enumerate(urges)]
    chains = [None if one is None else FIRST + timedelta(days=one) for one in happened]

    said = between.came_back(days=span[-7:], practice=(), span=span, happened=chains)

    for number, week in enumerate(said.weeks):
        noted = [one for one in urges[number * 7 : number * 7 + 7] if one is not None]
        assert week.urge == (max(noted) if noted else None)
    assert sum(week.chains for week in said.weeks) == sum(
        one is not None and 0 <= one < 56 for one in happened
    )
    assert said.nothing == (not any(one is not None for one in urges[-7:]))


@pytest.mark.django_db
def test_the_page_says_what_came_back_and_shows_urges_beside_chains(
    kit_browser: Client, episode: Episode
) -> None:
    today = timezone.localdate()
    session = _ahead(episode)
    factories.chain(
        session=factories.attended(episode=episode, number=1), happened_on=today - timedelta(days=3)
    )
    for back, late in ((1, 0), (2, 1)):
        DiaryDay.objects.create(
            episode=episode,
            day=today - timedelta(days=back),
            urge=4,
            entered_on=today - timedelta(days=back - late),
            typed_by="kit",
            typed_at=factories.NOW,
        )
    factories.practice(episode=episode, day=today - timedelta(days=1))

    page = text(kit_browser.get(f"/sessions/{session.ref}/prepare/"))

    assert "2 of 7 days filled in, 1 of them entered later. Practice: Ride the urge 1 time." in page
    assert "Strongest urge and chains by week" in page
    assert "Nothing came back" not in page


@pytest.mark.django_db
def test_where_nothing_came_back_the_page_makes_it_something_to_talk_about(
    kit_browser: Client, episode: Episode
) -> None:
    session = _ahead(episode)
    address = f"/sessions/{session.ref}/prepare/"
    first = text(kit_browser.get(address))
    factories.attended(episode=episode, number=1)

    page = text(kit_browser.get(address))

    assert "Nothing came back" not in first
    assert "Nothing came back. It is something to look at together, not a failure" in page
    assert "Strongest urge and chains" not in page


def _ahead(episode: Episode) -> Session:
    start = timezone.now() + timedelta(hours=3)
    period = TimestamptzRange(start, start + timedelta(hours=1))
    return factories.session(episode=episode, number=2, period=period)
