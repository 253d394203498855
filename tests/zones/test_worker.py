"""The worker forgets what was sent long ago and sessions that are over, and nothing else."""

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from tests import clock, tables

from desist.embedded.throwaway import throwaway_cluster
from desist.running import deploy
from desist.sites import Site, Zone

SITE = Site("northmere-police", Zone.PARTNERSHIP, "Northmere police", port=8702)
PATIENCE = 60.0  # seconds

pytestmark = [pytest.mark.slow, pytest.mark.processes]

AT = clock.in_sql()
SENT = (
    "INSERT INTO post_outbox (ref, receiver, kind, sealed, at, sent_at, tries, error) "
    f"VALUES (gen_random_uuid(), 'northmere-programme', %s, '', {AT}, {AT} - %s::interval, 0, '')"
)
LEFT = "SELECT kind FROM post_outbox UNION SELECT session_key FROM accounts_browsersession"
SESSION = (
    "INSERT INTO accounts_browsersession (session_key, session_data, expire_date) "
    f"VALUES (%s, '', {AT} + %s::interval)"
)


def test_the_worker_forgets_what_was_sent_before_the_oldest_backup_and_what_is_over() -> None:
    with throwaway_cluster() as cluster:
        tables.founded(cluster.folder, [SITE], on=date(2026, 3, 2))
        with cluster.connect(SITE.database) as connection:
            for kind, age in (("old", "8 days"), ("new", "6 days"), ("waiting", None)):
                connection.execute(SENT, [kind, age])
            for key, time_left in (("over", "-1 second"), ("open", "8 hours")):
                connection.execute(SESSION, [key, time_left])
        told = {
            **os.environ,
            **deploy.environment(SITE, cluster.folder, demo=True),
            "DESIST_KEEP_SENT_DAYS": "7",
        }

        worker = subprocess.Popen(
            [sys.executable, "-m", "desist.zones.worker"], env={**told, "DESIST_ZONE": "partnership"}
        )
        try:
            end, left = time.monotonic() + PATIENCE, {"old", "over"}
            while left & {"old", "over"} and time.monotonic() < end:
                time.sleep(0.2)
                with cluster.connect(SITE.database) as connection:
                    left = {row[0] for row in connection.execute(LEFT).fetchall()}
        finally:
            worker.kill()
            worker.wait()

    assert left == {"new", "waiting", "open"}


@pytest.mark.parametrize("days", ["soon", "0", "-3", "99999", "7.5"])
def test_a_senseless_number_of_days_is_refused_in_words(days: str, tmp_path: Path) -> None:
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "desist.zones.partnership", "DESIST_DATA": str(tmp_path)}

    start = subprocess.run(
        [sys.executable, "-m", "desist.zones.start"],
        env={**told, "DESIST_KEEP_SENT_DAYS": days},
        capture_output=True,
        text=True,
        check=False,
    )

    assert start.returncode == 1
    assert f"DESIST_KEEP_SENT_DAYS is {days!r}." in start.stderr
    assert "Traceback" not in start.stderr
