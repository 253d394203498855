"""Pages in a real browser: how they are served, what axe and the console object to, and pictures of them.

Every zone's `pages.py` lists the pages that tests look at. Letters in braces stand for rows that the tests make. A rule
compares the lists with the zone's addresses, so that no page is left out (tests/rules/test_pages.py).
"""

import functools
import io
import os
import re
import threading
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from PIL import Image
from playwright.sync_api import Error, Locator, Page, Request, ViewportSize, expect
from playwright.sync_api import TimeoutError as NothingCame

from desist.wall.actors import Role

#: fixture that makes the rows -> role -> pages to look at with them
Pages: TypeAlias = Mapping[str, Mapping[Role, tuple[str, ...]]]

PHONE: ViewportSize = {"width": 320, "height": 640}
WIDE: ViewportSize = {"width": 1100, "height": 1100}
LAPTOP: ViewportSize = {"width": 1280, "height": 900}
LEAVE = "Exit this page"
AXE = Axe().axe_script
#: axe describes only what it objects to, which takes a third of the time
RUN = "window.axe ? axe.run({resultTypes: ['violations']}).then((found) => found.violations) : null"
#: how wide a page is, and whether it is of the advocates; without a locator, whose program takes longer than most pages
FRAME = "[document.documentElement.scrollWidth, document.documentElement.matches('.desist--advocacy')]"
#: the Design System says why conditional radios carry aria-expanded in spite of these rules
ALLOWED = ("aria-allowed-attr", "aria-conditional-attr")

PATIENCE = 15_000  # milliseconds in which a click leads somewhere
#: counts the clicks that a page had
COUNT = "() => { window.clicked = 0; addEventListener('click', () => { window.clicked += 1; }, true); }"

#: the pages of this site that a page links to, except those that end the session
LINKS = """() => [...document.querySelectorAll('main a[href]')].map((one) => new URL(one.getAttribute('href'), document.baseURI))
  .filter((one) => one.origin === location.origin && !/sign-out|exit/.test(one.pathname))
  .map((one) => one.pathname + one.search)"""
ASK = "(links) => Promise.all(links.map((one) => fetch(one).then((answer) => [one, answer.status])))"


def own_menu(page: Page, name: str) -> None:
    """Choose a page of one's own account from the menu under one's name, which may stand open."""
    own = page.get_by_role("navigation", name="Your account")
    if not own.locator("details[open]").count():
        own.locator("summary").click()
    own.get_by_role("link", name=name, exact=True).click()


def follow(link: Locator) -> None:
    """Click a link or a button and wait for the page that comes.

    A busy browser may lose a click. A link that led nowhere is clicked once more, as a person would, and a button where
    the page had no click; a warning at the end of the run says so.
    """
    page, asked = link.page, list[Request]()
    with suppress(Error):  # the page may go on by itself meanwhile
        page.evaluate(COUNT)

    def note(request: Request) -> None:
        asked.append(request)

    page.on("request", note)
    with page.expect_navigation():
        try:
            with page.expect_navigation(wait_until="commit", timeout=PATIENCE):
                link.click()
        except NothingCame:
            with suppress(Error):  # another page came after all
                _click_again(link, asked)
    page.remove_listener("request", note)


def _click_again(link: Locator, asked: Iterable[Request]) -> None:
    """Click what led nowhere, unless its page has gone or a button did its work; say what became of the first click."""
    page = link.page
    had: int | None = page.evaluate("window.clicked")
    if had == 0 or (had and link.evaluate("(one) => one.matches('a[href]')")):
        requests = [f"{one.method} {one.url} {one.timing['responseStart']}" for one in asked]
        words = f"A click led nowhere for {PATIENCE} ms; the page had {had}; {requests}\n{shown(page)}"
        warnings.warn(words, stacklevel=3)
        link.click()


def every(found: Locator) -> list[Locator]:
    """Wait for the page and return every match on it."""
    found.first.wait_for(state="attached")
    return found.all()


def stands(pages: Pages) -> list[tuple[str, Role]]:
    """Return every fixture with each role that looks at its pages."""
    return [(rows, role) for rows, roles in pages.items() for role in roles]


class Silent(WSGIRequestHandler):
    """A handler that writes no log."""

    disable_nagle_algorithm = True  # head and body are written apart, and the second would wait

    def log_message(self, *args: object) -> None:
        """Log nothing."""


def shown(page: Page) -> str:
    """Describe a window for the report of a failed test: address, title, whether it is covered, and its words."""
    covered = page.evaluate("[document.documentElement.hidden, !!document.querySelector('dialog[open]')]")
    words = page.evaluate("document.body ? document.body.innerText : ''")
    return (
        f"{page.url} {page.title()!r} hidden, dialog: {covered} size: {page.viewport_size}\n{words[:2000]}\n"
    )


@contextmanager
def served(host: str = "127.0.0.1") -> Iterator[str]:
    """Serve from a thread the application that Django's settings name at the first request; return its address."""
    made = functools.cache(WSGIHandler)

    def serve(environ: dict[str, Any], start_response: Any) -> Any:
        return made()(environ, start_response)

    server = ThreadedWSGIServer(("127.0.0.1", 0), Silent)
    server.set_app(serve)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://{host}:{server.server_port}"
    server.shutdown()
    server.server_close()


