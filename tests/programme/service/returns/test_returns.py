"""The returns' page and files, over rows as they really are: superseded ones, absent days, people of others."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.merges.models import Merge
from desist.programme.calendar.planner.models import Move
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.referrals.models import Referral
from desist.programme.service.quarterly import reading
from desist.programme.service.returns import counting, queries
from desist.programme.service.returns.counting import Line
from desist.programme.service.returns.facts import Period
from desist.programme.sessions.models import Session
from desist.returns import definitions as quarterly
from desist.returns.quarters import Quarter
from desist.sites import Zone
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent, Restriction

pytestmark = pytest.mark.django_db

#: the first quarter of 2026, counted in May
PERIOD = Period(date(2026, 1, 1), date(2026, 3, 31))
AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
JANUARY = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
NUMBERS = count(1)


@pytest.fixture
def manager(actor: Actor) -> Actor:
    return Actor(who=actor.who, role=Role.MANAGER, area=actor.area, correlation=actor.correlation)


def counted(manager: Actor) -> dict[str, Line]:
    """Every line that is no category, by its return and part."""
    lines = queries.returns(actor=manager, period=PERIOD, at=AT)
    return {f"{one.of} {one.part}": one for one in lines if not one.category}


def numbers(line: Line) -> tuple[int, int, int]:
    return line.numerator, line.denominator, line.missing


def referred(**fields: Any) -> Referral:
    """A person referred in January, under a name of their own."""
    named = {"given_names": f"Robin{next(NUMBERS)}", "pnc": ""}
    return factories.referral(**{"completed_at": JANUARY, "received_at": JANUARY} | named | fields)


def accepted(practitioner: Practitioner, **fields: Any) -> Episode:
    """A person referred and accepted in January."""
    return factories.episode(referral=referred(), practitioner=practitioner, opened_at=JANUARY, **fields)


def meeting(episode: Episode, *, day: date, number: int = 1, **fields: Any) -> None:
    start = datetime(day.year, day.month, day.day, 10, 0, tzinfo=UTC)
    period = TimestamptzRange(start, start + timedelta(hours=1))
    state = fields.pop("state", "attended")
    make = {"attended": factories.attended, "missed": factories.missed}.get(state, factories.session)
    extra = {} if state in {"attended", "missed"} else {"state": state}
    make(episode=episode, number=number, period=period, **extra | fields)


def test_the_first_allocation_counts_and_a_later_one_does_not(
    manager: Actor, practitioner: Practitioner
) -> None:
    episode = accepted(practitioner)
    episode.allocations.update(made_at=JANUARY + timedelta(days=10), ended_at=JANUARY + timedelta(days=20))
    Allocation.objects.create(
        episode=episode, practitioner=practitioner, made_by="carol", made_at=JANUARY + timedelta(days=20)
    )

    line = counted(manager)["R4 Within 14 days"]

    assert numbers(line) == (1, 1, 0)
    assert line.days == counting.Days(10, 10, 10)


def test_a_cancelled_assessment_and_a_second_one_do_not_count(
    manager: Actor, practitioner: Practitioner
) -> None:
    episode = accepted(practitioner)
    ended = {"ended_by": "carol", "ended_at": JANUARY + timedelta(days=30)}
    for days, state in ((3, "cancelled"), (13, "finished"), (40, "finished")):
        factories.assessment(
            episode=episode,
            period=TimestamptzRange(JANUARY + timedelta(days=days), JANUARY + timedelta(days=days, hours=1)),
            state=state,
            submission=f"assessment-{days}",
            ended_reason="Ill" if state == "cancelled" else "",
            **ended,
        )

    line = counted(manager)["R3 Within 14 days"]

    assert numbers(line) == (1, 1, 0)
    assert line.days == counting.Days(13, 13, 13)


def test_nobody_allocated_is_missing_and_waits(manager: Actor, practitioner: Practitioner) -> None:
    accepted(practitioner)
    factories.episode(referral=referred(), opened_at=JANUARY, state="waiting")

    found = counted(manager)

    assert numbers(found["R4 Within 14 days"])[1:] == (1, 1)
    assert numbers(found["S2 Waiting on the last day"]) == (1, 2, 0)


def test_whoever_was_allocated_after_the_last_day_was_waiting_on_it(
    manager: Actor, practitioner: Practitioner
) -> None:
    episode = accepted(practitioner)
    episode.allocations.update(made_at=datetime(2026, 4, 2, 9, 0, tzinfo=UTC))

    assert numbers(counted(manager)["S2 Waiting on the last day"]) == (1, 1, 0)


def test_whoever_had_left_by_the_last_day_was_not_there(manager: Actor, practitioner: Practitioner) -> None:
    accepted(practitioner, state="left", ended_at=datetime(2026, 3, 31, 15, 0, tzinfo=UTC))

    assert numbers(counted(manager)["S2 Waiting on the last day"]) == (0, 0, 0)


def test_a_referral_made_twice_is_one_and_an_undecided_one_is_missing(
    manager: Actor, practitioner: Practitioner
) -> None:
    accepted(practitioner)
    referred()
    referred(state="withdrawn", withdraw_reason="duplicate")
    referred(state="declined", decline_reason="age")
    referred(state="declined", decline_reason="duplicate")

    found = counted(manager)

    assert numbers(found["R1 Received"]) == (3, 3, 0)
    assert numbers(found["R2 Eligible"]) == (1, 2, 1)


def merged(first: Referral, second: Referral) -> None:
    """Two people said that both records are of one person."""
    asked = {"asked_by": "carol", "asked_at": JANUARY, "answered_by": "dora", "answered_at": JANUARY}
    Merge.objects.create(
        area=first.area,
        table="programme_referral",
        first=first.ref,
        second=second.ref,
        state="stands",
        submission=second.ref,
        **asked,
    )


def test_a_second_referral_of_a_person_in_the_quarter_counts_once(
    manager: Actor, practitioner: Practitioner
) -> None:
    first = accepted(practitioner).referral
    named = {"given_names": first.given_names.upper(), "family_name": first.family_name, "born": first.born}
    referred(**named)
    referred(completed_at=JANUARY + timedelta(days=20), state="declined", decline_reason="capacity", **named)
    referred(completed_at=JANUARY - timedelta(days=20), **named)  # another quarter

    found = counted(manager)

    assert numbers(found["R1 Received"]) == (1, 1, 0)
    assert numbers(found["R2 Eligible"]) == (1, 1, 0)


def test_the_second_of_two_merged_records_counts_nowhere(manager: Actor, practitioner: Practitioner) -> None:
    kept, other = accepted(practitioner), accepted(practitioner)
    meeting(kept, day=date(2026, 2, 4))
    meeting(other, day=date(2026, 2, 5))
    merged(kept.referral, other.referral)

    found = counted(manager)

    assert numbers(found["R1 Received"]) == (1, 1, 0)
    assert numbers(found["S2 Waiting on the last day"])[1] == 1
    assert numbers(found["D1 Attended"]) == (1, 1, 0)


def test_the_page_and_the_quarterly_return_say_the_same_of_a_quarter(
    manager: Actor, practitioner: Practitioner
) -> None:
    there, again = accepted(practitioner), accepted(practitioner)
    factories.episode(referral=referred(), opened_at=JANUARY, state="waiting")
    factories.agreement(episode=there, answered_on=date(2026, 1, 10))
    for episode, day in ((there, date(2026, 1, 20)), (again, date(2026, 1, 21))):
        meeting(episode, day=day)
    named = {name: getattr(there.referral, name) for name in ("given_names", "family_name", "born")}
    referred(**named)
    referred(state="declined", decline_reason="age", referrer_kind="health", route="health_or_care")
    merged(there.referral, again.referral)

    lines = queries.returns(actor=manager, period=PERIOD, at=AT)
    found = {(one.of, one.part, one.category): one for one in lines}
    edition = quarterly.newest(Zone.PROGRAMME)
    returned = reading.counted(manager, [Quarter(PERIOD.first)], edition, AT)[0].counts

    def said(of: str, part: str, category: str = "") -> tuple[int, int, int]:
        return numbers(found[of, part, category])

    assert said("R1", "Received")[0] == returned["received"] == 3
    assert said("R1", "By who referred", "health")[0] == returned["source.health"] == 1
    assert said("R1", "By legal route", "police_voluntary")[0] == returned["route.police_voluntary"]
    assert said("R2", "Eligible") == (returned["accepted"], 3, returned["undecided"]) == (2, 3, 0)
    assert said("R2", "Declined, by reason", "age")[0] == returned["declined.age"] == 1
    for of, name in (("R3", "assessed"), ("R4", "allocated")):
        assert said(of, "Within 14 days") == tuple(
            returned[one] for one in (f"{name}.in_time", name, f"{name}.not_known")
        )
    assert said("R5", "Take part")[:2] == (returned["answer.agreed"], returned["answered"]) == (1, 1)
    assert said("S1", "Attended session 1")[0] == returned["started"] == 1
    assert said("S2", "Waiting on the last day")[:2] == (returned["there.waiting"], returned["there"])
    assert said("D1", "Attended")[0] == returned["attended"] == 1


def test_midnight_in_london_parts_the_quarters(manager: Actor) -> None:
    referred(completed_at=datetime(2026, 3, 31, 22, 59, tzinfo=UTC))  # one minute before, in summer time
    referred(completed_at=datetime(2026, 3, 31, 23, 0, tzinfo=UTC))

    assert numbers(counted(manager)["R1 Received"]) == (1, 1, 0)


def test_answers_withdrawals_and_silence(manager: Actor, practitioner: Practitioner) -> None:
    agreed, withdrew, refused, _ = (accepted(practitioner) for _ in range(4))
    factories.agreement(episode=agreed, answered_on=date(2026, 1, 10))
    factories.agreement(episode=refused, state="refused", answered_on=date(2026, 1, 10))
    factories.agreement(
        episode=withdrew,
        state="withdrawn",
        requirement="Licence, condition 4",
        answered_on=date(2025, 12, 1),
        withdrawal_reason="moved",
        withdrawn_by="carol",
        withdrawn_at=datetime(2026, 2, 2, 9, 0, tzinfo=UTC),
    )

    lines = queries.returns(actor=manager, period=PERIOD, at=AT)
    found = {(one.part, one.category): numbers(one) for one in lines if one.of == "R5"}

    assert found == {
        ("Take part", ""): (1, 2, 1),
        ("By answer", "agreed"): (1, 2, 0),
        ("By answer", "refused"): (1, 2, 0),
        ("Withdrew, by reason", "moved"): (1, 1, 0),
    }


def test_a_session_that_was_moved_counts_once_and_a_silent_one_is_missing(
    manager: Actor, practitioner: Practitioner
) -> None:
    episode = accepted(practitioner)
    meeting(episode, day=date(2026, 2, 2), state="cancelled")
    meeting(episode, day=date(2026, 2, 4))
    meeting(episode, day=date(2026, 2, 11), number=2, state="missed", whose_reason="")
    meeting(episode, day=date(2026, 2, 16), number=3)
    meeting(episode, day=date(2026, 2, 25), number=4, state="planned")
    meeting(episode, day=date(2026, 4, 8), number=5)

    lines = queries.returns(actor=manager, period=PERIOD, at=AT)
    found = {(one.part, one.category): numbers(one) for one in lines if one.of in {"D1", "S1"}}

    assert found == {
        ("Attended session 1", ""): (1, 1, 0),
        ("Attended", ""): (2, 3, 1),
        ("Missed, by who was responsible", "not_said"): (1, 3, 0),
        ("Cancelled or moved by the person within 24 hours", ""): (0, 3, 0),
        ("Reached within 7 days of a missed session", ""): (1, 1, 0),
    }


def changed(session: Session, *, hours: int, **fields: Any) -> None:
    """The person gave a session up so many hours before it."""
    defaults = {"kind": "moved", "asked_by": "person", "why": "work", "after": session.period}
    Move.objects.create(
        session=session,
        decision=f"decision-{Move.objects.count()}",
        before=session.period,
        made_by="carol",
        made_at=session.period.lower - timedelta(hours=hours),
        **defaults | fields,
    )


def test_what_the_person_gave_up_at_the_last_moment_is_counted_once(
    manager: Actor, practitioner: Practitioner
) -> None:
    episode = accepted(practitioner)
    for number, day in enumerate(
        (date(2026, 2, 2), date(2026, 2, 9), date(2026, 2, 16), date(2026, 4, 6)), 1
    ):
        meeting(episode, day=day, number=number)
    late, early, ours, after = episode.sessions.order_by("number")
    changed(late, hours=23)
    changed(late, hours=2, kind="cancelled", after=None)
    changed(early, hours=24)
    changed(ours, hours=2, asked_by="service", why="room")
    changed(after, hours=2)

    assert numbers(counted(manager)["D1 Cancelled or moved by the person within 24 hours"]) == (1, 4, 0)


@pytest.mark.parametrize(("outcome", "reached"), [("spoke", 1), ("message", 0)])
def test_only_speaking_with_somebody_is_reaching_them(
    manager: Actor, practitioner: Practitioner, outcome: str, reached: int
) -> None:
    meeting(
        accepted(practitioner),
        day=date(2026, 2, 11),
        state="missed",
        follow_up=outcome,
        followed_up_by="carol",
        followed_up_at=datetime(2026, 2, 12, 9, 0, tzinfo=UTC),
        tried_on=date(2026, 2, 12),
        attempts=1,
    )

    line = counted(manager)["D1 Reached within 7 days of a missed session"]

    assert numbers(line) == (reached, 1, 0)


def test_the_day_somebody_spoke_counts_and_not_the_day_it_was_typed(
    manager: Actor, practitioner: Practitioner
) -> None:
    meeting(
        accepted(practitioner),
        day=date(2026, 2, 11),
        state="missed",
        follow_up="spoke",
        followed_up_by="carol",
        followed_up_at=datetime(2026, 2, 27, 9, 0, tzinfo=UTC),
        tried_on=date(2026, 2, 13),
        attempts=2,
    )

    assert numbers(counted(manager)["D1 Reached within 7 days of a missed session"]) == (1, 1, 0)


def test_whom_nobody_here_was_to_ask_is_in_neither_number_of_those_reached(
    manager: Actor, practitioner: Practitioner
) -> None:
    episode = accepted(practitioner)
    Episode.objects.filter(pk=episode.pk).update(opened_at=JANUARY + timedelta(days=40))  # 14 February
    days = (date(2026, 1, 12), date(2026, 2, 10), date(2026, 2, 20))
    for number, day in enumerate(days, 1):
        meeting(episode, day=day, number=number, state="missed")
    for row in episode.sessions.order_by("number")[:2]:
        factories.entered(session=row)
    meeting(episode, day=date(2026, 1, 14), number=4)  # met before the work began here

    found = counted(manager)

    assert numbers(found["D1 Attended"]) == (1, 4, 0)
    assert numbers(found["D1 Reached within 7 days of a missed session"]) == (0, 2, 1)


def test_whoever_made_the_first_session_up_has_started(manager: Actor, practitioner: Practitioner) -> None:
    episode = accepted(practitioner)
    meeting(episode, day=date(2026, 2, 4), state="missed")
    meeting(episode, day=date(2026, 2, 6), kind="catch_up")

    assert numbers(counted(manager)["S1 Attended session 1"]) == (1, 1, 0)


def test_a_first_session_nobody_recorded_is_missing(manager: Actor, practitioner: Practitioner) -> None:
    meeting(accepted(practitioner), day=date(2026, 2, 4), state="planned")

    assert numbers(counted(manager)["S1 Attended session 1"]) == (0, 0, 1)


def test_people_of_others_and_restricted_cases_are_not_counted(manager: Actor) -> None:
    referred(area=staff.ELSEWHERE)
    restricted = referred()
    Restriction.objects.create(
        case=restricted.ref, reason="a party is police", made_by="carol", made_at=JANUARY
    )

    assert numbers(counted(manager)["R1 Received"]) == (0, 0, 0)


def rows(client: Client, address: str) -> list[dict[str, str]]:
    content = client.get(address).content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.fixture
def quarter() -> str:
    """A whole quarter that the page offers."""
    today = timezone.localdate()
    year, number = (today.year, (today.month - 1) // 3) if today.month > 3 else (today.year - 1, 4)
    return f"{year}-{number}"


def in_quarter(quarter: str) -> datetime:
    year, number = map(int, quarter.split("-"))
    return datetime(year, 3 * number - 1, 15, 12, 0, tzinfo=UTC)


def test_a_file_says_its_period_and_definitions_beside_every_number(
    signed_in: Callable[..., Client], quarter: str
) -> None:
    for _ in range(3):
        referred(completed_at=in_quarter(quarter))

    found = rows(signed_in(role=Role.MANAGER), f"/returns/file/?quarter={quarter}")

    first = found[0]
    assert (first["return"], first["numerator"], first["denominator"], first["missing"]) == (
        "R1",
        "3",
        "3",
        "0",
    )
    assert first["period_from"].startswith(quarter[:4])
    assert first["area"] == factories.AREA
    assert "complete" in first["counts"].lower()
    assert all(row["source"] and row["definitions"] == "2026-12" for row in found)
    assert AuditEvent.objects.filter(action="programme.see_returns", allowed=True).exists()


def test_what_others_may_read_leaves_as_a_quarterly_return_alone(
    signed_in: Callable[..., Client], quarter: str
) -> None:
    client = signed_in(role=Role.MANAGER)

    answer = client.get(f"/returns/file/?quarter={quarter}&for=others")

    assert answer.status_code == 422
    assert "leaves as a quarterly return" in text(answer)
    assert "Download to share" not in text(client.get(f"/returns/?quarter={quarter}"))


@pytest.mark.parametrize("asked", ["1999-1", "soon", "2026-9", "%00"])
def test_a_quarter_that_is_none_is_refused_in_words(signed_in: Callable[..., Client], asked: str) -> None:
    client = signed_in(role=Role.MANAGER)

    assert client.get(f"/returns/?quarter={asked}").status_code == 422
    assert client.get(f"/returns/file/?quarter={asked}").status_code == 422


def test_the_page_says_what_each_return_counts(signed_in: Callable[..., Client], quarter: str) -> None:
    referred(completed_at=in_quarter(quarter))

    page = text(signed_in(role=Role.EXECUTIVE).get("/returns/"))

    assert "Referrals received" in page
    assert "Days from the referral to the allocation: how it is counted R4, definitions of" in page


def test_the_page_costs_the_same_queries_for_ten_times_the_people(
    signed_in: Callable[..., Client],
    practitioner: Practitioner,
    quarter: str,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    client = signed_in(role=Role.MANAGER)
    for _ in range(10):
        referral = referred(completed_at=in_quarter(quarter))
        factories.episode(referral=referral, practitioner=practitioner, opened_at=in_quarter(quarter))

    with django_assert_max_num_queries(6):
        client.get("/returns/")
