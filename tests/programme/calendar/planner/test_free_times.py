"""The next free times: what stands in the way is never offered, and what is offered can be booked."""

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from psycopg.types.range import DateRange, TimestamptzRange
from pytest_django import DjangoAssertNumQueries
from tests.programme import factories

from desist.programme.assessments.states import How
from desist.programme.calendar.appointments import commands as appointments
from desist.programme.calendar.planner import free_times, proposal, states
from desist.programme.calendar.planner import queries as plans
from desist.programme.calendar.planner.commands import Place
from desist.programme.calendar.planner.free_times import FreeTime, WantedMeeting
from desist.programme.calendar.planner.models import PlaceCheck
from desist.programme.calendar.rescheduling import commands as rescheduling
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises.models import Room
from desist.programme.sessions.models import Session
from desist.ui import dates
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db

#: the Friday before Christmas, at eight in the morning
AFTER = datetime(2026, 12, 18, 8, tzinfo=UTC)
TUESDAY = date(2027, 1, 5)
WHY = rescheduling.Why("person", "work", "")


@pytest.fixture
def rooms(db: None) -> tuple[Room, ...]:
    return factories.room(name="Room 1"), factories.room(name="Room 2")


def wanted(
    episode: Episode, practitioner: Practitioner, rooms: tuple[Room, ...], **fields: object
) -> WantedMeeting:
    places = tuple((one.ref, one.name) for one in rooms) or (("remote", "Remote"),)
    given = {"episode": episode, "staff": (practitioner,), "minutes": 90, "places": places, "near": time(14)}
    return WantedMeeting(**(given | fields))  # type: ignore[arg-type]


def words(found: tuple[FreeTime, ...]) -> list[str]:
    return [one.words for one in found]


def between(day: date, starts: int, ends: int) -> TimestamptzRange:
    return TimestamptzRange(dates.moment(day, time(starts)), dates.moment(day, time(ends)))


