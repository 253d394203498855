"""A click that a browser loses is made again, and one that it had is not."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route
from playwright.sync_api import TimeoutError as NothingCame

from tests import looking
from tests.looking import follow

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: a page whose first click is lost before (true) or after it was counted
PAGE = """<main><a href="/there">There</a><form action="/there"><button>There</button></form></main>
<script>let lost = 0; addEventListener('click', (event) => {
  if (!lost) { event.preventDefault(); %s } lost += 1; }, true);</script>"""
UNSEEN, SEEN = "event.stopImmediatePropagation();", ""


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for half a second."""
    monkeypatch.setattr(looking, "PATIENCE", 500)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window of its own."""
    with browser.new_context() as context:
        yield context.new_page()


def opened(page: Page, lost: str) -> Page:
    """Open a page that loses its first click, on a site of two pages."""
    page.set_default_timeout(3000)
    page.route("**/here", lambda route: route.fulfill(body=PAGE % lost, content_type="text/html"))
    page.route("**/there*", lambda route: route.fulfill(body="Arrived", content_type="text/html"))
    page.goto("http://programme.localhost/here")
    return page


@pytest.mark.parametrize(("lost", "had"), [(UNSEEN, 0), (SEEN, 1)])
def test_a_link_that_led_nowhere_is_clicked_once_more(page: Page, lost: str, had: int) -> None:
    with pytest.warns(UserWarning, match=f"A click led nowhere for 500 ms; the page had {had};"):
        follow(opened(page, lost).get_by_role("link"))

    assert page.url.endswith("/there")


def test_a_button_whose_click_the_page_never_had_is_pressed_once_more(page: Page) -> None:
    with pytest.warns(UserWarning, match="the page had 0"):
        follow(opened(page, UNSEEN).get_by_role("button"))

    assert page.url.partition("?")[0].endswith("/there")


def test_a_button_whose_click_the_page_had_is_not_pressed_again(page: Page) -> None:
    opened(page, SEEN)
    with pytest.raises(NothingCame):
        follow(page.get_by_role("button"))

    assert page.url.endswith("/here")


def test_a_page_that_comes_late_is_waited_for(page: Page) -> None:
    def late(route: Route) -> None:
        time.sleep(1)
        route.fulfill(body="Arrived", content_type="text/html")

    opened(page, SEEN)
    page.get_by_role("link").click()  # this one is lost
    page.route("**/there*", late)

    follow(page.get_by_role("button"))

    assert page.get_by_text("Arrived").is_visible()
