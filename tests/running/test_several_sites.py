"""Several sites of one zone in one deployment: founded, migrated, written from, verified, backed up, each by itself."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests import tables

from desist import sites
from desist.backup.saving import save, sites_to_save
from desist.embedded import Cluster
from desist.embedded.throwaway import throwaway_cluster
from desist.keys import keyfile
from desist.running import deploy
from desist.sites import Site, Zone
from desist.wall import seals

PROGRAMME = Site("northmere-programme", Zone.PROGRAMME, "Northmere service", 8701)
NORTH = Site("northmere-police", Zone.PARTNERSHIP, "Northmere Police", 8702)
SOUTH = Site("southmere-police", Zone.PARTNERSHIP, "Southmere Police", 8703)
LISTED = (PROGRAMME, NORTH, SOUTH)
PATIENCE = 90.0  # seconds

pytestmark = [pytest.mark.slow, pytest.mark.processes]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Three sites with the synthetic area's staff and partners, two of them police forces."""
    with throwaway_cluster() as cluster:
        tables.founded(cluster.folder, LISTED, on=date(2026, 3, 2))
        for site in LISTED:
            deploy.run_in(site, cluster.folder, "tools.synthetic.load")
        yield cluster


def told(cluster: Cluster, site: Site) -> dict[str, str]:
    return {**os.environ, **deploy.environment(site, cluster.folder, demo=True), "DESIST_ZONE": site.zone}


@contextmanager
def running(module: str, environment: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", module], env=environment)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def received(cluster: Cluster) -> dict[str, int]:
    """How many referrals of this test the programme has, by the partner that sent them."""
    with cluster.connect(PROGRAMME.database) as connection:
        rows = connection.execute(
            "SELECT partner, count(*) FROM programme_referral WHERE family_name = 'Invented' GROUP BY partner"
        ).fetchall()
    return dict(rows)


def test_each_force_writes_to_the_programme_under_its_own_name(cluster: Cluster) -> None:
    for site, count in ((NORTH, "1"), (SOUTH, "2")):
        refer = [sys.executable, "-m", "tests.post.town.refer", PROGRAMME.name, count]
        subprocess.run(refer, env=told(cluster, site), check=True)

    with (
        running("desist.post.courier", told(cluster, PROGRAMME)),
        running("desist.zones.worker", told(cluster, PROGRAMME)),
    ):
        end = time.monotonic() + PATIENCE
        while sum(received(cluster).values()) < 3 and time.monotonic() < end:
            time.sleep(0.2)

    assert received(cluster) == {NORTH.name: 1, SOUTH.name: 2}


def test_the_people_of_the_area_belong_to_one_force(cluster: Cluster) -> None:
    held = {}
    for site in (NORTH, SOUTH):
        with cluster.connect(site.database) as connection:
            rows = connection.execute(
                "SELECT (SELECT count(*) FROM partnership_referral), (SELECT count(*) FROM accounts_account)"
            ).fetchone()
        assert rows is not None
        held[site.name] = rows

    assert held[NORTH.name][0] > 0
    assert held[SOUTH.name][0] == 0
    assert held[SOUTH.name][1] > 0


def test_no_force_reaches_the_database_of_the_other(cluster: Cluster) -> None:
    found = {
        (site.name, other.name): _may_connect(cluster, site.app, other.database)
        for site in LISTED
        for other in LISTED
    }

    assert {pair for pair, may in found.items() if may} == {(site.name, site.name) for site in LISTED}
    keys = {
        site.name: keyfile.read(folder=cluster.folder, site=site.name).public.fingerprint for site in LISTED
    }
    assert len(set(keys.values())) == len(LISTED)


def _may_connect(cluster: Cluster, login: str, database: str) -> bool:
    with cluster.connect() as connection:
        row = connection.execute(
            "SELECT has_database_privilege(%s, %s, 'CONNECT')", [login, database]
        ).fetchone()
    return bool(row and row[0])


def test_every_site_is_verified_and_backed_up_by_itself(
    cluster: Cluster, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    sound = [deploy.ask(site, cluster.folder, "desist.running.verify") for site in LISTED]
    listed = sites.read_sites(folder=cluster.folder)
    saved = [
        save(
            folder=cluster.folder,
            into=tmp_path,
            site=site,
            sites=listed,
            at=datetime(2026, 3, 2, tzinfo=UTC),
            progress=lambda _: None,
        )
        for site in sites_to_save(listed)
    ]

    assert sound == [True, True, True]
    said = capfd.readouterr().out
    assert "Northmere Police:" in said
    assert "Southmere Police:" in said
    assert len({path.name for path in saved}) == len(LISTED)


def sealed(cluster: Cluster) -> Path:
    """The head of the programme's audit, once a worker has sealed some of its events."""
    head = cluster.folder / "heads" / PROGRAMME.name
    end = time.monotonic() + PATIENCE
    with running("desist.zones.worker", told(cluster, PROGRAMME)):
        while time.monotonic() < end:
            kept = seals.read_head(head) if head.exists() else None
            if kept and kept.position:
                break
            time.sleep(0.2)
    return head


def test_a_site_whose_audit_has_no_head_outside_is_not_called_sound(
    cluster: Cluster, capfd: pytest.CaptureFixture[str]
) -> None:
    head = sealed(cluster)
    away = head.rename(head.with_suffix(".away"))
    try:
        sound = deploy.ask(PROGRAMME, cluster.folder, "desist.running.verify")
    finally:
        away.rename(head)

    said = capfd.readouterr().out
    assert not sound
    assert "no head is kept outside, so nobody can tell whether more was cut off." in said
    assert "Northmere service: waiting to be sealed: " in said


def test_a_head_that_cannot_be_read_is_no_sound_one(
    cluster: Cluster, capfd: pytest.CaptureFixture[str]
) -> None:
    head = cluster.folder / "heads" / PROGRAMME.name
    kept = head.read_text()
    head.write_text(kept[:10])
    try:
        sound = deploy.ask(PROGRAMME, cluster.folder, "desist.running.verify")
    finally:
        head.write_text(kept)

    assert not sound
    assert f"the head {head} cannot be read." in capfd.readouterr().out


def test_an_audit_goes_on_from_its_end_once_somebody_says_so(
    cluster: Cluster, capfd: pytest.CaptureFixture[str]
) -> None:
    head = cluster.folder / "heads" / PROGRAMME.name
    head.write_text('{"position": 9000, "link": "00"}')

    lost = deploy.ask(PROGRAMME, cluster.folder, "desist.running.verify")
    accepted = deploy.ask(PROGRAMME, cluster.folder, "desist.running.accept")
    sound = deploy.ask(PROGRAMME, cluster.folder, "desist.running.verify")

    assert (lost, accepted, sound) == (False, True, True)
    assert "Northmere service: sealing goes on after event " in capfd.readouterr().out
