"""PostgreSQL is killed while a site is in use: the page says so, keeps the words, and saves them once it is back."""

import os
import re
import signal
from collections.abc import Iterator
from datetime import date

import pytest
from tests import tables
from tests.processes import free_port
from tests.running.window import Window, serving, until

from desist.embedded import Cluster
from desist.embedded.throwaway import throwaway_cluster
from desist.running import deploy, static
from desist.sites import Site, Zone

WORDS = "PLANTED-WORDS of a person"
RECORDABLE = (
    "SELECT s.ref, p.name FROM programme_session s JOIN programme_allocation a USING (episode_id) "
    "JOIN programme_practitioner p ON p.id = a.practitioner_id "
    "WHERE s.state = 'planned' AND a.ended_at IS NULL AND p.ref LIKE 'staff%%' ORDER BY s.period LIMIT 1"
)

pytestmark = [pytest.mark.slow, pytest.mark.processes]


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with throwaway_cluster(durable=True) as cluster:
        yield cluster


def test_the_words_survive_a_database_that_is_killed(cluster: Cluster) -> None:
    site = Site("northmere-programme", Zone.PROGRAMME, "Northmere service", port=free_port())
    tables.founded(cluster.folder, [site], on=date(2026, 3, 2))
    deploy.run_in(site, cluster.folder, "tools.synthetic.load")
    static.collect(site, cluster.folder)
    with cluster.connect(site.database) as connection:
        row = connection.execute(RECORDABLE).fetchone()
    assert row is not None
    ref, name = row
    window = Window(site.port or 0)

    web = serving(site, cluster.folder)
    try:
        page = until(200, window, "/account/sign-in/")
        grant = re.search(r'<button[^>]*value="(\d+)"[^>]*>\s*' + re.escape(name), page)
        assert grant is not None
        window.ask("POST", "/account/sign-in/", grant=grant[1])
        assert window.ask("GET", f"/sessions/{ref}/record/")[0] == 200
        form = {"work_done": WORDS, "form_version": window.version, "form_submission": "once"}
        postmaster = int((cluster.data / "postmaster.pid").read_text("ascii").splitlines()[0])
        os.kill(postmaster, signal.SIGKILL)
        away = window.ask("POST", f"/sessions/{ref}/record/", **form)
        assert cluster.died()
        cluster.start()
        until(200, window, f"/sessions/{ref}/record/")
        back = window.ask("POST", f"/sessions/{ref}/record/", **form)
    finally:
        os.killpg(web.pid, signal.SIGKILL)
        web.wait()

    assert away[0] == 503
    assert "Nothing was saved by your last step." in away[1]
    assert WORDS in away[1]
    assert back[0] == 302
    with cluster.connect(site.database) as connection:
        saved = connection.execute("SELECT work_done FROM programme_session WHERE ref = %s", [ref]).fetchone()
    assert saved == (WORDS,)
    assert WORDS not in "".join(
        path.read_text("utf-8", "replace") for path in (cluster.folder / "log").iterdir()
    )
