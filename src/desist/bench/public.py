"""The public site: how long it builds, what a page weighs and asks for, how many requests a second it serves.

The clients run on the same machine as the server, so the rate is what is left after them; the processor time
the server spends on a request says what it could do alone.
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
    """One page: the bytes of its first view plain and packed, its requests, its blocking scripts."""

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
    """Every page of a built site, the heaviest first."""
    pages = [weight(site, path) for path in site.rglob("*.html")]
    return sorted(pages, key=lambda page: page.plain, reverse=True)


def weight(site: Path, path: Path) -> Weight:
    """The first view of one page."""
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
    """A file's size as it is sent to a browser that takes gzip."""
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
    """How many whole, right answers one client got in SECONDS on one connection, DEPTH asked at a time."""
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
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Until something listens."""
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")


def processor_seconds(pid: int) -> float:
    """The processor time of a process and its children, from /proc."""
    family = [pid, *children(pid)]
    ticks = 0
    for member in family:
        fields = Path(f"/proc/{member}/stat").read_text("ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def children(pid: int) -> list[int]:
    """The children of a process."""
    return [
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text("ascii").split()
    ]


def report() -> None:
    """Measure all of it and print it beside its targets."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        builds = [build(site, today=dt.date(2026, 11, 25)) for _ in range(3)]
        pages = weights(site)
        served = rate(site)
    table = Table("what", "measured", "target")
    table.add_row(
        "whole site builds", f"{min(b.seconds for b in builds):.2f} s ({builds[0].pages} pages)", "<= 5 s"
    )
    table.add_row("heaviest page, packed", f"{max(p.packed for p in pages) / 1000:.1f} kB", "<= 100 kB")
    table.add_row("heaviest page, plain", f"{pages[0].plain / 1000:.1f} kB ({pages[0].page})", "<= 100 kB")
    table.add_row("requests of a first view", str(max(p.requests for p in pages)), "<= 3")
    table.add_row("blocking scripts", str(max(p.blocking for p in pages)), "0")
    table.add_row(
        "requests a second", f"{served.requests_per_second:,.0f} (2 clients beside it)", ">= 5,000 on 2 cores"
    )
    table.add_row(
        "server time a request",
        f"{served.microseconds:.0f} µs, {2e6 / served.microseconds:,.0f}/s on 2 cores alone",
        "",
    )
    Console().print(table)
