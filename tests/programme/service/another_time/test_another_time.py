"""A meeting that nobody can hold gets another time: three are offered, each can be booked, and one click takes one."""

import uuid
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import DateRange, TimestamptzRange
from tests.programme import factories
from tests.programme.reading import text

from desist import working_days
from desist.programme.assessments.models import Assessment
from desist.programme.calendar.planner import free_times
from desist.programme.calendar.planner.models import Move
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.absences.commands import Away, add
from desist.programme.practitioners.absences.models import Leave
from desist.programme.practitioners.models import Practitioner
from desist.programme.service.another_time import commands, queries
from desist.programme.service.cover.queries import to_cover
from desist.programme.sessions.models import Session
from desist.ui import dates
from desist.wall.actors import Actor, Role
from desist.wall.models import Restriction

pytestmark = [pytest.mark.usefixtures("morning"), pytest.mark.django_db]

HOUR = timedelta(hours=1)


def moment() -> datetime:
    """The moment that the tests set."""
    return datetime.now(dates.LONDON)


def today() -> date:
    return moment().date()


def at(hour: int, *, days: int = 0) -> TimestamptzRange:
    start = datetime.combine(today() + timedelta(days=days), time(hour), dates.LONDON)
    return TimestamptzRange(start, start + HOUR)


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))


@pytest.fixture
def boss(actor: Actor) -> Actor:
    return Actor(who="ola", role=Role.MANAGER, area=factories.AREA, correlation=uuid.uuid4())


def offered(who: Practitioner, boss: Actor, *, last: int = 0) -> dict[str, tuple[free_times.FreeTime, ...]]:
    """The times that the page of a leave from today on offers, by meeting."""
    rows = to_cover(who=who, first=today(), last=today() + timedelta(days=last), actor=boss, at=moment())
    return {one.ref: one.times for one in rows}


def form(last: int = 0, **fields: str) -> dict[str, str]:
    said = {"kind": "sick", "cover": "", **fields}
    for name, days in (("first", 0), ("last", last)):
        on = today() + timedelta(days=days)
        said |= {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}
    return said


def cover(manager: Client, who: Practitioner, meeting: Session | Assessment, code: str, last: int = 0) -> Any:
    fields = form(last, **{f"hold_{meeting.ref}": code})
    return manager.post(f"/leave/{who.ref}/add/", fields, follow=True)


def test_the_next_three_times_after_the_leave_are_offered_where_nobody_can_hold_a_meeting(
    manager: Client, boss: Actor, episode: Episode, practitioner: Practitioner
) -> None:
    room = factories.room(name="Room 1")
    session = factories.session(episode=episode, period=at(14), room=room)

    times = offered(practitioner, boss, last=2)[session.ref]
    page = manager.get(f"/leave/{practitioner.ref}/add/").content.decode()

    after_the_leave = today() + timedelta(days=3)
    days = [working_days.after(working_days.after(after_the_leave, 0), count) for count in range(3)]
    hours = [dates.near(dates.moment(day, time(14))) for day in days]
    assert [one.words for one in times] == [f"{hour}, Room 1" for hour in hours]
    assert page.count("Move it to ") == free_times.OFFERED
    assert "Nobody is free then. Ring, agree another time, and choose it here." in page
    assert "None of these: ring to move it" in page


def test_nothing_is_offered_where_a_colleague_can_hold_it(
    boss: Actor, episode: Episode, practitioner: Practitioner
) -> None:
    factories.practitioner(account=factories.account(name="Noor Hale"))
    session = factories.session(episode=episode, period=at(14))

    assert offered(practitioner, boss) == {session.ref: ()}


def test_one_click_moves_a_session_and_leaves_the_rest_as_it_is(
    manager: Client, boss: Actor, episode: Episode, practitioner: Practitioner
) -> None:
    session = factories.session(episode=episode, period=at(14))
    chosen = offered(practitioner, boss)[session.ref][1]

    page = text(cover(manager, practitioner, session, chosen.code))

    session.refresh_from_db()
    move = Move.objects.get()
    assert (session.period.lower, session.period.upper) == (chosen.starts_at, chosen.ends_at)
    assert (session.practitioner, session.state) == (practitioner, "planned")
    assert (move.why, move.asked_by, move.before) == ("staff_ill", "service", at(14))
    assert Leave.objects.get().days == DateRange(today(), today() + timedelta(days=1))
    assert "Meetings given to colleagues: 0. Meetings moved to another time: 1." in page


def test_an_assessment_is_moved_as_well(
    manager: Client, boss: Actor, episode: Episode, practitioner: Practitioner
) -> None:
    room = factories.room(name="Room 1")
    assessment = factories.assessment(episode=episode, period=at(15), practitioner=practitioner, room=room)
    chosen = offered(practitioner, boss)[assessment.ref][0]

    cover(manager, practitioner, assessment, chosen.code)

    assessment.refresh_from_db()
    assert (assessment.period.lower, assessment.room) == (chosen.starts_at, room)
    assert assessment.practitioner == practitioner


def test_a_time_that_was_taken_meanwhile_moves_nothing_and_says_so(
    manager: Client, boss: Actor, episode: Episode, practitioner: Practitioner
) -> None:
    session = factories.session(episode=episode, period=at(14))
    chosen = offered(practitioner, boss)[session.ref][0]
    other = factories.episode(referral=factories.referral(family_name="Busy"), practitioner=practitioner)
    factories.session(episode=other, period=TimestamptzRange(chosen.starts_at, chosen.ends_at))

    page = text(cover(manager, practitioner, session, chosen.code))

    session.refresh_from_db()
    assert session.period == at(14)
    begins = at(14).lower
    assert begins
    assert f"Session 1 with Robin Example on {dates.at(begins)} is not moved." in page
    assert "Meetings moved to another time: 0." in page
    assert Leave.objects.exists()


