"""Programmes of the bench: real sites with invented people, each served by Desist and by the floor at once."""

import json
import math
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desist.embedded import Cluster
from desist.running import deploy, static
from desist.sites import Site, Zone
from tools.bench import processor_time
from tools.bench.environment import python_with
from tools.bench.multiplied import multiply
from tools.synthetic.load_block import Order

FLOOR = ("asyncpg==0.31.0",)
FLOOR_PROGRAM = Path(__file__).parent / "pages_floor.py"
#: this many of a hundred invented people have an episode; the rest were not accepted
WITH_EPISODE = 0.91
BLOCK = 5_000
#: this many people are invented at most: more are copies of them
INVENTED = 5_000
PATIENCE = 60.0  # seconds
WEB = """
import django
django.setup()
from desist.running.web import serve
serve()
"""


class DoesNotServe(Exception):
    """A server of the bench did not come up; the text holds its last words."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """One of the two servers of a programme, with the way to measure its use."""

    name: str
    port: int
    process: int
    login: str

    def used(self) -> float:
        """Seconds of processor time so far, its database back-ends included."""
        return processor_time.of_tree(self.process) + processor_time.of_back_ends(self.login)


@dataclass(frozen=True, kw_only=True)
class Programme:
    """One size of programme: its two servers, what is asked of them, and its database."""

    episodes: int
    desist: Server
    floor: Server
    plan: dict[str, Any]
    events: Callable[[], int]


@contextmanager
def programmes(folder: Path, sizes: Sequence[int], say: Callable[[str], None]) -> Iterator[list[Programme]]:
    """Sites of these sizes in one durable embedded server, loaded and served. Raises DoesNotServe."""
    say("making the floor's environment")
    python = python_with(name="pages", requirements=FLOOR)
    folder.chmod(0o711)
    cluster = Cluster(folder)
    cluster.start()
    try:
        sites = [Site(f"bench-{size}", Zone.PROGRAMME, f"Bench {size}", free_port()) for size in sizes]
        deploy.found(folder, sites, on=datetime.now(UTC).date())
        with ExitStack() as stack:
            yield [
                stack.enter_context(_programme(folder, cluster, python, (site, size), say))
                for site, size in zip(sites, sizes, strict=True)
            ]
    finally:
        cluster.stop()


def free_port() -> int:
    """Return a port on which no process listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _programme(
    folder: Path, cluster: Cluster, python: Path, made: tuple[Site, int], say: Callable[[str], None]
) -> Iterator[Programme]:
    site, size = made
    say(f"inventing {size:,} people on the programme")
    invented = min(size, INVENTED)
    _load(folder, site, invented)
    with cluster.connect(site.database) as connection:
        if size > invented:
            say(f"copying them to {size:,}")
            multiply(connection, size // invented - 1)
        connection.execute("VACUUM ANALYZE")
    static.collect(site, folder)
    plan = json.loads(_printed(folder, site))
    port = free_port()
    with ExitStack() as stack:
        told = _told(folder, site)
        desist = stack.enter_context(running([sys.executable, "-c", WEB], told, folder, site.port or 0))
        address = cluster.url(site.app, site.database)
        command = [str(python), str(FLOOR_PROGRAM), address, str(port)]
        floor = stack.enter_context(running(command, dict(os.environ), folder, port))
        connection = stack.enter_context(cluster.connect(site.database))
        yield Programme(
            episodes=size,
            desist=Server(name="desist", port=site.port or 0, process=desist, login=site.app),
            floor=Server(name="floor", port=port, process=floor, login=site.app),
            plan=plan,
            events=lambda: _count(connection),
        )


def _count(connection: Any) -> int:  # noqa: ANN401 -- a connection of psycopg
    return int(connection.execute("SELECT count(*) FROM wall_auditevent").fetchone()[0])


def _load(folder: Path, site: Site, size: int) -> None:
    people = math.ceil(size / WITH_EPISODE)
    deploy.migrate(folder, [site])
    deploy.run_in(site, folder, "tools.synthetic.load")
    for number, first in enumerate(range(0, people, BLOCK)):
        some = min(BLOCK, people - first)
        Order(seed=size, number=number, people=some, at=datetime.now(UTC).isoformat()).write(folder)
        deploy.run_in(site, folder, "tools.bench.pages_load")


def _printed(folder: Path, site: Site) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench.pages_plan"],
        env=_told(folder, site),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DoesNotServe(f"The requests of {site.title} could not be planned: {done.stderr[-2000:]}")
    return done.stdout


def _told(folder: Path, site: Site) -> dict[str, str]:
    """Give every programme of the bench the same name, each on its own port."""
    own = {"DESIST_EMBEDDED": "pilot", "DESIST_HOSTS": "programme.localhost"}
    return {**os.environ, **deploy.environment(site, folder), **own}


@contextmanager
def running(command: list[str], told: dict[str, str], folder: Path, port: int) -> Iterator[int]:
    """Run a server until the block ends, and give its process once it answers. Raises DoesNotServe."""
    path = folder / "log" / "bench.log"
    with path.open("ab") as log, subprocess.Popen(command, env=told, stdout=log, stderr=log) as process:
        try:
            _wait(process, port, path)
            yield process.pid
        finally:
            process.terminate()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise DoesNotServe(f"A server did not start: {log.read_text()[-1500:]}") from None
            time.sleep(0.05)
        else:
            return
