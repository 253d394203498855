"""After a restore, the other sites send again what the restored one may have lost."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date

import pytest

from desist.embedded import Cluster, create_site
from desist.embedded.throwaway import throwaway_cluster
from desist.keys import keyfile
from desist.sites import Site, Zone, write_sites

SENDER = Site("northmere-police", Zone.PARTNERSHIP, "Northmere police")

SENT = """
INSERT INTO post_outbox (ref, receiver, kind, sealed, at, sent_at, tries, error)
SELECT gen_random_uuid(), receiver, 'referral', '\\x00', at::timestamptz, at::timestamptz, 1, ''
FROM (VALUES ('northmere-programme', '2026-03-02 08:00+00'), ('northmere-programme', '2026-03-02 10:00+00'),
             ('harbour-advocacy', '2026-03-02 10:00+00')) AS envelope (receiver, at)
"""


def run(cluster: Cluster, *command: str) -> str:
    environment = {
        **os.environ,
        "DESIST_DATA": str(cluster.folder),
        "DESIST_SITE": SENDER.name,
        "DESIST_LOGIN": "owner",
        "DJANGO_SETTINGS_MODULE": "desist.zones.partnership",
    }
    return subprocess.run(
        [sys.executable, *command], env=environment, check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with throwaway_cluster() as cluster:
        write_sites(folder=cluster.folder, sites=[SENDER])
        create_site(cluster, SENDER)
        keyfile.create(folder=cluster.folder, site=SENDER.name, on=date(2026, 3, 2))
        run(cluster, "-m", "django", "migrate", "-v0")
        yield cluster


@pytest.mark.slow
@pytest.mark.processes
def test_what_was_sent_since_the_backup_waits_again_and_nothing_else(cluster: Cluster) -> None:
    with cluster.connect(SENDER.database) as connection:
        connection.execute(SENT.encode())

        said = run(
            cluster,
            "-m",
            "desist.cli",
            "reoffer",
            SENDER.name,
            "--to",
            "northmere-programme",
            "--since",
            "2026-03-02T09:00:00+00:00",
        )

        waiting = connection.execute(
            "SELECT receiver, at::date::text FROM post_outbox WHERE sent_at IS NULL"
        ).fetchall()
    assert waiting == [("northmere-programme", "2026-03-02")]
    assert said == f"{SENDER.name} offers 1 envelopes to northmere-programme again.\n"
