"""`desist status` says of every site what a person wants to know, while it runs and while nothing does."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desist.cli.status import Seen, attention
from desist.embedded.throwaway import throwaway_cluster
from desist.running import deploy
from desist.running.status import Database
from desist.sites import Site, Zone
from desist.zones.alive import Living, Process
from tests.processes import free_port
from tests.seen.conftest import Sites
from tests.seen.wire import asked

AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SITE = Site("northmere-police", Zone.PARTNERSHIP, "Northmere police", port=8702)
VERSION = "0.1.0"
LIVING = tuple(Living(process, AT, VERSION, AT) for process in Process)
WELL = Seen(
    site=SITE,
    answers=True,
    running=LIVING,
    database=Database(answers=True),
    backup=None,
    sealed=AT,
    room=10**11,
    at=AT,
)


def status(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "desist.cli", "status", "--data", str(folder)]
    return subprocess.run(command, env=dict(os.environ), capture_output=True, text=True, check=False)


@pytest.fixture(autouse=True)
def same_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desist.cli.status.version", lambda _: VERSION)


@pytest.mark.slow
@pytest.mark.processes
def test_all_is_well_while_everything_runs(running: Sites) -> None:
    for site in running.listed:
        asked(site, "/account/sign-in/")

    result = status(running.folder)

    assert result.stdout.endswith("All is well.\n"), result.stdout + result.stderr
    assert result.returncode == 0
    for site in running.listed:
        assert f"{site.title} ({site.name}): running since " in result.stdout
    assert result.stdout.count("2 web processes") == 4
    assert result.stdout.count("the database answers, with the tables of this version") == 4
    assert result.stdout.count("waiting: nothing") == 4


def dead(**changes: object) -> Database:
    return replace(WELL.database, **changes)  # type: ignore[arg-type]  # the fields' own types


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (replace(WELL, answers=False, running=()), "Nothing answers on port 8702. Start it"),
        (replace(WELL, answers=False), "It runs, and does not answer on port 8702"),
        (replace(WELL, running=LIVING[:1]), "No worker runs"),
        (replace(WELL, at=AT + timedelta(minutes=3)), "done nothing for 3 minutes"),
        (
            replace(WELL, running=(*LIVING, replace(LIVING[0], version="0.0.9"))),
            "Version 0.0.9 runs, and 0.1.0",
        ),
        (
            replace(WELL, database=Database(reason="no server")),
            "does not answer: no server. Start the database",
        ),
        (replace(WELL, database=dead(tables=("Run `./desist migrate`.",))), "Run `./desist migrate`."),
        (replace(WELL, database=dead(dead=1)), "1 envelope could not be handled"),
        (replace(WELL, database=dead(dead=2)), "2 envelopes could not be handled"),
        (
            replace(WELL, database=dead(oldest={"outbox": 7300.0})),
            "An envelope to partners has waited for 2 hours",
        ),
        (replace(WELL, database=dead(oldest={"emails": 7300.0})), "An e-mail has waited for 2 hours"),
        (replace(WELL, database=dead(oldest={"texts": 7300.0})), "A text message has waited for 2 hours"),
        (replace(WELL, database=dead(unsealed=600.0)), "The audit is not sealed"),
        (replace(WELL, backup=AT - timedelta(days=3)), "The last backup is 3 days old"),
        (replace(WELL, room=10**9), "1.0 GB of disk are left"),
    ],
)
def test_each_thing_that_needs_attention_is_a_sentence_with_what_to_do(seen: Seen, said: str) -> None:
    (found,) = attention(seen)

    assert said in found
    assert list(attention(WELL)) == []


def test_the_public_site_has_no_database_to_ask() -> None:
    public = replace(WELL, site=replace(SITE, zone=Zone.PUBLIC), running=(), database=Database())

    assert list(attention(public)) == []


@pytest.mark.slow
@pytest.mark.processes
def test_it_works_while_nothing_runs() -> None:
    site = replace(SITE, port=free_port())
    with throwaway_cluster() as cluster:
        deploy.found(cluster.folder, [site], on=AT.date())
        empty = status(cluster.folder)
        cluster.stop()
        stopped = status(cluster.folder)

    for result in (empty, stopped):
        assert result.returncode == 1
        assert result.stderr == ""
        assert "Northmere police (northmere-police): not running" in result.stdout
        assert f"! Nothing answers on port {site.port}. Start it: `./desist up`." in result.stdout
        assert "2 things to attend to: the lines with !." in result.stdout
    assert "! The tables of northmere-police are older" in empty.stdout
    assert "! The database does not answer: " in stopped.stdout


@pytest.mark.slow
@pytest.mark.processes
def test_a_folder_without_sites_is_a_sentence(tmp_path: Path) -> None:
    result = status(tmp_path)

    assert (result.returncode, result.stdout) == (1, "")
    assert "holds no sites" in result.stderr
