"""A worker that is killed, as by kill -9, at any edge of a commit: the next one goes on, and nobody comes twice."""

import json
import os
import signal
import subprocess
import sys
import uuid
from collections import Counter
from itertools import cycle
from typing import Any

import pytest
from tests import staff
from tests.programme.moving_in.test_moving_in import MEASURE, contents
from tests.programme.moving_in.test_ways_in import many

from desist.moving_in import commands
from desist.post import own
from desist.programme.measures.models import Measure
from desist.programme.moving_in.commands import CASELOAD
from desist.programme.moving_in.models import MoveIn
from desist.programme.referrals.models import Referral
from desist.wall.actors import Actor, Role

pytestmark = [pytest.mark.processes, pytest.mark.usefixtures("own_keys")]


def go_on(connection: Any, *, die_at: int) -> int:
    """Run a worker that dies at an edge of a commit, unless it is done before; return how it ended."""
    names = {key: str(connection.settings_dict[key]) for key in ("NAME", "USER", "PASSWORD", "HOST")}
    said = {
        "TEST_DATABASE": json.dumps(names),
        "TEST_SITE": own.site().name,
        "DJANGO_SETTINGS_MODULE": "desist.zones.tests",
    }
    command = [
        sys.executable,
        "-m",
        "tests.post.town.mortal",
        str(die_at),
        "tests.programme.moving_in.worker",
    ]
    return subprocess.run(command, env={**os.environ, **said}, check=False, timeout=120).returncode


def until_done(connection: Any) -> int:
    """Kill one worker after the other until one has nothing left to do; return how many died."""
    for died, die_at in enumerate(cycle((1, 2, 3, 4, 5))):
        if (ended := go_on(connection, die_at=die_at)) == 0:
            return died
        assert ended == -signal.SIGKILL
    raise AssertionError


def test_workers_that_are_killed_bring_everyone_in_once(committed: Any) -> None:
    boss = Actor(who="carol", role=Role.MANAGER, area=staff.AREA, correlation=uuid.uuid4())
    people = many(150)
    measures = [{**MEASURE, "key": one["key"]} for one in people]
    said = contents({"people": people, "measures": measures})
    ref = commands.send(CASELOAD, actor=boss, contents=said, submission="k", at=staff.NOW)

    assert until_done(committed) >= 1
    row = MoveIn.objects.get(ref=ref)
    assert (row.state, commands.problems(row)) == ("checked", ())

    commands.bring(CASELOAD, actor=boss, ref=ref, at=staff.NOW)
    assert until_done(committed) >= 2

    row.refresh_from_db()
    assert (row.state, row.done) == ("brought", len(people))
    assert row.counts == {"referral": 150, "episode": 150, "allocation": 0, "session": 0, "measure": 150} | {
        "goal": 0,
        "contact": 0,
    }
    assert set(Counter(Referral.objects.values_list("given_names", flat=True)).values()) == {1}
    assert Measure.objects.count() == 150