def test_a_meeting_that_a_colleague_moved_meanwhile_stays_where_it_is(
    boss: Actor, episode: Episode, practitioner: Practitioner
) -> None:
    session = factories.session(episode=episode, period=at(14))
    chosen = offered(practitioner, boss)[session.ref][0]
    add(actor=boss, ref=practitioner.ref, away=Away(today(), today(), "annual", ""), at=moment())
    Session.objects.filter(pk=session.pk).update(period=at(10, days=20))

    said = commands.take(
        actor=boss, ref=practitioner.ref, first=today(), times={session.ref: chosen.code}, at=moment()
    )

    session.refresh_from_db()
    assert session.period == at(10, days=20)
    assert "is not moved. A colleague has changed it" in said[0]


def test_a_decision_that_comes_twice_moves_once(
    boss: Actor, episode: Episode, practitioner: Practitioner
) -> None:
    session = factories.session(episode=episode, period=at(14))
    chosen = offered(practitioner, boss)[session.ref][0]
    add(actor=boss, ref=practitioner.ref, away=Away(today(), today(), "annual", ""), at=moment())

    said = [
        commands.take(
            actor=boss, ref=practitioner.ref, first=today(), times={session.ref: chosen.code}, at=moment()
        )
        for _ in range(2)
    ]

    assert said == [(), ()]
    assert Move.objects.get().why == "leave"


def test_every_offered_time_can_be_taken_and_no_two_meetings_share_one(
    boss: Actor, episode: Episode, practitioner: Practitioner
) -> None:
    room = factories.room(name="Room 1")
    second = factories.episode(referral=factories.referral(family_name="Birch"), practitioner=practitioner)
    third = factories.episode(referral=factories.referral(family_name="Cole"), practitioner=practitioner)
    meetings: list[Session | Assessment] = [
        factories.session(episode=episode, period=at(13), room=room),
        factories.session(episode=second, period=at(14), room=room),
        factories.assessment(episode=third, period=at(15), practitioner=practitioner, room=room),
    ]
    times = offered(practitioner, boss, last=1)
    away = Away(today(), today() + timedelta(days=1), "sick", "")
    add(actor=boss, ref=practitioner.ref, away=away, at=moment())

    starts = [one.starts_at for each in times.values() for one in each]
    said = commands.take(
        actor=boss,
        ref=practitioner.ref,
        first=today(),
        times={one.ref: times[one.ref][number].code for number, one in enumerate(meetings)},
        at=moment(),
    )

    assert len(set(starts)) == len(starts) == 9
    assert said == ()
    for number, one in enumerate(meetings):
        one.refresh_from_db()
        assert one.period.lower == times[one.ref][number].starts_at


def test_no_time_is_offered_in_a_room_where_an_order_excludes_places(
    boss: Actor, episode: Episode, practitioner: Practitioner
) -> None:
    factories.order(referral=episode.referral)
    inside = factories.session(episode=episode, number=1, period=at(14), room=factories.room(name="Room 1"))
    remote = factories.session(episode=episode, number=2, period=at(16))

    found = offered(practitioner, boss)

    assert (found[inside.ref], len(found[remote.ref])) == ((), free_times.OFFERED)


def test_an_assessment_at_a_place_of_no_list_is_rung_about(
    boss: Actor, episode: Episode, practitioner: Practitioner
) -> None:
    row = factories.assessment(
        episode=episode,
        period=at(15),
        practitioner=practitioner,
        how="elsewhere",
        elsewhere="Library",
        elsewhere_reason="Near home",
    )

    assert offered(practitioner, boss) == {row.ref: ()}


def test_a_restricted_person_is_neither_offered_a_time_nor_moved(
    manager: Client, boss: Actor, episode: Episode, practitioner: Practitioner
) -> None:
    session = factories.session(episode=episode, period=at(14))
    code = offered(practitioner, boss)[session.ref][0].code
    Restriction.objects.create(case=episode.referral.ref, reason="x", made_by="carol", made_at=factories.NOW)

    page = text(cover(manager, practitioner, session, code))

    session.refresh_from_db()
    assert session.period == at(14)
    assert "Robin Example" not in page
    assert not offered(practitioner, boss)


def test_a_time_that_is_none_is_refused_in_words(
    manager: Client, boss: Actor, episode: Episode, practitioner: Practitioner
) -> None:
    session = factories.session(episode=episode, period=at(14))

    answer = cover(manager, practitioner, session, "tomorrow")

    assert answer.status_code == 422
    assert "Choose one of the answers shown" in text(answer)
    assert not Leave.objects.exists()


def test_a_long_leave_costs_no_more_queries_than_the_meetings_that_times_are_offered_for(
    boss: Actor, episode: Episode, practitioner: Practitioner
) -> None:
    def cost(meetings: int) -> int:
        for number in range(Session.objects.count(), meetings):
            factories.session(episode=episode, number=number + 1, period=at(14, days=number))
        with CaptureQueriesContext(connection) as sent:
            found = offered(practitioner, boss, last=30)
        assert sum(map(bool, found.values())) == min(meetings, queries.MOST)
        return len(sent)

    assert cost(queries.MOST) == cost(12)
