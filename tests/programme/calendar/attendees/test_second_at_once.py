"""Two people book one colleague as the second for the same time, at the same moment: one of them is told."""

import uuid
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from tests.programme import factories
from tests.waiting import meanwhile

from desist import working_days
from desist.programme.calendar.attendees.commands import Attendees
from desist.programme.calendar.planner import commands as planner
from desist.programme.calendar.rescheduling import commands
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.sessions.models import Session
from desist.ui import dates
from desist.wall.actors import Actor, Role

NOW = timezone.now()
DAY = working_days.after(NOW.date() + timedelta(days=30), 0)
HOUR = timedelta(hours=1)


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits, seen from two connections."""


def hold(session: Session, start: Any) -> None:
    Session.objects.filter(pk=session.pk).update(period=TimestamptzRange(start, start + HOUR))


@pytest.mark.parametrize("as_what", ["second", "practitioner"])
def test_a_colleague_who_is_booked_meanwhile_is_nobodys_second(
    episode: Episode, practitioner: Practitioner, actor: Actor, as_what: str
) -> None:
    noor = factories.practitioner(account=factories.account(name="Noor Hale"))
    ash = factories.practitioner(account=factories.account(name="Ash Vale"))
    other = factories.episode(referral=factories.referral(family_name="Other"), practitioner=ash)
    whose: dict[str, Any] = {"practitioner": noor} if as_what == "practitioner" else {"second": noor}
    theirs = factories.session(episode=other, period=TimestamptzRange(NOW + HOUR, NOW + 2 * HOUR), **whose)
    start = dates.local(NOW).replace(hour=10, minute=0, second=0, microsecond=0)
    start += timedelta(days=(DAY - start.date()).days)
    extra = commands.Extra(None, DAY, start.time(), 60, planner.Place(None), Attendees(noor.ref))
    manager = Actor(who="carol", role=Role.MANAGER, area=actor.area, correlation=uuid.uuid4())

    with meanwhile(partial(hold, theirs, start)), pytest.raises(planner.TimeTaken):
        commands.add(
            actor=manager,
            ref=episode.ref,
            extra=extra,
            why=commands.Why("person", "work", ""),
            decision="decision",
            at=NOW,
        )

    assert not Session.objects.filter(episode=episode).exists()
