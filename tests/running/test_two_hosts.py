"""Two web hosts of one site behind a proxy: one after the other is killed or stopped while people work, and none notices.

The second host is started as deploy/ has it: by the command of its unit, with the settings of its environment file.
"""

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from tests import tables
from tests.deploy.files import DEPLOY, PROGRAM, settings, unit
from tests.processes import free_port, until
from tests.running.proxy import AWAY, Proxy, before
from tests.running.window import Window
from tests.upgrades.test_with_work_going_on import CASE
from tests.upgrades.work import Person, begin

from desist.embedded import Cluster
from desist.embedded.throwaway import throwaway_cluster
from desist.running import deploy, static
from desist.sites import Site, Zone

pytestmark = [pytest.mark.slow, pytest.mark.processes]

ROOT = Path(__file__).parents[2]
SITE = Site("northmere-programme", Zone.PROGRAMME, "Northmere service", port=free_port())
OTHER_PORT = free_port()
KEPT = "SELECT words, count(*) FROM programme_contact WHERE words LIKE 'Person %' GROUP BY words"


@dataclass
class Reloading(Person):
    """Someone who reloads where the proxy says that the site could not be reached."""

    reloaded: list[str] = field(default_factory=list)

    def ask(self, expected: int, method: str, path: str, **form: str) -> str:
        status, page = self.window.ask(method, path, **form)
        while status == AWAY and len(self.reloaded) < 100:
            self.reloaded.append(method)
            time.sleep(0.2)
            status, page = self.window.ask(method, path, **form)
        if status != expected:
            self.failed.append(f"{method} {path}: {status}")
        return page


class Hosts:
    """Two hosts that answer for the site, each with its way to the one data folder and to the database."""

    def __init__(self, cluster: Cluster, place: Path) -> None:
        self.cluster, self.place = cluster, place
        self.share = place / "share"  # the data folder, as the second host reaches it over the network
        self.share.symlink_to(cluster.folder)
        self.url = place / "app-url"
        self.url.write_text(cluster.url(SITE.app, SITE.database))
        self.url.chmod(0o400)
        self.processes: dict[int, subprocess.Popen[bytes]] = {}

    def told(self) -> dict[str, str]:
        """What the first host is told."""
        own = {"DESIST_PROGRAMME_DATABASE_URL_FILE": str(self.url), "DESIST_HOSTS": "programme.localhost"}
        return {**os.environ, **deploy.environment(SITE, self.cluster.folder), **own}

    def told_by_its_files(self) -> dict[str, str]:
        """What the second host is told by deploy/environment/web.env, with the names and places of here."""
        named = settings((DEPLOY / "environment" / "web.env").read_text("utf-8"))
        assert named["DESIST_SITE"] == SITE.name
        here = {
            "DESIST_DATA": str(self.share),
            "DESIST_PORT": str(OTHER_PORT),
            "DESIST_ADDRESS": "127.0.0.1",
            "DESIST_HOSTS": "programme.localhost",
            "DESIST_PROGRAMME_DATABASE_URL_FILE": str(self.url),
        }
        return {**os.environ, **named, **here}

    def start(self, port: int) -> None:
        """Start a host's web process."""
        service = unit((DEPLOY / "systemd" / "desist-web@.service").read_text("utf-8"))["Service"]
        command = shlex.split(service["ExecStart"][0])
        assert command[0] == f"{PROGRAM}python"
        told = self.told() if port == SITE.port else self.told_by_its_files()
        with (self.place / f"{port}.log").open("ab") as log:
            self.processes[port] = subprocess.Popen(
                [sys.executable, *command[1:]], env=told, stdout=log, stderr=log, start_new_session=True
            )

    def end(self, port: int, how: signal.Signals) -> None:
        """End a host's web process, and wait until it is gone."""
        process = self.processes.pop(port)
        if how is signal.SIGKILL:
            os.killpg(process.pid, how)
        else:
            process.send_signal(how)
        process.wait(30)

    def person(self, number: int, port: int) -> Reloading:
        """Someone who is signed in, before a page that they may save."""
        with self.cluster.connect(SITE.database) as superuser:
            row = superuser.execute(CASE.encode()).fetchone()
        assert row is not None
        _, referral, name = row
        command = [sys.executable, "-m", "tests.upgrades.signed_in", name, "practitioner"]
        said = subprocess.run(
            command, env=self.told(), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
        )
        cookie, _, value = said.stdout.strip().partition("=")
        window = Window(port, cookies={cookie: value})
        return Reloading(window=window, page=f"/contacts/{referral}/note/", name=f"Person {number}")


@pytest.fixture
def hosts(tmp_path: Path) -> Iterator[Hosts]:
    with throwaway_cluster() as cluster:
        tables.founded(cluster.folder, [SITE], on=date(2026, 3, 2))
        deploy.run_in(SITE, cluster.folder, "tools.synthetic.load")
        static.collect(SITE, cluster.folder)
        hosts = Hosts(cluster, tmp_path)
        try:
            for port in (SITE.port or 0, OTHER_PORT):
                hosts.start(port)
            yield hosts
        finally:
            for port in list(hosts.processes):
                hosts.end(port, signal.SIGKILL)


def work_goes_on(people: list[Reloading], proxy: Proxy, *, at: int) -> None:
    """Wait until everyone has saved three times more, and a host has answered ten times more."""
    saved, answered = [len(one.acknowledged) + 3 for one in people], proxy.answered[at] + 10

    def done() -> bool:
        enough = all(len(one.acknowledged) > most for one, most in zip(people, saved, strict=True))
        return (enough and proxy.answered[at] > answered) or any(one.failed for one in people)

    until(done, 60)


def test_a_host_that_is_killed_and_one_that_is_stopped_cost_nobody_a_word(hosts: Hosts) -> None:
    first, second = SITE.port or 0, OTHER_PORT
    with before([first, second]) as proxy:
        probe = Window(proxy.server_port)
        until(lambda: probe.ask("GET", "/health")[0] == 200 and {first, second} <= set(proxy.answered), 60)
        people = [hosts.person(number, proxy.server_port) for number in range(2)]
        begin(people, until=lambda: all(one.acknowledged for one in people))
        try:
            for ended, left, how in (
                (second, first, signal.SIGKILL),
                (first, second, signal.SIGKILL),
                (first, second, signal.SIGTERM),
            ):
                hosts.end(ended, how)
                work_goes_on(people, proxy, at=left)
                hosts.start(ended)
                work_goes_on(people, proxy, at=ended)
        finally:
            for one in people:
                one.stop()
    with hosts.cluster.connect(SITE.database) as superuser:
        kept: dict[str, int] = dict(superuser.execute(KEPT.encode()).fetchall())

    assert [failure for one in people for failure in one.failed] == []
    saved = [words for one in people for words in one.acknowledged]
    assert [(words, kept.get(words)) for words in saved if kept.get(words) != 1] == []
    assert len(saved) > 40
    assert max(kept.values()) == 1
    assert sum(len(one.reloaded) for one in people) <= 6  # at most what each had in hand, three times
    assert max(one.longest for one in people) < 10
