"""Whatever is moved: nobody and no room is booked twice, and what lies back or has a record stays where it was."""

import itertools
import uuid
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.range import DateRange, TimestamptzRange
from tests.programme import factories

from desist.programme.calendar.planner import commands as planner
from desist.programme.calendar.planner import proposal, states
from desist.programme.calendar.planner.models import Move
from desist.programme.calendar.rescheduling import commands
from desist.programme.sessions.models import Session
from desist.refusals import Refused
from desist.ui.dates import LONDON
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

WHY = commands.Why("person", "work", "")
NOW = timezone.now()


def period(start: datetime, minutes: int = 90) -> TimestamptzRange:
    return TimestamptzRange(start, start + timedelta(minutes=minutes))


def world(*, held: int, written: bool, catch_up: bool, leave: int, others: list[int]) -> tuple[Session, ...]:
    """Twelve weekly sessions, the first `held` of them recorded, beside what else takes the practitioner's time."""
    account = factories.account()
    practitioner, room = factories.practitioner(account=account), factories.room(name=f"Room {account.ref}")
    episode = factories.episode(referral=factories.referral(), practitioner=practitioner)
    today = NOW.astimezone(LONDON).replace(hour=10, minute=0, second=0, microsecond=0)
    first = today - timedelta(weeks=held) + timedelta(days=1)
    rows = []
    for number in range(1, 13):
        make = factories.attended if number <= held else factories.session
        start = first + timedelta(weeks=number - 1)
        rows.append(make(episode=episode, number=number, room=room, period=period(start)))
    if written and held < 12:
        Session.objects.filter(pk=rows[held].pk).update(
            attendance="attended", saved_at=NOW, saved_by=account.ref
        )
    if catch_up:
        start = today + timedelta(days=5)
        factories.session(episode=episode, number=1, kind="catch_up", period=period(start))
    day = today.date() + timedelta(days=leave)
    factories.leave(practitioner=practitioner, days=DateRange(day, day + timedelta(days=6)))
    other = factories.episode(referral=factories.referral(), practitioner=practitioner)
    for number, days in enumerate(sorted(set(others)), start=1):
        start = today + timedelta(days=days, hours=3)
        factories.session(episode=other, number=number, room=room, period=period(start))
    return tuple(Session.objects.filter(episode=episode, kind="core").order_by("number"))


def standing(session: Session) -> dict[int, tuple[Any, ...]]:
    """Everything that holds its time, of this practitioner."""
    rows = Session.objects.filter(practitioner=session.practitioner, state__in=["planned", "attended"])
    return {one.pk: (one.period, one.room_id, one.state, one.version) for one in rows}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    held=st.integers(0, 12),
    written=st.booleans(),
    catch_up=st.booleans(),
    leave=st.integers(0, 90),
    others=st.lists(st.integers(1, 100), max_size=8),
    which=st.integers(0, 11),
    days=st.integers(-3, 120),
    hour=st.sampled_from([8, 10, 11, 13, 14, 17]),
    scope=st.sampled_from(list(states.Scope)),
    minutes=st.sampled_from([None, 30, 150]),
)
def test_no_move_double_books_or_touches_what_lies_back(  # noqa: PLR0917 -- what hypothesis draws
    held: int,
    written: bool,
    catch_up: bool,
    leave: int,
    others: list[int],
    which: int,
    days: int,
    hour: int,
    scope: states.Scope,
    minutes: int | None,
) -> None:
    rows = world(held=held, written=written, catch_up=catch_up, leave=leave, others=others)
    session = rows[which]
    day = NOW.astimezone(LONDON).date() + timedelta(days=days)
    place = planner.Place(session.room.ref if session.room else None)
    target = commands.Target(scope, day, time(hour), minutes, place)
    actor = Actor(session.practitioner.ref, Role.PRACTITIONER, factories.AREA, uuid.uuid4())
    before = standing(session)

    try:
        moving = commands.movable(session, scope, NOW)
        found = commands.propose(moving=moving, target=target, at=NOW)
        commands.move(
            actor=actor,
            ref=session.ref,
            target=target,
            why=WHY,
            seen=proposal.fingerprint(found),
            version=session.version,
            decision=uuid.uuid4().hex,
            at=NOW,
        )
    except Refused:
        assert standing(session) == before
        return
    after = standing(session)
    moved = {one.pk for one in moving}
    assert all(after[key] == before[key] for key in before if key not in moved)
    for one in rows:
        if one.state == "attended" or one.attendance or one.period.lower <= NOW:
            assert one.pk not in moved
    spans = sorted((span.lower, span.upper) for span, *_ in after.values())
    assert all(earlier[1] <= later[0] for earlier, later in itertools.pairwise(spans))
    new = [after[one.pk][0] for one in moving]
    assert new == sorted(new, key=lambda span: span.lower)
    away = session.practitioner.leave.get().days
    assert not any(away.lower <= span.lower.astimezone(LONDON).date() < away.upper for span in new)
    assert Move.objects.filter(session__in=moved).count() == len(moving)
