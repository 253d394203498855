"""The calendar by week: what stands in it, for whom, and where a free time leads."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client
from psycopg.types.range import DateRange, TimestamptzRange
from pytest_django import DjangoAssertNumQueries
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises.models import Room
from desist.ui import dates
from desist.wall.actors import Role
from desist.wall.models import Restriction

pytestmark = pytest.mark.django_db

#: a week ahead of the day that the tests set, without a bank holiday
MONDAY = date(2099, 3, 2)
WEEK = f"week={MONDAY}"


def on(day: int, hour: int, minutes: int = 60) -> TimestamptzRange:
    start = datetime.combine(MONDAY + timedelta(days=day), time(hour), dates.LONDON).astimezone(UTC)
    return TimestamptzRange(start, start + timedelta(minutes=minutes))


@pytest.fixture
def room() -> Room:
    return factories.room(name="Alder room")


@pytest.fixture
def noor(practitioner: Practitioner) -> Practitioner:
    return factories.practitioner(account=factories.account(name="Noor Hale"))


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))


@pytest.fixture
def planned(episode: Episode, practitioner: Practitioner, noor: Practitioner, room: Room) -> Episode:
    """Kit's and Noor's sessions, an assessment, a supervision and leave in one week."""
    other = factories.episode(referral=factories.referral(given_names="Sam"), practitioner=noor)
    factories.session(episode=episode, period=on(0, 10, 90), room=room)
    factories.session(episode=other, period=on(1, 14))
    factories.assessment(episode=episode, period=on(2, 9), practitioner=practitioner)
    factories.supervision(practitioner=practitioner, supervisor="sol", starts_at=on(3, 15).lower)
    days = DateRange(MONDAY + timedelta(days=4), MONDAY + timedelta(days=5))
    factories.leave(practitioner=practitioner, days=days, kind="sick")
    return other


def test_ones_own_week_shows_every_kind_and_leads_to_each_page(
    kit_browser: Client, planned: Episode, episode: Episode
) -> None:
    answer = kit_browser.get(f"/week/?{WEEK}")

    page, said = text(answer), answer.content.decode()
    assert "Week of Monday 2 March 2099, Kit Marlow" in page
    assert "10am to 11:30am Robin Example, Session 1 Alder room" in page
    assert "Robin Example, Assessment" in page
    assert "Supervision" in page
    assert "Sick leave" in page
    assert "Sam" not in page
    assert "until 11:30am" in page
    for address in (
        f"/sessions/{episode.sessions.get().ref}/",
        f"/assessments/{episode.assessments.get().ref}/",
    ):
        assert f'href="{address}"' in said


def test_a_colleagues_meeting_says_busy_where_and_nothing_more(kit_browser: Client, planned: Episode) -> None:
    for address in (
        f"/week/?view=team&{WEEK}",
        f"/week/?{WEEK}&who={planned.allocations.get().practitioner.ref}",
    ):
        answer = kit_browser.get(address)
        page, said = text(answer), answer.content.decode()

        assert "2pm to 3pm Busy" in page
        assert "Sam" not in page
        assert planned.sessions.get().ref not in said
        assert planned.ref not in said


def test_leave_is_away_to_colleagues_and_sick_leave_to_the_manager(
    manager: Client, planned: Episode, noor: Practitioner
) -> None:
    noors = staff.browser(account=Account.objects.get(ref=noor.ref), role=Role.PRACTITIONER)

    colleague, leader = (text(one.get(f"/week/?view=team&{WEEK}")) for one in (noors, manager))

    assert "Away" in colleague
    assert "Sick leave" not in colleague
    assert "Sick leave" in leader


def test_the_manager_sees_the_team_but_of_a_restricted_person_that_a_colleague_is_busy(
    manager: Client, planned: Episode, episode: Episode
) -> None:
    before = text(manager.get(f"/week/?{WEEK}"))
    Restriction.objects.create(case=episode.referral.ref, reason="x", made_by="carol", made_at=factories.NOW)
    after = text(manager.get(f"/week/?{WEEK}"))

    assert "Robin Example, Session 1" in before
    assert "Robin" not in after
    assert "10am to 11:30am Busy" in after
    assert "Sam Example" in after


def test_rooms_are_listed_with_what_is_in_them_and_a_barred_one_is_not_offered(
    manager: Client, planned: Episode, room: Room
) -> None:
    open_, barred = (manager.get(f"/week/?view=rooms&{WEEK}").content.decode() for _ in range(2))
    Room.objects.update(closed_on=date(2026, 1, 1))
    barred = manager.get(f"/week/?view=rooms&{WEEK}").content.decode()

    assert f"day=2099-03-02&amp;room={room.ref}" in open_
    assert "Robin Example, Session 1" in open_
    assert "Alder room (can no longer be booked)" in barred
    assert f"room={room.ref}" not in barred


def test_a_free_hour_leads_to_a_booking_with_the_time_filled_in(
    kit_browser: Client, planned: Episode, episode: Episode
) -> None:
    page = kit_browser.get(f"/week/?{WEEK}").content.decode()
    free = re.findall(r'href="(/week/book/\?day=2099-03-02[^"]+)"', page)
    asked = kit_browser.get(free[0].replace("&amp;", "&"))
    sent = kit_browser.get(
        "/week/book/", {"day": "2099-03-02", "at": "08:00", "person": episode.ref, "kind": "session"}
    )
    bare = kit_browser.get("/week/book/", {"day": "2099-03-02", "at": "08:00", "person": ""})

    assert len(free) == 8  # 8am to 6pm, without the two hours of the session
    assert "Monday 2 March 2099, 8am" in text(asked)
    assert "Robin Example" in text(asked)
    assert "Sam Example" not in text(asked)
    assert sent["Location"] == f"/rescheduling/{episode.ref}/add/?day=2099-03-02&at=08%3A00"
    form = kit_browser.get(sent["Location"]).content.decode()
    assert re.search(r"name=\"day-day\"[^>]*value=\"2\"", form)
    assert "8am" in form
    assert (bare.status_code, "Answer “Who?”" in text(bare)) == (422, True)


@pytest.mark.parametrize("asked", ["week=nonsense", "week=0001-01-01", "view=nothing", "who=nobody", ""])
def test_an_address_that_makes_no_sense_shows_this_week(kit_browser: Client, asked: str) -> None:
    answer = kit_browser.get(f"/week/?{asked}")

    assert answer.status_code == 200
    assert "Week of Monday 23 November 2026" in text(answer)


def test_a_bank_holiday_is_named_and_not_offered_and_a_weekend_appears_when_something_is_on_it(
    kit_browser: Client, episode: Episode
) -> None:
    factories.session(
        episode=episode,
        period=TimestamptzRange(
            datetime(2026, 12, 26, 19, tzinfo=UTC), datetime(2026, 12, 26, 21, tzinfo=UTC)
        ),
    )

    answer = kit_browser.get("/week/?week=2026-12-21")

    assert "Christmas Day" in text(answer)
    assert "day=2026-12-25" not in answer.content.decode()
    assert "7pm to 9pm" in text(answer)


@pytest.mark.parametrize(("view", "queries"), [("me", 7), ("team", 7), ("rooms", 10)])
def test_the_calendar_costs_the_same_for_a_large_team(
    manager: Client,
    planned: Episode,
    view: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(9):
        who = factories.practitioner(account=factories.account(name=f"Colleague {number}"))
        episode = factories.episode(referral=factories.referral(), practitioner=who)
        factories.session(episode=episode, period=on(number % 5, 9 + number))

    with django_assert_num_queries(queries):
        manager.get(f"/week/?view={view}&{WEEK}")
