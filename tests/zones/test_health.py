"""A probe learns that a process answers, and nothing else; it needs no database, name or session."""

import http.client
import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any

import pytest
from tests import tables
from tests.processes import below, free_port
from tests.running.window import Window, serving, until

from desist.embedded import Cluster
from desist.embedded.throwaway import throwaway_cluster
from desist.running import static
from desist.sites import Site, Zone
from desist.zones import health

SITES = (
    Site("northmere-police", Zone.PARTNERSHIP, "Northmere police", port=free_port()),
    Site("northmere-commission", Zone.COMMISSION, "Northmere commissioner", port=free_port()),
)


def asked(path: str, method: str = "GET") -> tuple[list[str], bytes]:
    """What is answered to a request, and which application answered: the probe's or the one below."""
    answered: list[str] = []

    def below(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("404 Not Found", [])
        return [b"below"]

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        del headers
        answered.append(status)

    environ = {"PATH_INFO": path, "REQUEST_METHOD": method, "HTTP_HOST": "evil.example"}
    body = health.before(below)(environ, start)  # type: ignore[arg-type]  # writes nothing
    return answered, b"".join(body)


def test_a_probe_is_answered_and_nothing_else_is() -> None:
    assert asked("/health") == (["200 OK"], b"ok\n")
    assert asked("/health", "HEAD") == (["200 OK"], b"")
    assert asked("/health", "POST") == (["404 Not Found"], b"below")
    for path in ("/", "/health/", "/health/x", "/Health", "/account/sign-in/"):
        assert asked(path) == (["404 Not Found"], b"below")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with throwaway_cluster() as cluster:
        tables.founded(cluster.folder, SITES, on=date(2026, 3, 2))
        for site in SITES:
            static.collect(site, cluster.folder)
        yield cluster


@contextmanager
def frozen(cluster: Cluster) -> Iterator[None]:
    """Stop every process of the server, as a machine that hangs does."""
    postmaster = int((cluster.data / "postmaster.pid").read_text("ascii").splitlines()[0])
    stopped = {postmaster, *below(postmaster)}
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)


def probe(port: int, path: str = "/health", host: str = "127.0.0.1") -> tuple[int, bytes]:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as wire:
        wire.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = http.client.HTTPResponse(wire)
        answer.begin()
        return answer.status, answer.read()


@pytest.mark.slow
@pytest.mark.processes
@pytest.mark.parametrize("site", SITES, ids=lambda site: site.zone.value)
def test_a_site_says_that_it_answers_while_its_database_hangs(cluster: Cluster, site: Site) -> None:
    port = site.port or 0
    window = Window(port)
    web = serving(site, cluster.folder)
    try:
        until(400, window, "/account/sign-in/")  # a stranger's name
        before = (cluster.folder / "log" / f"web-{port}.log").read_text("utf-8")
        with frozen(cluster):
            stuck = threading.Thread(target=ask_in_vain, args=[port, f"{site.zone}.localhost"])
            stuck.start()
            found = [probe(port, host=host) for host in ("127.0.0.1", "localhost:1", "evil.example")]
        stuck.join()
        elsewhere = probe(port, "/account/sign-in/", host="127.0.0.1")
    finally:
        os.killpg(web.pid, signal.SIGKILL)
        web.wait()

    assert found == [(200, b"ok\n")] * 3
    assert elsewhere[0] == 400
    log = (cluster.folder / "log" / f"web-{port}.log").read_text("utf-8").removeprefix(before)
    assert "127.0.0.1" not in log
    assert "evil.example" not in log
    assert sum("DisallowedHost" in line for line in log.splitlines()) == 1  # the page's, not the probes'


def ask_in_vain(port: int, host: str) -> None:
    with suppress(OSError):
        probe(port, "/account/", host=host)
