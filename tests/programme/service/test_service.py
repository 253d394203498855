"""The service today: what waits, what of it is late, and who has room."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from psycopg.types.range import TimestamptzRange
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.programme import clocks
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.pages.service import queries
from desist.programme.practitioners.models import Practitioner
from desist.programme.sessions.models import Session
from desist.wall.actors import Actor, Role
from desist.wall.models import Restriction

pytestmark = pytest.mark.django_db

NOW = factories.NOW


@pytest.fixture
def manager(actor: Actor) -> Actor:
    return Actor(who="carol", role=Role.MANAGER, area=actor.area, correlation=actor.correlation)


def waiting(manager: Actor) -> dict[str, tuple[int, int]]:
    """What waits: how many, and how many of them late; nothing that is not there."""
    found = queries.service(actor=manager, at=NOW).waiting
    return {one.what: (one.number, one.late) for one in found if one.number}


def ended(*, days: int) -> TimestamptzRange:
    end = NOW - timedelta(days=days, hours=1)
    return TimestamptzRange(end - timedelta(hours=1), end)


def test_referrals_and_people_are_late_once_their_fourteen_days_are_over(manager: Actor) -> None:
    for days in (14, 15):
        factories.referral(completed_at=NOW - timedelta(days=days))
        factories.episode(
            referral=factories.referral(completed_at=NOW - timedelta(days=days)), state="waiting"
        )

    assert waiting(manager) == {
        "Referrals waiting for a decision": (2, 1),
        "People waiting for a practitioner": (2, 1),
        "People with no current judgement of risk": (2, 0),
    }


def test_what_practitioners_have_not_done_is_counted(manager: Actor, episode: Episode) -> None:
    day: date = NOW.date()
    factories.session(episode=episode, number=1, period=ended(days=3))
    factories.session(episode=episode, number=2, period=ended(days=1))
    factories.missed(episode=episode, number=3, period=ended(days=5))
    factories.assessment(episode=episode, period=ended(days=7))
    factories.measure(episode=episode, instrument="phq-9", flagged=True)
    factories.rating(episode=episode, rated_on=day - timedelta(days=9), review_on=day)

    assert waiting(manager) == {
        "Sessions without an outcome": (1, 1),
        "Assessments without an outcome": (1, 1),
        "Missed sessions without contact": (1, 1),
        "Safety checks that are open": (1, 1),
        "Judgements of risk overdue for review": (1, 0),
    }


@pytest.mark.parametrize(("now", "late"), [(8, 0), (10, 0), (11, 1)])
def test_a_session_missed_on_a_friday_is_late_when_my_day_says_so(
    manager: Actor, episode: Episode, now: int, late: int
) -> None:
    friday = datetime(2026, 3, 6, 9, tzinfo=UTC)
    factories.missed(episode=episode, period=TimestamptzRange(friday, friday + timedelta(hours=1)))

    then = datetime(2026, 3, now, 12, tzinfo=UTC)
    found = queries.service(actor=manager, at=then).waiting

    missed = next(one for one in found if one.what == "Missed sessions without contact")
    assert (missed.number, missed.late) == (1, late)
    assert (clocks.follow_up(missed_on=friday, now=then).urgency == "late") is bool(late)


def test_concerns_leavings_withdrawals_supervision_and_debriefs(
    manager: Actor, session: Session, practitioner: Practitioner
) -> None:
    factories.concern(session=session)
    factories.concern(session=session, raised_at=NOW - timedelta(hours=1), acknowledged_at=NOW)
    factories.leaving(episode=session.episode)
    factories.follow_up(episode=session.episode, due_on=NOW.date() - timedelta(days=1))
    factories.arrangement(
        practitioner=practitioner, supervisor=factories.account(name="Sol"), due_on=NOW.date()
    )
    session.debrief_wanted, session.saved_at = True, NOW - timedelta(days=3)
    session.save()

    assert waiting(manager) == {
        "Open concerns": (2, 1),
        "Deselections on hold, or not yet told": (1, 0),
        "Tasks after a withdrawal": (1, 1),
        "Supervisions due this week": (1, 0),
        "Debriefs requested": (1, 1),
        "People with no current judgement of risk": (1, 1),
    }


def test_the_late_come_before_the_rest_and_nothing_at_the_end(manager: Actor, session: Session) -> None:
    factories.referral(completed_at=NOW)
    factories.concern(session=session)
    factories.rating(episode=session.episode, review_on=NOW.date() + timedelta(days=30))

    found = queries.service(actor=manager, at=NOW).waiting

    assert [one.what for one in found[:2]] == ["Open concerns", "Referrals waiting for a decision"]
    assert all(one.number == 0 for one in found[2:])


def test_people_of_others_and_restricted_cases_are_not_counted(manager: Actor, session: Session) -> None:
    factories.concern(session=session)
    factories.referral(area=staff.ELSEWHERE)
    Restriction.objects.create(
        case=session.episode.referral.ref, reason="a party is police", made_by="carol", made_at=NOW
    )

    assert waiting(manager) == {}


def desk(manager: Actor, name: str = "Kit Marlow") -> queries.Desk:
    (found,) = [one for one in queries.service(actor=manager, at=NOW).desks if one.name == name]
    return found


def test_a_desk_counts_people_sessions_ahead_and_what_is_missing(
    manager: Actor, practitioner: Practitioner, episode: Episode
) -> None:
    factories.session(episode=episode, number=1, period=ended(days=5))
    factories.session(episode=episode, number=2, period=TimestamptzRange(NOW, NOW + timedelta(hours=1)))
    week = NOW + timedelta(days=8)
    factories.session(episode=episode, number=3, period=TimestamptzRange(week, week + timedelta(hours=1)))
    factories.episode(referral=factories.referral(), practitioner=practitioner)
    factories.episode(referral=factories.referral(), practitioner=practitioner, state="left", ended_at=NOW)

    found = desk(manager)

    assert (found.people, found.capacity, found.room) == (2, 8, 6)
    assert (found.sessions, found.unplanned, found.unrecorded) == (1, 1, 1)


@pytest.mark.parametrize(
    "fields", [{"trained_on": None}, {"trained_on": date(2999, 1, 1)}, {"supervised": False}, {"capacity": 0}]
)
def test_somebody_to_whom_nobody_can_be_given_has_no_room(manager: Actor, fields: dict[str, Any]) -> None:
    factories.practitioner(account=factories.account(name="Ashby Quillon"), **fields)

    assert desk(manager, "Ashby Quillon").room == 0


def test_whoever_left_has_no_desk(manager: Actor) -> None:
    factories.practitioner(account=factories.account(name="Gone"), left_on=NOW.date())

    assert queries.service(actor=manager, at=NOW).desks == ()


def test_the_page_costs_the_same_queries_for_ten_times_the_team(
    signed_in: Callable[..., Client], episode: Episode, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = signed_in(role=Role.MANAGER)
    for number in range(10):
        who = factories.practitioner(account=factories.account(name=f"Person {number}"))
        factories.episode(referral=factories.referral(), practitioner=who)

    with django_assert_max_num_queries(20):
        page = text(client.get("/service/"))

    assert "Kit Marlow" in page


def test_the_page_leads_on_to_where_things_wait(signed_in: Callable[..., Client], session: Session) -> None:
    now: datetime = NOW
    factories.concern(session=session, raised_at=now)

    page = signed_in(role=Role.MANAGER).get("/service/").content.decode()

    assert 'href="/concerns/"' in page
    assert "1 late" in page


def test_whoever_only_stands_in_has_as_much_room_as_before(
    manager: Actor, practitioner: Practitioner, episode: Episode
) -> None:
    noor = factories.practitioner(account=factories.account(name="Noor Hale"))
    leave = factories.leave(practitioner=practitioner, cover=noor)
    Allocation.objects.create(episode=episode, practitioner=noor, made_by="carol", made_at=NOW, leave=leave)

    assert (desk(manager, "Noor Hale").people, desk(manager, "Noor Hale").room) == (0, 8)
    assert desk(manager).people == 1
