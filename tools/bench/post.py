"""The post: envelopes a second from one site's change to the other's, and the time that one takes on its way.

Real sites in a durable embedded database, with the real courier and workers. Each envelope is a referral: sealed and
committed at the police, carried, opened, and a referral with its audit event committed at the programme. The floor
is what the database driver alone takes to commit a row of that size and read it again over another connection.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import psycopg
from rich.console import Console
from rich.table import Table

from desist.embedded import Cluster
from desist.running import deploy
from desist.sites import Site, Zone

POLICE = Site("bench-police", Zone.PARTNERSHIP, "Bench police")
PROGRAMME = Site("bench-programme", Zone.PROGRAMME, "Bench programme")
ENVELOPES, SINGLE = 2000, 100
PATIENCE = 300.0  # seconds
SIZE = 2200  # bytes of a sealed referral, about


@dataclass(frozen=True)
class Figures:
    """Envelopes a second, and latencies in milliseconds."""

    sent: float
    handled: float
    floor: float
    latencies: Sequence[float]

    def quantile(self, share: float) -> float:
        """Return the latency that this share of envelopes stays below."""
        return sorted(self.latencies)[min(int(share * len(self.latencies)), len(self.latencies) - 1)]


class TooSlow(Exception):
    """The envelopes did not arrive in time; the logs say why."""


def report() -> bool:
    """Measure and print; return True, since the only requirement is that every envelope arrives."""
    with tempfile.TemporaryDirectory(prefix="desist-bench-") as name:
        figures = measure(Path(name))
    table = Table("The post", "Figure")
    table.add_row("Sent: sealed and committed with a change", f"{figures.sent:,.0f} a second")
    table.add_row("Sent, carried, opened, handled and committed", f"{figures.handled:,.0f} a second")
    table.add_row("Floor: the driver commits a row and reads it", f"{figures.floor:,.0f} a second")
    table.add_row("Ratio to the floor", f"{figures.floor / figures.handled:.1f}")
    table.add_row("On its way, p50", f"{statistics.median(figures.latencies):.0f} ms")
    table.add_row("On its way, p95", f"{figures.quantile(0.95):.0f} ms")
    Console().print(table)
    return True


def measure(folder: Path) -> Figures:
    """Build the two sites in a folder, measure, and stop everything. Raises TooSlow."""
    folder.chmod(0o711)
    cluster = Cluster(folder)
    cluster.start()
    try:
        deploy.found(folder, [POLICE, PROGRAMME], on=datetime.now(UTC).date())
        deploy.migrate(folder, [POLICE, PROGRAMME])
        for site in (POLICE, PROGRAMME):
            deploy.run_in(site, folder, "tools.synthetic.load")
        with staff(folder), cluster.connect(PROGRAMME.database) as programme:
            wait_for(lambda: handled(programme) == 0, folder)
            latencies = list(singles(folder, programme))
            sent, total = flood(folder, programme)
        with cluster.connect(POLICE.database) as one, cluster.connect(POLICE.database) as other:
            return Figures(ENVELOPES / sent, ENVELOPES / total, floor(one, other), latencies)
    finally:
        cluster.stop()


@contextmanager
def staff(folder: Path) -> Iterator[None]:
    """The courier and both workers."""
    running = [
        start(POLICE, folder, "desist.post.courier"),
        start(POLICE, folder, "desist.zones.worker"),
        start(PROGRAMME, folder, "desist.zones.worker"),
    ]
    try:
        yield
    finally:
        for process in running:
            process.terminate()
            process.wait(10)


def start(site: Site, folder: Path, *command: str, pipe: int | None = None) -> subprocess.Popen[str]:
    """Start one process of a site."""
    with (folder / "log" / "bench.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", *command],
            env={**os.environ, **deploy.environment(site, folder)},
            stdin=pipe,
            stdout=pipe or log,
            stderr=log,
            text=True,
        )


def flood(folder: Path, programme: psycopg.Connection) -> tuple[float, float]:
    """Return the seconds to send ENVELOPES, and until the last of them is handled."""
    before = handled(programme)
    with start(
        POLICE, folder, "tools.bench.post_sender", PROGRAMME.name, str(ENVELOPES), pipe=subprocess.PIPE
    ) as sender:
        wait_for(lambda: arrived(programme) > before, folder)
        began = time.monotonic()
        wait_for(lambda: handled(programme) >= before + ENVELOPES, folder)
        total = time.monotonic() - began
        return float(json.loads(sender.communicate()[0])), total


def singles(folder: Path, programme: psycopg.Connection) -> Iterator[float]:
    """Return milliseconds from the sender's commit to the receiver's, one envelope at a time."""
    before = handled(programme)
    command = ("tools.bench.post_sender", PROGRAMME.name, str(SINGLE), "each")
    with start(POLICE, folder, *command, pipe=subprocess.PIPE) as sender:
        for number, line in enumerate(sender.stdout or (), before + 1):
            wait_for(partial(has_handled, programme, number), folder, pause=0.0005)
            yield 1000 * (time.monotonic() - float(json.loads(line)))
            print("next", file=sender.stdin, flush=True)


def floor(one: psycopg.Connection, other: psycopg.Connection) -> float:
    """Return the rows a second that the driver alone commits on one connection and reads on another."""
    one.execute("CREATE TABLE bench_floor (id bigserial PRIMARY KEY, sealed bytea)")
    body = bytes(SIZE)
    began = time.monotonic()
    for _ in range(ENVELOPES):
        row = one.execute("INSERT INTO bench_floor (sealed) VALUES (%s) RETURNING id", [body]).fetchone()
        other.execute("SELECT sealed FROM bench_floor WHERE id = %s", row).fetchone()
    return ENVELOPES / (time.monotonic() - began)


def handled(programme: psycopg.Connection) -> int:
    """Return how many envelopes the programme has handled."""
    row = programme.execute("SELECT count(*) FROM post_inbox WHERE handled_at IS NOT NULL").fetchone()
    return int(row[0]) if row else 0


def has_handled(programme: psycopg.Connection, number: int) -> bool:
    """Return whether the programme has handled this many."""
    return handled(programme) >= number


def arrived(programme: psycopg.Connection) -> int:
    """Return how many envelopes the programme has received."""
    row = programme.execute("SELECT count(*) FROM post_inbox").fetchone()
    return int(row[0]) if row else 0


def wait_for(done: Callable[[], bool], folder: Path, pause: float = 0.02) -> None:
    """Wait until a condition holds. Raises TooSlow."""
    end = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > end:
            log = (folder / "log" / "bench.log").read_text("utf-8", "replace")
            raise TooSlow(
                f"The envelopes did not arrive within {PATIENCE:.0f} s. The last words: {log[-500:]}"
            )
        time.sleep(pause)
