"""Two people who change one plan at the same moment: one of them is told, nothing is half done, nobody waits."""

import threading
import uuid
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from tests.programme import factories

from desist import working_days
from desist.programme.calendar.planner import commands as planner
from desist.programme.calendar.planner import proposal, states
from desist.programme.calendar.planner.models import Move
from desist.programme.calendar.rescheduling import commands
from desist.programme.episodes.models import Episode
from desist.programme.sessions.models import Session
from desist.refusals import Changed
from desist.ui.dates import LONDON
from desist.wall.actors import Actor, Role

WHY = commands.Why("person", "work", "")
NOW = timezone.now()
DAY = working_days.after(NOW.date() + timedelta(days=30), 0)


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits, seen from two connections."""


@pytest.fixture
def ahead(episode: Episode) -> list[Session]:
    """Three sessions, a week apart."""
    starts = [datetime.combine(NOW.date(), time(10), LONDON) + timedelta(weeks=week) for week in range(1, 4)]
    return [
        factories.session(
            episode=episode, number=number, period=TimestamptzRange(start, start + timedelta(hours=1))
        )
        for number, start in enumerate(starts, start=1)
    ]


def move(session: Session, actor: Actor, hour: int, scope: states.Scope) -> None:
    """Look, then confirm."""
    target = commands.Target(scope, DAY, time(hour), None, planner.Place(None))
    found = commands.propose(moving=commands.movable(session, scope, NOW), target=target, at=NOW)
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


def test_of_two_who_move_a_session_at_once_one_is_told(ahead: list[Session], actor: Actor) -> None:
    begin, told = threading.Barrier(2), []
    other = Actor(who=actor.who, role=Role.MANAGER, area=actor.area, correlation=uuid.uuid4())

    def change(who: Actor, hour: int) -> None:
        session = Session.objects.select_related("episode", "practitioner").get(pk=ahead[0].pk)
        begin.wait()
        try:
            move(session, who, hour, states.Scope.LATER)
        except (Changed, planner.TimeTaken, planner.ProposalChanged) as problem:
            told.append(problem)
        finally:
            connection.close()

    both = [threading.Thread(target=change, args=one) for one in ((actor, 9), (other, 14))]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert len(told) == 1
    assert Move.objects.values("decision").distinct().count() == 1
    assert Move.objects.count() == 3


def test_whoever_writes_in_a_later_session_is_not_waited_for(ahead: list[Session], actor: Actor) -> None:
    locked, done = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            Session.objects.select_for_update().get(pk=ahead[2].pk)
            locked.set()
            done.wait(timeout=60)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    locked.wait(timeout=60)
    try:
        with pytest.raises(Changed):
            move(ahead[0], actor, 9, states.Scope.LATER)
    finally:
        done.set()
        writer.join()

    assert not Move.objects.exists()
