"""A site with its real tables: what others sent is offered again, and its audit verifies, after a restore."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desist.backup import restoring
from desist.backup.saving import save
from desist.embedded import Cluster, create_site
from desist.embedded.throwaway import throwaway_cluster
from desist.keys import keyfile
from desist.sites import Site, Zone, write_sites

SITE = Site("northmere-police", Zone.PARTNERSHIP, "Northmere police")
AT = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)

SENT = """
INSERT INTO post_partner (ref, name, zone, title, transport, keys, phone, area, added_at)
VALUES ('planted', 'northmere-programme', 'programme', 'Northmere programme', 'courier', 'its keys', '', '', '2026-03-02 06:00+00');
INSERT INTO post_outbox (ref, receiver, kind, sealed, at, sent_at, tries, error)
SELECT gen_random_uuid(), receiver, 'referral', '\\x00', at::timestamptz, at::timestamptz, 1, ''
FROM (VALUES ('northmere-programme', '2026-03-02 06:00+00'), ('northmere-programme', '2026-03-02 10:00+00'),
             ('harbour-advocacy', '2026-03-02 10:00+00')) AS envelope (receiver, at)
"""
EVENTS = """
INSERT INTO wall_auditevent (at, who, role, action, row, allowed, reason, correlation)
SELECT timestamptz '2026-03-02 06:00+00', 'someone', 'manager', 'see', n::text, true, '', gen_random_uuid() FROM generate_series(1, 50) n
"""
SEAL = """
import django; django.setup()
from desist import deployment
from desist.wall import seals
seals.go_on(deployment.head_file("northmere-police"), key=deployment.audit_keys("northmere-police")[0])
"""
VERIFY = """
import django; django.setup()
from desist import deployment
from desist.wall import seals
keys = deployment.audit_keys("northmere-police")
print(seals.verify(seals.read_head(deployment.head_file("northmere-police")), keys=keys))
"""

pytestmark = [pytest.mark.slow, pytest.mark.processes]


def run(cluster: Cluster, *command: str) -> str:
    """A Python process of the site, as its owner; returns what it printed."""
    environment = {
        **os.environ,
        "DESIST_DATA": str(cluster.folder),
        "DESIST_SITE": SITE.name,
        "DESIST_LOGIN": "owner",
        "DJANGO_SETTINGS_MODULE": "desist.zones.partnership",
    }
    result = subprocess.run(
        [sys.executable, *command], env=environment, check=False, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with throwaway_cluster() as cluster:
        write_sites(folder=cluster.folder, sites=[SITE])
        create_site(cluster, SITE)
        keyfile.create(folder=cluster.folder, site=SITE.name, on=date(2026, 3, 2))
        run(cluster, "-m", "django", "migrate", "-v0")
        yield cluster


def test_what_was_sent_since_the_backup_waits_again_and_nothing_else(cluster: Cluster) -> None:
    with cluster.connect(SITE.database) as connection:
        connection.execute(SENT.encode())

        since = "2026-03-02T09:00:00+00:00"
        said = run(
            cluster, "-m", "desist.cli", "reoffer", SITE.name, "--to", "northmere-programme", "--since", since
        )

        query = "SELECT receiver, at::date::text FROM post_outbox WHERE sent_at IS NULL"
        waiting = connection.execute(query.encode()).fetchall()
    assert waiting == [("northmere-programme", "2026-03-02")]
    assert said == f"{SITE.name} offers 1 envelopes to northmere-programme again.\n"


def test_the_audit_verifies_after_a_restore_although_it_had_gone_on(cluster: Cluster, tmp_path: Path) -> None:
    act_and_seal(cluster)
    with cluster.connect(SITE.database) as connection:
        (sealed,) = connection.execute("SELECT max(position) FROM wall_auditseal").fetchone() or (0,)
    save(folder=cluster.folder, into=tmp_path, site=SITE, sites=(SITE,), at=AT, progress=lambda _: None)
    act_and_seal(cluster)

    (found,) = restoring.find(source=tmp_path, folder=cluster.folder, only=None, progress=lambda *_: None)
    restoring.restore(cluster=cluster, found=found, at=AT, progress=lambda *_: None)

    verdict = run(cluster, "-c", VERIFY)
    assert verdict.startswith(f"(Head(position={sealed}, ")
    assert verdict.endswith(", [])\n")


def act_and_seal(cluster: Cluster) -> None:
    with cluster.connect(SITE.database) as connection:
        connection.execute(EVENTS.encode())
    run(cluster, "-c", SEAL)
