"""PostgreSQL is killed while a site is in use: the page says so, keeps the words, and saves them once it is back."""

import html
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from desist.embedded import Cluster
from desist.embedded.throwaway import throwaway_cluster
from desist.running import deploy, static
from desist.sites import Site, Zone

WORDS = "PLANTED-WORDS of a person"
PATIENCE = 60.0  # seconds
RECORDABLE = (
    "SELECT s.ref, p.name FROM programme_session s JOIN programme_allocation a USING (episode_id) "
    "JOIN programme_practitioner p ON p.id = a.practitioner_id "
    "WHERE s.state = 'planned' AND a.ended_at IS NULL AND p.ref LIKE 'staff%%' ORDER BY s.period LIMIT 1"
)

pytestmark = [pytest.mark.slow, pytest.mark.processes]


@dataclass
class Window:
    """Just enough of a browser: cookies, and the token of the form it saw last."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    version: str = ""

    def ask(self, method: str, path: str, **form: str) -> tuple[int, str]:
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {
            "Host": f"programme.localhost:{self.port}",
            "Cookie": cookies,
            "Sec-Fetch-Site": "same-origin",
        }
        body = urllib.parse.urlencode({**form, "csrfmiddlewaretoken": self.token}) if form else None
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        wire.request(method, path, body, headers)
        answer = wire.getresponse()
        page = html.unescape(answer.read().decode())
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        wire.close()
        self.token = _hidden(page, "csrfmiddlewaretoken") or self.token
        self.version = _hidden(page, "form_version") or self.version
        return answer.status, page


def _hidden(page: str, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with throwaway_cluster(durable=True) as cluster:
        yield cluster


def serving(site: Site, folder: Path) -> subprocess.Popen[bytes]:
    told = {**os.environ, **deploy.environment(site, folder, demo=True)}
    run = "from desist.running import web; web.serve()"
    with (folder / "log" / "web.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-c", run], env=told, stdout=log, stderr=log, start_new_session=True
        )


def until(status: int, window: Window, path: str) -> str:
    end, found = time.monotonic() + PATIENCE, (0, "")
    while found[0] != status and time.monotonic() < end:
        try:
            found = window.ask("GET", path)
        except OSError:
            time.sleep(0.2)
    assert found[0] == status
    return found[1]


def test_the_words_survive_a_database_that_is_killed(cluster: Cluster) -> None:
    site = Site("northmere-programme", Zone.PROGRAMME, "Northmere service", port=_free_port())
    deploy.found(cluster.folder, [site], on=date(2026, 3, 2))
    deploy.migrate(cluster.folder, [site])
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
