"""A courier that is killed with an exhibit under way, at each edge of its commits: no piece is lost, and none is there twice."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from tests.database import APP
from tests.post.test_exhibits import ADVOCACY, PIECES, POLICE, _small, sent
from tests.post.two_sites import AT, schemas_of

from desist import custody
from desist.embedded import Cluster
from desist.partnership.exhibits import chores, keeping
from desist.partnership.exhibits.models import Exhibit

__all__ = ["_small"]

pytestmark = [pytest.mark.processes, pytest.mark.slow]

DONE, KILLED = 0, -9
#: at least how often the courier dies
KILLS = 15


@pytest.fixture
def addresses(committed: Any, server: Cluster) -> Iterator[dict[str, str]]:
    """Two schemas in a database with real commits, and how a process reaches each."""
    name = committed.settings_dict["NAME"]
    with schemas_of(server, (ADVOCACY, POLICE)):
        yield {
            site: f"{server.url(APP, name)}&options={quote(f'-csearch_path={site.replace(chr(45), chr(95))},public')}"
            for site in (ADVOCACY, POLICE)
        }


def carried(addresses: dict[str, str], die_at: int) -> int:
    """Run a courier that dies at this edge of a commit; return how it ended."""
    command = [sys.executable, "-m", "tests.post.town.mortal", str(die_at), "tests.post.carrier"]
    environment = {**os.environ, "TESTS_CARRIER": json.dumps(addresses)}
    return subprocess.run(command, env=environment, check=False).returncode


def test_a_courier_killed_at_each_commit_brings_every_piece_once(
    addresses: dict[str, str], tmp_path: Path
) -> None:
    it, kills = sent(tmp_path), 0
    for minute in range(12):
        # the rounds with pieces die at each edge, the later ones at one each
        for edge in range(1, 60) if minute < 3 else (minute,):
            ended = carried(addresses, edge)
            assert ended in {DONE, KILLED}
            kills += ended == KILLED
            if ended == DONE:
                break
        assert carried(addresses, 0) == DONE
        at = AT + timedelta(minutes=minute)
        for site in (it.police, it.advocacy):
            site.handle(at=at)
        with it.police.at_work():
            chores.go_on(at=at)

    there = Exhibit.objects.get(token=it.row.token)
    it.row.refresh_from_db()
    assert kills >= KILLS
    assert (there.state, it.row.state, there.here) == ("whole", "whole", 19)
    assert custody.is_whole(there)
    with it.police.at_work():
        assert b"".join(keeping.contents(there)) == b"".join(PIECES)
