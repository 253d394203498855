"""The trigger calendar: a year of acts, urges and chains by week, weekday and hour, and the key dates ahead."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.orders.key_dates import calendar
from desist.programme.pages.triggers import queries
from desist.programme.sessions.diary.models import DiaryDay
from desist.programme.sessions.models import Session
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db


def noted(episode: Episode, day: date, **fields: object) -> None:
    typed = {"typed_by": "carol", "typed_at": factories.NOW, "entered_on": day}
    DiaryDay.objects.create(episode=episode, day=day, **typed, **fields)


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def test_acts_urges_and_chains_are_counted_by_weekday_and_hour(
    actor: Actor, session: Session, today: date
) -> None:
    noted(session.episode, today, urge=5, act="contact", hour=22)
    noted(session.episode, today - timedelta(days=7), urge=4, act="resisted")
    factories.chain(session=session, happened_on=today, hour=23)

    page = queries.triggers(actor=actor, ref=session.episode.ref, at=timezone.now())

    cells = dict(page.hours)[f"{today:%A}"]
    assert [(one.acts, one.urges, one.chains) for one in (cells[7], cells[8])] == [(1, 1, 1), (0, 1, 0)]
    assert [(one.acts, one.urges, one.chains) for _, one in page.weeks] == [(1, 1, 1), (0, 1, 0)]
    assert page.days[0].day.weekday() == 0
    assert page.squares[-1] == (today, 5, "✚")


def test_what_happened_around_the_last_such_date_stands_beside_the_next(
    kit_browser: Client, session: Session, today: date
) -> None:
    last = today - timedelta(days=40)
    factories.day_ahead(episode=session.episode, kind="court", day=last)
    factories.day_ahead(episode=session.episode, kind="court", day=today + timedelta(days=20))
    factories.day_ahead(episode=session.episode, kind="release", day=today + timedelta(days=90))
    noted(session.episode, last + timedelta(days=7), urge=4, act="near")
    noted(session.episode, last + timedelta(days=8), urge=5)

    page = text(kit_browser.get(f"/triggers/{session.episode.ref}/"))

    assert "✚ 1 act ● 1 strong urge" in page
    assert "Release" in page
    assert "None known" in page


def test_an_empty_year_says_so(kit_browser: Client, episode: Episode) -> None:
    page = text(kit_browser.get(f"/triggers/{episode.ref}/"))

    assert "No act, strong urge or chain is noted." in page
    assert "No dates are known for the next twelve months." in page


def test_the_calendar_of_another_caseload_is_not_there(
    signed_in: Callable[..., Client], episode: Episode
) -> None:
    other = signed_in(account=factories.account(name="Noor Hale"))

    assert other.get(f"/triggers/{episode.ref}/").status_code == 404


@pytest.mark.parametrize(
    ("day", "yearly", "last"),
    [
        (date(2027, 2, 28), False, date(2027, 2, 28)),
        (date(2019, 2, 1), True, date(2027, 2, 1)),
        (date(2019, 9, 1), True, date(2026, 9, 1)),
        (date(2019, 3, 1), True, date(2026, 3, 1)),
    ],
)
def test_a_day_came_last_this_year_or_the_year_before(day: date, *, yearly: bool, last: date) -> None:
    assert calendar.last_before(day=day, yearly=yearly, today=date(2027, 3, 1)) == last


def test_the_calendar_costs_the_same_queries_however_full(
    kit_browser: Client, session: Session, today: date, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        noted(session.episode, today - timedelta(days=number), urge=number % 6)
        factories.chain(session=session, links=2, happened_on=today)
    kit_browser.get(f"/triggers/{session.episode.ref}/")

    with django_assert_num_queries(10):
        kit_browser.get(f"/triggers/{session.episode.ref}/")
