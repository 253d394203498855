"""A real site with its real tables: it starts as it should, and says why not otherwise."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date

import pytest
from tests import tables

from desist.embedded import Cluster
from desist.embedded.throwaway import throwaway_cluster
from desist.keys import keyfile
from desist.running import deploy
from desist.sites import Site, Zone

SITE = Site("northmere-police", Zone.PARTNERSHIP, "Northmere police", port=8702)
DAY = date(2026, 3, 2)

pytestmark = [pytest.mark.slow, pytest.mark.processes]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with throwaway_cluster() as cluster:
        tables.founded(cluster.folder, [SITE], on=DAY)
        yield cluster


def start(
    cluster: Cluster, *, login: str = "app", demo: bool = False, **told: str
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **deploy.environment(SITE, cluster.folder, login=login, demo=demo), **told}
    command = [sys.executable, "-m", "desist.zones.start"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_demo_and_a_pilot_start(cluster: Cluster) -> None:
    demo, pilot = start(cluster, demo=True), start(cluster, DESIST_EMBEDDED="pilot")

    assert (demo.returncode, demo.stderr) == (0, "")
    assert (pilot.returncode, pilot.stderr) == (0, "")


def test_production_on_the_embedded_database_does_not(cluster: Cluster) -> None:
    result = start(cluster)

    assert result.returncode == 1
    assert "northmere-police does not start:\n- The embedded database is for the demo" in result.stderr


def test_a_site_in_production_starts_by_an_address_whose_query_counts(cluster: Cluster) -> None:
    address = cluster.url(SITE.app, SITE.database)  # names the socket in its query
    sound = start(cluster, DESIST_NORTHMERE_POLICE_DATABASE_URL=f"{address}&sslmode=disable")
    strict = start(cluster, DESIST_NORTHMERE_POLICE_DATABASE_URL=f"{address}&channel_binding=require")

    assert (sound.returncode, sound.stderr) == (0, "")
    assert strict.returncode == 1
    assert "channel binding" in strict.stderr


def test_the_owner_login_does_not(cluster: Cluster) -> None:
    result = start(cluster, login="owner", demo=True)

    assert result.returncode == 1
    assert "northmere_police_owner owns the database" in result.stderr


def test_a_database_that_does_not_answer_is_named_without_its_password(cluster: Cluster) -> None:
    address = "postgresql://app:s3cret@127.0.0.1:9/northmere"
    result = start(cluster, DESIST_PARTNERSHIP_DATABASE_URL=address)

    assert result.returncode == 1
    assert "does not answer" in result.stderr
    assert "DESIST_PARTNERSHIP_DATABASE_URL" in result.stderr
    assert "s3cret" not in result.stderr


def test_a_site_without_its_key_file_does_not(cluster: Cluster) -> None:
    place = keyfile.path(folder=cluster.folder, site=SITE.name)
    place.rename(place.with_suffix(".away"))
    try:
        result = start(cluster, demo=True)
    finally:
        place.with_suffix(".away").rename(place)

    assert result.returncode == 1
    assert "keys recover northmere-police" in result.stderr
    assert "Traceback" not in result.stderr
