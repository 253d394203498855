"""A town of three sites with real processes, which a test can kill and start again."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import psycopg

from desist import sites
from desist.embedded import Cluster, create_site
from desist.keys import keyfile
from desist.sites import Site, Zone

POLICE = Site("town-police", Zone.PARTNERSHIP, "Town Police")
PROGRAMME = Site("town-programme", Zone.PROGRAMME, "Town programme")
FAR = Site("far-programme", Zone.PROGRAMME, "Far programme")
SITES = (POLICE, PROGRAMME, FAR)
ROOT = Path(__file__).parents[3]
COURIER = "desist.post.courier"
WORKER = "tests.post.town.worker"


@dataclass
class Process:
    """One program that restarts after it dies. `deaths` holds the edges at which it will die, in order."""

    town: "Town"
    module: str
    site: Site | None = None
    arguments: tuple[str, ...] = ()
    deaths: Iterator[int] = field(default_factory=lambda: iter(()))
    died: int = 0
    running: subprocess.Popen[bytes] | None = None

    def tend(self) -> None:
        """Start the process, or start it again after it was killed."""
        if self.running is not None and self.running.poll() is None:
            return
        if self.running is not None:
            self.died += 1
        self.running = self.town.start(
            self.site, "tests.post.town.mortal", str(next(self.deaths, 0)), self.module, *self.arguments
        )

    def kill(self) -> None:
        """Kill the process as kill -9 does."""
        if self.running is not None:
            self.running.kill()
            self.running.wait()
            self.running = None


class Town:
    """The town: its files, its server and its processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cluster = Cluster(folder)
        self.log = (folder / "processes.log").open("ab")

    def found(self) -> None:
        """Make the sites, their keys and their tables."""
        sites.write_sites(folder=self.folder, sites=SITES)
        for site in SITES:
            keyfile.create(folder=self.folder, site=site.name, on=date(2026, 1, 1))
        self.cluster.start()
        with self.cluster.connect() as superuser:
            # Processes are killed here, not the machine: what the server wrote, the kernel has.
            superuser.execute("ALTER SYSTEM SET fsync = off")
            superuser.execute("SELECT pg_reload_conf()")
        for site in SITES:
            create_site(self.cluster, site)
        migrating = [self.start(site, "tests.post.town.migrate", login="owner") for site in SITES]
        assert [process.wait(120) for process in migrating] == [0, 0, 0], self.words_of_processes()

    def start(self, site: Site | None, *command: str, login: str = "app") -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            "DESIST_DATA": str(self.folder),
            "DESIST_LOGIN": login,
            "DJANGO_SETTINGS_MODULE": "tests.post.town.settings",
        }
        if site is not None:
            environment["DESIST_SITE"] = site.name
        return subprocess.Popen(
            [sys.executable, "-m", *command], env=environment, cwd=ROOT, stdout=self.log, stderr=self.log
        )

    def feed(self, receiver: Site, prefix: str, count: int) -> None:
        """Make the police send a number of withdrawals."""
        feeder = self.start(POLICE, "tests.post.town.feed", receiver.name, prefix, str(count))
        assert feeder.wait(120) == 0, self.words_of_processes()

    def tally(self, site: Site, prefix: str) -> dict[str, int]:
        """Return word -> number of times that a site handled it."""
        query = "SELECT word, count(*) FROM tally WHERE word LIKE %s GROUP BY word"
        rows = self.ask(site, query, f"{prefix}-%")
        return {str(word): int(str(count)) for word, count in rows}

    def ask(self, site: Site, query: str, *values: object) -> list[tuple[object, ...]]:
        with self.cluster.connect(site.database) as connection:
            cursor = connection.execute(query.encode(), values or None)
            return cursor.fetchall() if cursor.description else []

    def tend_until(self, done: Callable[[], bool], processes: list[Process], seconds: float = 600) -> None:
        """Keep processes running until a condition holds."""
        end = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < end, self.words_of_processes()
            for process in processes:
                process.tend()
            time.sleep(0.05)

    def words_of_processes(self) -> str:
        return (self.folder / "processes.log").read_text("utf-8", "replace")[-3000:]

    def handled(self, site: Site, prefix: str) -> int:
        """Return how many different words of a prefix were handled; 0 while the site does not answer."""
        try:
            return len(self.tally(site, prefix))
        except psycopg.OperationalError:
            return 0

    def close(self) -> None:
        self.cluster.stop()
        self.log.close()
