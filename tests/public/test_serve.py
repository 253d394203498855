"""Serving: exact addresses, fixed headers, and nothing of the request in any answer."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desist.public.headers import HEADERS, POLICY
from desist.public.serve import Headers, NothingBuilt, Server


@dataclass
class Request:
    """A request as the server tells it."""

    path: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    proto: str = "http"


@dataclass
class Heard:
    """What was answered."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        """Keep an answer with a body."""
        self.status, self.headers, self.body = status, dict(headers), body

    def response_empty(self, status: int, headers: Headers) -> None:
        """Keep an answer without one."""
        self.status, self.headers = status, dict(headers)


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> Heard:
    """Ask and listen."""
    heard = Heard()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    # It waits for nothing, so it is done at its first step; no event loop stands in a browser test's way.
    with pytest.raises(StopIteration):
        server(Request(path, method, named), heard).send(None)
    return heard


@pytest.fixture(scope="module")
def server(shipped: Path) -> Server:
    """The shipped site's server."""
    return Server(shipped)


def test_a_page_comes_with_every_header(server: Server) -> None:
    heard = ask(server, "/what-it-is/")

    assert heard.status == 200
    assert heard.headers["content-type"] == "text/html; charset=utf-8"
    assert HEADERS.items() <= heard.headers.items()
    assert heard.headers["cache-control"] == "no-store"
    assert int(heard.headers["content-length"]) == len(heard.body)


def test_no_answer_sets_a_cookie(server: Server) -> None:
    named = {name for made in server.known.values() for name, _ in made.plain[0]}

    assert "set-cookie" not in named


def test_a_browser_that_takes_gzip_gets_it(server: Server) -> None:
    heard = ask(server, "/start/", accept_encoding="br, gzip")

    assert heard.headers["content-encoding"] == "gzip"
    assert heard.body.startswith(b"\x1f\x8b")


def test_a_hostile_host_header_changes_nothing(server: Server) -> None:
    plain = ask(server, "/start/")

    hostile = ask(server, "/start/", host="evil.example", x_forwarded_host="evil.example")

    assert (hostile.status, hostile.headers, hostile.body) == (plain.status, plain.headers, plain.body)


def test_a_missing_slash_leads_to_the_page_beside_it(server: Server) -> None:
    heard = ask(server, "/start", host="evil.example")

    assert (heard.status, heard.headers["location"]) == (308, "start/")


def test_an_unknown_address_gets_a_kind_page(server: Server) -> None:
    heard = ask(server, "/nobody/")

    assert heard.status == 404
    assert b"There is no page here" in heard.body
    assert HEADERS.items() <= heard.headers.items()


def test_an_unknown_welsh_address_gets_it_in_welsh(server: Server) -> None:
    heard = ask(server, "/cy/neb/")

    assert heard.status == 404
    assert b"Nid oes tudalen yma" in heard.body


def test_a_head_request_gets_headers_alone(server: Server) -> None:
    heard = ask(server, "/start/", "HEAD")

    assert (heard.status, heard.body) == (200, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE", "OPTIONS", "NONSENSE"])
def test_nothing_can_be_sent_in(server: Server, method: str) -> None:
    assert ask(server, "/start/", method).status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/../pyproject.toml",
        "/..%2f..%2fetc/passwd",
        "//etc/passwd",
        "/.built-by-desist",
        "/_headers",
        "/start//",
    ],
)
def test_only_what_was_built_is_served(server: Server, path: str) -> None:
    heard = ask(server, path)

    assert heard.status == 404


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40))
def test_no_address_breaks_the_server_or_comes_back(server: Server, path: str) -> None:
    heard = ask(server, path)

    assert heard.status in {200, 308, 404}


def test_the_page_carries_the_policy_itself(server: Server) -> None:
    heard = ask(server, "/start/")

    assert POLICY.replace("'", "&#39;").encode() in heard.body


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NothingBuilt, match="Build one first"):
        Server(tmp_path)


def test_strange_files_are_not_served(shipped: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(shipped, folder)
    (folder / "secret.env").write_text("KEY=1", "utf-8")

    heard = ask(Server(folder), "/secret.env")

    assert heard.status == 404


def test_a_probe_is_answered_without_facts(server: Server) -> None:
    heard = ask(server, "/health", host="127.0.0.1")

    assert (heard.status, heard.body) == (200, b"ok\n")
    assert heard.headers["cache-control"] == "no-store"
