"""A stand-in for a zone's web process that leaks on purpose: tests set its answers beforehand."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from desist.sites import Site, Zone
from desist.wall.actors import Role
from tools.leaks.browser import Browser
from tools.leaks.crawl import Walk
from tools.leaks.planted import Secret
from tools.leaks.search import Search
from tools.synthetic.staff import STAFF, Person

LOCATOR = Secret("Flat t3gh6wq9ek, Mothgate", "victim_address", "North")
TODAY = date(2026, 3, 2)


@dataclass
class Leaking:
    """A site with set answers: address -> (status, media type, bytes)."""

    port: int
    pages: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    nothing: bytes = b"<html><h1>Page not found</h1></html>"
    sent: list[tuple[str, bytes]] = field(default_factory=list)
    #: what an address answers once something was sent to it
    then: dict[str, str] = field(default_factory=dict)

    def page(self, address: str, html: str, *, status: int = 200) -> None:
        self.pages[address] = (
            status,
            "text/html; charset=utf-8",
            f"<html><body>{html}</body></html>".encode(),
        )

    def file(self, address: str, data: bytes, media: str) -> None:
        self.pages[address] = (200, media, data)


@pytest.fixture
def site() -> Iterator[Leaking]:
    """The stand-in, listening."""

    class Handler(BaseHTTPRequestHandler):
        disable_nagle_algorithm = True  # head and body are written apart, and the second would wait
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(self.path)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            leaking.sent.append((self.path, body))
            self._answer(f"POST {self.path}")
            if self.path in leaking.then:
                leaking.page(self.path, leaking.then[self.path])

        def _answer(self, key: str) -> None:
            fallback = (404, "text/html; charset=utf-8", leaking.nothing)
            status, media, body = leaking.pages.get(key, fallback)
            self.send_response(status)
            self.send_header("Content-Type", media)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    leaking = Leaking(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield leaking
    server.shutdown()
    server.server_close()
    thread.join()


def somebody(role: Role) -> Person:
    return next(one for one in STAFF if one.role is role)


@pytest.fixture
def walk(site: Leaking) -> Callable[..., Walk]:
    """Make a walk through the stand-in's pages by a person of a role."""

    def begin(role: Role = Role.MANAGER, zone: Zone = Zone.PROGRAMME, bound: int = 5) -> Walk:
        here = Site("a-site", zone, "A site", site.port)
        browser = Browser(here, listed=(here,), person=somebody(role))
        return Walk(browser, Search([LOCATOR]), bound=bound, today=TODAY)

    return begin