def test_the_next_three_working_days_near_the_usual_hour_are_offered(
    episode: Episode,
    practitioner: Practitioner,
    rooms: tuple[Room, ...],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    away = DateRange(date(2026, 12, 21), date(2026, 12, 24))
    factories.leave(practitioner=practitioner, days=away)
    asked = wanted(episode, practitioner, rooms)

    with django_assert_num_queries(3):
        found = free_times.find(meeting=asked, after=AFTER)

    assert words(found) == [
        "Friday 18 December, 2pm, Room 1",
        "Thursday 24 December, 2pm, Room 1",
        "Tuesday 29 December, 2pm, Room 1",  # Christmas, the weekend, and Boxing Day on Monday
    ]


def test_a_taken_room_a_taken_hour_and_a_time_of_work_are_passed_over(
    episode: Episode, practitioner: Practitioner, rooms: tuple[Room, ...]
) -> None:
    another = factories.practitioner(account=factories.account(name="Alex Reed"))
    other = factories.episode(referral=factories.referral(), practitioner=another)
    mine = factories.episode(referral=factories.referral(), practitioner=practitioner)
    factories.session(episode=other, period=between(date(2026, 12, 18), 13, 15), room=rooms[0])
    factories.session(episode=mine, period=between(date(2026, 12, 21), 14, 15))
    factories.assessment(episode=other, period=between(date(2026, 12, 21), 13, 18), room=rooms[0])
    factories.busy_time(episode=episode, weekday="1", starts="00:00", ends="00:00")

    found = free_times.find(meeting=wanted(episode, practitioner, rooms), after=AFTER)

    assert words(found) == [
        "Friday 18 December, 2pm, Room 2",
        "Monday 21 December, 3pm, Room 2",
        "Wednesday 23 December, 2pm, Room 1",
    ]


def test_without_a_usual_hour_the_first_of_the_day_is_offered_and_never_the_past(
    episode: Episode, practitioner: Practitioner
) -> None:
    late = AFTER.replace(hour=15, minute=45)

    found = free_times.find(meeting=wanted(episode, practitioner, (), near=None), after=late, count=2)

    assert words(found) == ["Monday 21 December, 9am, Remote", "Tuesday 22 December, 9am, Remote"]


def test_a_room_that_is_inside_an_excluded_area_is_not_offered(
    episode: Episode, practitioner: Practitioner, rooms: tuple[Room, ...]
) -> None:
    order = factories.order(referral=episode.referral)
    answer = {"exclusions": order.exclusions, "said_by": "kit", "period": between(TUESDAY, 9, 10)}
    for room, inside in ((rooms[0], False), (rooms[0], True), (rooms[1], True), (rooms[1], False)):
        reason = {"reason": "agreed", "words": "Police, by telephone"} if inside else {}
        said = factories.NOW + timedelta(minutes=PlaceCheck.objects.count())
        PlaceCheck.objects.create(
            episode=episode, premises=room.premises, inside=inside, said_at=said, **answer, **reason
        )

    page = plans.asked(episode, AFTER)
    found = plans.offers(episode, page, staff=(practitioner,), minutes=60, after=AFTER)

    assert {one.place_name for one in found} == {"Room 2"}


def test_where_nothing_is_free_nothing_is_offered(episode: Episode, practitioner: Practitioner) -> None:
    factories.leave(practitioner=practitioner, days=DateRange(date(2026, 12, 1), date(2028, 1, 1)))

    assert not free_times.find(meeting=wanted(episode, practitioner, ()), after=AFTER)


@pytest.mark.parametrize("seed", range(8))
def test_every_offered_time_is_accepted_by_the_command_that_books_it(
    episode: Episode, practitioner: Practitioner, rooms: tuple[Room, ...], actor: Actor, seed: int
) -> None:
    chance = random.Random(seed)
    own = factories.session(episode=episode, number=1, period=between(date(2026, 12, 23), 14, 15))
    crowd(chance, episode, practitioner, rooms)
    minutes = chance.choice([30, 60, 90, 150])
    asked = wanted(
        episode, practitioner, rooms, minutes=minutes, near=chance.choice([None, time(10, 30), time(18)])
    )

    for one in free_times.find(meeting=asked, after=AFTER):
        target = rescheduling.Extra(None, *starts(one), minutes, Place(one.place))
        rescheduling.add(actor=actor, ref=episode.ref, extra=target, why=WHY, decision=one.words, at=AFTER)
    assert Session.objects.filter(episode=episode, kind="pivot").count() == free_times.OFFERED

    moving = wanted(episode, practitioner, rooms, minutes=minutes, besides=(own.pk,))
    for one in free_times.find(meeting=moving, after=AFTER):
        move_one_and_back(own, one, minutes, actor)

    for one in free_times.find(meeting=asked, after=AFTER)[:1]:
        to = appointments.Appointment(*starts(one), minutes, How.ROOM, Place(one.place))
        appointments.appoint(actor=actor, episode=episode.ref, appointment=to, submission="once", at=AFTER)


def starts(one: FreeTime) -> tuple[date, time]:
    here = dates.local(one.starts_at)
    return here.date(), here.time()


def move_one_and_back(own: Session, to: FreeTime, minutes: int, actor: Actor) -> None:
    before = Session.objects.get(pk=own.pk)
    target = rescheduling.Target(states.Scope.ONE, *starts(to), minutes, Place(to.place))
    proposed = rescheduling.propose(moving=[before], target=target, at=AFTER)
    rescheduling.move(
        actor=actor,
        ref=own.ref,
        target=target,
        why=WHY,
        seen=proposal.fingerprint(proposed),
        version=before.version,
        decision=to.words,
        at=AFTER,
    )
    Session.objects.filter(pk=own.pk).update(period=before.period, room=before.room)


def crowd(chance: random.Random, episode: Episode, own: Practitioner, rooms: tuple[Room, ...]) -> None:
    """Fill the weeks around Christmas: leave, work, and meetings of others with the practitioner and in the rooms."""
    first = date(2026, 12, 18)
    gone = first + timedelta(days=chance.randrange(20))
    factories.leave(practitioner=own, days=DateRange(gone, gone + timedelta(days=chance.randrange(1, 9))))
    factories.busy_time(episode=episode, weekday=str(chance.randrange(5)), starts="12:00", ends="00:00")
    another = factories.practitioner(account=factories.account(name="Alex Reed"))
    for ahead in range(25):
        holder, day = chance.choice([own, another]), first + timedelta(days=ahead)
        other = factories.episode(referral=factories.referral(), practitioner=holder)
        hour = chance.randrange(9, 15)
        taken: dict[str, Any] = {"period": between(day, hour, hour + 2), "room": chance.choice(rooms)}
        if chance.random() < 0.5:
            factories.session(episode=other, **taken)
        else:
            factories.assessment(episode=other, **taken)
