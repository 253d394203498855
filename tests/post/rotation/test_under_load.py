"""Rotations in a town of real processes with work going on: nothing lost, nothing twice, nothing dead."""

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial

import pytest
from tests.post.town.town import COURIER, POLICE, PROGRAMME, ROOT, WORKER, Process, Town

from desist.keys import keyfile
from desist.sites import Site

pytestmark = [pytest.mark.processes, pytest.mark.slow]
COUNT = 1500


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    town = Town(tmp_path_factory.mktemp("town"))
    try:
        town.found()
        yield town
    finally:
        town.close()


@pytest.fixture
def staff(town: Town) -> Iterator[dict[str, Process]]:
    staff = {"courier": Process(town, COURIER)} | {
        site.name: Process(town, WORKER, site) for site in (POLICE, PROGRAMME)
    }
    yield staff
    for process in staff.values():
        process.kill()


def rotate(town: Town, site: Site) -> str:
    """Rotate as documented; return the id of the new key set."""
    command = [sys.executable, "-m", "desist.cli", "keys", "rotate", site.name]
    environment = {**os.environ, "DESIST_DATA": str(town.folder)}
    subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=town.log)
    return keyfile.read(folder=town.folder, site=site.name).current.id


def has_handled(town: Town, count: int) -> bool:
    """Whether the programme has handled so many."""
    return town.handled(PROGRAMME, "turn") >= count


def knows(town: Town, site: Site, other: Site, key: str) -> bool:
    """Whether a site knows that the other one knows this key of it."""
    return town.ask(site, "SELECT knows_key FROM post_partner WHERE name = %s", other.name) == [(key,)]


def test_both_sites_rotate_twice_under_load(town: Town, staff: dict[str, Process]) -> None:
    feeder = Process(town, "tests.post.town.feed", POLICE, (PROGRAMME.name, "turn", str(COUNT)))
    working = [feeder, *staff.values()]
    turns = ((POLICE, PROGRAMME), (PROGRAMME, POLICE)) * 2
    for turn, (site, other) in enumerate(turns, start=1):
        enough = COUNT * turn // 8
        town.tend_until(partial(has_handled, town, enough), working)
        newest = rotate(town, site)
        staff[site.name].kill()
        if site == POLICE:
            feeder.kill()
        town.tend_until(partial(knows, town, site, other, newest), working)

    town.tend_until(partial(has_handled, town, COUNT), working)
    town.tend_until(lambda: town.handled(POLICE, "turn") == COUNT, working)
    feeder.kill()

    once = {f"turn-{number}": 1 for number in range(COUNT)}
    assert town.tally(PROGRAMME, "turn") == town.tally(POLICE, "turn") == once
    for site in (POLICE, PROGRAMME):
        assert town.ask(site, "SELECT count(*) FROM post_inbox WHERE dead_at IS NOT NULL") == [(0,)]
        assert town.ask(site, "SELECT count(*) FROM post_inbox WHERE handled_at IS NULL") == [(0,)]
