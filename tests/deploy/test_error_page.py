"""The proxies' error page: it asks nobody for anything, and reloading it sends the typed words once more."""

import re
import threading
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.deploy.files import DEPLOY

PAGE = (DEPLOY / "error" / "away.html").read_text("utf-8")
FORM = "<!doctype html><title>A form</title><form method=post><textarea name=words></textarea><button>Save</button></form>"


class Proxy(ThreadingHTTPServer):
    """A proxy whose site is away until it is back, as nginx and Caddy answer then."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.away = False
        self.kept: list[str] = []


class Answer(BaseHTTPRequestHandler):
    """One answer of the proxy."""

    server: Proxy

    def do_GET(self) -> None:
        self._answer(FORM)

    def do_POST(self) -> None:
        words = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if not self.server.away:
            self.server.kept.append(words)
        self._answer("<!doctype html><title>Saved</title>")

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self, text: str) -> None:
        self.send_response(HTTPStatus.BAD_GATEWAY if self.server.away else HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        if self.server.away:
            self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        self.end_headers()
        self.wfile.write((PAGE if self.server.away else text).encode())


@pytest.fixture(scope="session")
def base_url() -> None:
    """Every address is whole."""


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    with Proxy() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_it_asks_no_other_place_for_anything_and_names_nobody() -> None:
    assert not re.search(r"<(script|link|img|iframe|form|a)\b|\b(src|href|action)=|url\(|https?:", PAGE)
    assert not re.search(r"desist|stalk|victim|advoca|programme|police", PAGE, re.I)


def test_it_says_that_nothing_was_saved_and_what_keeps_the_words() -> None:
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", PAGE))

    for sentence in (
        "Treat your last step as not saved.",
        "Your browser still has your words.",
        "Reload this page: press F5, or the round arrow of your browser.",
        "If your browser asks whether to send the form again, say yes.",
        "do not press Back",
    ):
        assert sentence in said


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_reloading_it_sends_what_was_typed_once(page: Page, proxy: Proxy, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"http://127.0.0.1:{proxy.server_port}/")
    page.fill("textarea", "what was typed")
    proxy.away = True

    page.click("button")

    expect(page).to_have_title("The page could not be reached")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.reload()
    assert page.title() == "The page could not be reached"
    proxy.away = False
    page.reload()
    assert page.title() == "Saved"
    assert proxy.kept == ["words=what+was+typed"]


@pytest.mark.slow
@pytest.mark.browser
def test_axe_finds_nothing_on_it(page: Page) -> None:
    page.set_content(PAGE)

    assert Axe().run(page).response["violations"] == []
