"""The public site: how long it builds, what a page weighs and asks for, how many requests a second it serves.

The clients run on the same machine as the server, so the rate is lower than a server's alone;
the server's processor time a request shows what it could do alone.
"""

import datetime as dt
import multiprocessing as mp
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from desist.public.build import build
from desist.public.serve import FOLDER

#: what a page loads before anything is asked of it; pictures that load late are not part of the first view
LOADED = re.compile(
    r'<link rel="stylesheet" href="([^"]+)"|<script[^>]* src="([^"]+)"|<img (?![^>]*loading="lazy")[^>]*src="([^"]+)"'
)
BLOCKING = re.compile(r"<script (?![^>]*(?:type=\"module\"|defer|async))[^>]*src=")
DEPTH = 16
SECONDS = 4.0


@dataclass(frozen=True)
class Weight:
    """One page: the bytes of its first view plain and compressed, its requests, its blocking scripts."""

    page: str
    plain: int
    packed: int
    requests: int
    blocking: int


@dataclass(frozen=True)
class Rate:
    """Requests a second with the clients beside the server, and the server's processor time a request (µs)."""

    requests_per_second: float
    microseconds: float


def weights(site: Path) -> list[Weight]:
    """Return every page of a built site, the heaviest first."""
    pages = [weight(site, path) for path in site.rglob("*.html")]
    return sorted(pages, key=lambda page: page.plain, reverse=True)


def weight(site: Path, path: Path) -> Weight:
    """Return the first view of one page."""
    html = path.read_text("utf-8")
    files = [path, *(site / "".join(match).lstrip("/") for match in LOADED.findall(html))]
    return Weight(
        page="/" + path.relative_to(site).as_posix(),
        plain=sum(file.stat().st_size for file in files),
        packed=sum(packed(file) for file in files),
        requests=len(files),
        blocking=len(BLOCKING.findall(html)),
    )


def packed(file: Path) -> int:
    """Return a file's size as sent to a browser that takes gzip."""
    twin = file.with_name(file.name + ".gz")
    return (twin if twin.exists() else file).stat().st_size


def rate(site: Path, *, workers: int = 2, clients: int = 2) -> Rate:
    """Serve a built site and ask for its start page as fast as the clients can."""
    port = free_port()
    code = f"from desist.public.serve import serve; from pathlib import Path; serve(Path({str(site)!r}), port={port}, workers={workers})"
    server = subprocess.Popen(
        [sys.executable, "-c", code], env={**os.environ, FOLDER: str(site)}, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        before = processor_seconds(server.pid)
        with mp.get_context("spawn").Pool(clients) as pool:
            asked = sum(pool.map(ask, [port] * clients))
        spent = processor_seconds(server.pid) - before
    finally:
        server.terminate()
        server.wait(10)
    return Rate(asked / SECONDS, 1e6 * spent / asked)


def ask(port: int) -> int:
    """Count the whole, right answers that one client got in SECONDS on one connection, DEPTH requests at a time."""
    one = b"GET /start/ HTTP/1.1\r\nhost: public.localhost\r\naccept-encoding: gzip\r\n\r\n"
    answered, end = 0, time.perf_counter() + SECONDS
    with socket.create_connection(("127.0.0.1", port)) as link:
        link.sendall(one)
        first = link.recv(1 << 20)
        length = first.index(b"\r\n\r\n") + 4 + int(re.findall(rb"(?i)content-length: (\d+)", first)[0])
        while len(first) < length:
            first += link.recv(1 << 20)
        if not first.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(first[:200])
        while time.perf_counter() < end:
            link.sendall(one * DEPTH)
            waiting = length * DEPTH
            while waiting:
                waiting -= len(link.recv(min(waiting, 1 << 20)))
            answered += DEPTH
    return answered


def free_port() -> int:
    """Return a port on which no process listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until a process listens."""
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")


def processor_seconds(pid: int) -> float:
    """Return the processor time of a process and its children, from /proc."""
    family = [pid, *children(pid)]
    ticks = 0
    for member in family:
        fields = Path(f"/proc/{member}/stat").read_text("ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def children(pid: int) -> list[int]:
    """Return the children of a process."""
    return [
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text("ascii").split()
    ]


@dataclass(frozen=True)
class Line:
    """One measurement beside its requirement."""

    what: str
    measured: str
    asked: str
    met: bool


def lines() -> list[Line]:
    """Measure all of it."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        builds = [build(site, today=dt.date(2026, 11, 25), preview=True) for _ in range(3)]
        pages = weights(site)
        served = rate(site)
    seconds = min(built.seconds for built in builds)
    heaviest, packed_most = pages[0], max(page.packed for page in pages)
    asked_most, blocking = max(page.requests for page in pages), max(page.blocking for page in pages)
    alone = 2e6 / served.microseconds
    return [
        Line("whole site builds", f"{seconds:.2f} s, {builds[0].pages} pages", "<= 5 s", seconds <= 5),
        Line(
            "heaviest page",
            f"{heaviest.plain / 1000:.0f} kB, packed {packed_most / 1000:.0f} kB",
            "<= 100 kB",
            heaviest.plain <= 100_000,
        ),
        Line("requests of a first view", str(asked_most), "<= 3", asked_most <= 3),
        Line("blocking scripts", str(blocking), "0", blocking == 0),
        Line(
            "requests a second, two clients beside the server",
            f"{served.requests_per_second:,.0f}",
            ">= 5,000",
            served.requests_per_second >= 5_000,
        ),
        Line(
            "processor time a request",
            f"{served.microseconds:.0f} µs, so {alone:,.0f} a second",
            ">= 5,000 on 2 cores",
            alone >= 5_000,
        ),
    ]


def report() -> bool:
    """Measure everything, print it beside its requirements, and return whether all are met."""
    measured = lines()
    table = Table("what", "measured", "asked", "met")
    for line in measured:
        table.add_row(line.what, line.measured, line.asked, "yes" if line.met else "NO")
    Console().print(table)
    return all(line.met for line in measured)
