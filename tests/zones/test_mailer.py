"""A mail server that is silent holds up no other work of the worker, and gets its e-mail once it answers."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tests import tables
from tests.mailserver import mail_server
from tests.processes import until

from desist.embedded.throwaway import throwaway_cluster
from desist.running import deploy
from desist.sites import Site, Zone

SITE = Site("northmere-police", Zone.PARTNERSHIP, "Northmere police", port=8702)
ASKED = {"name": "Sam Lowe", "email": "sam@force.example", "role": "administrator", "area": "northmere"}

pytestmark = [pytest.mark.slow, pytest.mark.processes]


def test_the_worker_seals_while_a_mail_server_is_silent_and_sends_once_it_speaks(tmp_path: Path) -> None:
    with mail_server(tmp_path, silent=True) as server, throwaway_cluster() as cluster:
        tables.founded(cluster.folder, [SITE], on=date(2026, 3, 2))
        told = {
            **os.environ,
            **deploy.environment(SITE, cluster.folder, demo=True),
            "DESIST_ZONE": "partnership",
            "DESIST_EMAIL_HOST": "127.0.0.1",
            "DESIST_EMAIL_PORT": str(server.port),
            "DESIST_EMAIL_SECURITY": "plain",
        }

        def invite(**other: str) -> str:
            asked = json.dumps(ASKED | other)
            command = [sys.executable, "-m", "desist.running.invite"]
            run = subprocess.run(command, env=told, input=asked, capture_output=True, text=True, check=True)
            return run.stdout

        def sealed_all() -> bool:
            with cluster.connect(SITE.database) as connection:
                row = connection.execute(
                    "SELECT (SELECT max(id) FROM wall_auditevent), (SELECT max(event_id) FROM wall_auditseal)"
                ).fetchone()
            return row is not None and row[0] == row[1]

        said = invite()
        worker = subprocess.Popen([sys.executable, "-m", "desist.zones.worker"], env=told)
        try:
            until(lambda: server.connections > 0, 60)
            invite(email="kit@force.example")
            until(sealed_all, 60)
            before = list(server.messages)
            server.answering.set()
            until(lambda: len(server.messages) == 2, 60)
        finally:
            worker.kill()
            worker.wait()

    assert "It goes out by e-mail as well" in said
    assert before == []
    assert {to[0] for to, _ in server.messages} == {"sam@force.example", "kit@force.example"}
    assert said.split()[0] in server.messages[0][1]
