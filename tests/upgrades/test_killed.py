"""A migration that is killed half-way leaves a site that says so, and is finished by running it again."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import psycopg
import pytest
from tests.processes import until
from tests.upgrades.area import make_keys, restore, staffed

from desist.embedded import Cluster
from desist.embedded.throwaway import throwaway_cluster
from desist.running import deploy
from desist.sites import Zone

pytestmark = [pytest.mark.slow, pytest.mark.processes]

POLICE = next(site for site in staffed() if site.zone is Zone.PARTNERSHIP)
#: one of the later migrations changes it, so that it waits for whoever reads it
IN_THE_MIDDLE = "partnership_report"
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass"
APPLIED = "SELECT count(*) FROM django_migrations WHERE app = 'partnership'"
OLDER = "are older than this version of Desist: "


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """The police as 0.1.0 left them."""
    with throwaway_cluster() as cluster:
        make_keys(cluster.folder, staffed())
        deploy.found(cluster.folder, [POLICE], on=date(2026, 3, 2))
        restore(cluster, POLICE)
        yield cluster


def run(cluster: Cluster, module: str, *, login: str) -> tuple[int, str]:
    """How a module of ours ends that is run for the police, and what it says."""
    done = subprocess.run(
        command(module), env=told(cluster, login), capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


def command(module: str) -> list[str]:
    return [sys.executable, "-m", module]


def told(cluster: Cluster, login: str) -> dict[str, str]:
    return {**os.environ, **deploy.environment(POLICE, cluster.folder, login=login, demo=True)}


def one(superuser: psycopg.Connection, query: str, *values: str) -> int:
    row = superuser.execute(query.encode(), values or None).fetchone()
    assert row is not None
    return int(row[0])


@contextmanager
def somebody_reads(cluster: Cluster, table: str) -> Iterator[None]:
    """Someone has a page open on a table, in a transaction that does not end."""
    with cluster.connect(POLICE.database) as reader, reader.transaction():
        reader.execute(f"LOCK TABLE {table} IN ACCESS SHARE MODE".encode())
        yield


def test_a_migration_that_is_killed_half_way_is_finished_by_the_next(cluster: Cluster) -> None:
    before = run(cluster, "desist.zones.start", login="app")
    with cluster.connect(POLICE.database) as superuser:
        reports = one(superuser, f"SELECT count(*) FROM {IN_THE_MIDDLE}")
        with somebody_reads(cluster, IN_THE_MIDDLE):
            migrating = subprocess.Popen(command("desist.running.migrate"), env=told(cluster, "owner"))
            until(lambda: one(superuser, WAITING, IN_THE_MIDDLE) > 0, 60)
            os.kill(migrating.pid, signal.SIGKILL)
            migrating.wait()
        applied = one(superuser, APPLIED)

        half = run(cluster, "desist.zones.start", login="app")
        again = run(cluster, "desist.running.migrate", login="owner")

        assert 1 < applied < one(superuser, APPLIED)
        assert one(superuser, f"SELECT count(*) FROM {IN_THE_MIDDLE}") == reports > 0
    assert before[0] == half[0] == 1
    assert OLDER in before[1]
    assert f"{OLDER}partnership.0004_report_words_stay_a_day" in half[1]
    assert "Run `./desist migrate`." in half[1]
    assert again == (0, "")
    assert run(cluster, "desist.zones.start", login="app") == (0, "")