def violations(page: Page) -> list[dict[str, Any]]:
    """Return what axe finds on the page as it is now."""
    found: list[dict[str, Any]] | None = page.evaluate(RUN)
    if found is None:  # this page opened without it
        page.evaluate(AXE)
        found = page.evaluate(RUN)
        assert found is not None
    return found


def findings(page: Page) -> list[str]:
    """Return what axe finds, one line each, without the one attribute that is there on purpose."""
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in violations(page)
        for node in one["nodes"]
        if not (one["id"] in ALLOWED and "aria-expanded" in node["html"])
    ]


def look_closely(page: Page) -> None:
    """Let every page that this window opens from now on bring axe, which is sent to the browser once."""
    if not page.evaluate("'axe' in window"):
        page.add_init_script(AXE)


def complaints(page: Page, paths: Iterable[str], made: Mapping[str, str]) -> list[str]:
    """Return what axe, the console and the width of the window object to on some pages.

    `made` holds the references for the letters of `paths`. A page that the site does not answer, or that leads
    elsewhere, is a complaint as well.
    """
    found: list[str] = []
    addresses = [(path, f"/{path.format(**made)}") for path in paths]
    asked = {address for _, address in addresses}  # each is opened here
    page.on("console", lambda message: found.append(f"{page.url} {message.text}"))
    look_closely(page)
    for path, address in addresses:
        answer = page.goto(address)
        if answer is None or answer.status != 200:
            found.append(f"{path} is answered {answer.status if answer else 'by nothing'}")
        if urlsplit(page.url).path != urlsplit(address).path:
            found.append(f"{path} leads to {page.url}")
        found += against(page, path)
        found += [f"{path} leads to {one}" for one in dead(page, asked)]
    return found


def dead(page: Page, asked: set[str]) -> list[str]:
    """Return the links of a page that lead to an error, without those already `asked` for."""
    links = set(page.evaluate(LINKS)) - asked
    asked |= links
    answers: list[tuple[str, int]] = page.evaluate(ASK, sorted(links))
    return [f"{address}, which is answered {status}" for address, status in answers if status >= 400]


def answered(address: str, path: str, status: str) -> set[str]:
    """Return the `complaints` text for a page that rightly has this status: "410 (Gone)"."""
    return {
        f"{path} is answered {status.partition(' ')[0]}",
        f"{address}/{path} Failed to load resource: the server responded with a status of {status}",
    }


def longer(page: Page, paths: Iterable[str], made: Mapping[str, str]) -> list[str]:
    """Return the pages that take more than two screens of a laptop, with their height."""
    found = []
    for path in paths:
        page.goto(f"/{path.format(**made)}")
        height = page.evaluate("document.documentElement.scrollHeight")
        if height > 2 * LAPTOP["height"]:
            found.append(f"{path} is {height} pixels tall")
    return found


def refused(page: Page, paths: Iterable[str], made: Mapping[str, str]) -> list[str]:
    """Return the complaints about the page that comes back when each form is sent as it opened, incomplete."""
    found: list[str] = []
    look_closely(page)
    for path in paths:
        page.goto(f"/{path.format(**made)}")
        page.locator("main form[method=post] button:not([class*=secondary])").last.click()
        expect(page.locator(".govuk-error-summary").first).to_be_visible()
        found += against(page, f"{path}refused/")
    return found


def against(page: Page, name: str) -> list[str]:
    """Return the objections to the page as it is now; keep pictures where DESIST_SCREENSHOTS names a folder."""
    page.wait_for_load_state()
    found = [f"{name} {one}" for one in findings(page)]
    size = page.viewport_size or WIDE
    width, advocacy = page.evaluate(FRAME)
    if width > size["width"]:
        found.append(f"{name} is wider than the window")
    if advocacy and not page.get_by_role("button", name=LEAVE).count():
        found.append(f"{name} cannot be left quickly")
    if folder := os.environ.get("DESIST_SCREENSHOTS"):
        shown = re.sub(r"\W+", "-", name).strip("-") or "home"
        for window in (WIDE, size):
            page.set_viewport_size(window)
            page.screenshot(path=f"{folder}/{shown}-{window['width']}.png", full_page=True)
    return found


def clicks(page: Page) -> list[str]:
    """Return the words of every link, button and fold that is clicked from the next page on, as they are clicked."""
    clicked: list[str] = []

    def note(words: str) -> None:
        clicked.append(words)

    page.context.expose_function("clickedOn", note)
    page.context.add_init_script(
        "addEventListener('click', (event) => { const one = event.target.closest?.('a, button, summary');"
        " if (one) window.clickedOn(one.textContent.trim()); }, true)"
    )
    return clicked


def picture(page: Page, name: str) -> None:
    """Keep a picture for the documentation where DESIST_PICTURES names a folder: in 64 colours, so that it stays small."""
    if folder := os.environ.get("DESIST_PICTURES"):
        shown = Image.open(io.BytesIO(page.screenshot()))
        shown.convert("RGB").quantize(64).save(Path(folder) / f"{name}.png", optimize=True)
