"""In a real browser: the number beside "To do" comes after the page, once, and no page needs it."""

import functools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from tests import looking
from tests.programme import factories

from desist.programme.chains.models import Chain
from desist.programme.episodes.models import Episode
from desist.programme.sessions.models import Session

pytestmark = pytest.mark.browser

#: a page that no frame is drawn of, since nobody sees it, and one that "Exit this page" cleared
UNSEEN = "window.requestAnimationFrame = () => 0"
LEFT = "requestAnimationFrame = (then) => setTimeout(() => { document.documentElement.hidden = true; then(); }, 200)"


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


@pytest.fixture
def kits(browsing: Callable[..., BrowserContext], kit_browser: Client) -> Callable[..., BrowserContext]:
    """Windows in which Kit is signed in."""
    return functools.partial(browsing, client=kit_browser)


@pytest.fixture
def three(episode: Episode) -> None:
    """Two tasks for today beside a supervision that is overdue, and one for later."""
    today = timezone.now().date()
    for number in (-3, 0, 20):
        factories.own_task(about=episode, due_on=today + timedelta(days=number))


def entry(page: Page) -> Any:
    return page.locator("#desist-menu a[href='/']")


def asked(page: Page) -> list[str]:
    """The requests for the number that a page makes from now on."""
    found: list[str] = []
    page.on("request", lambda one: found.append(one.method) if one.url.endswith("/home/waiting/") else None)
    return found


@pytest.mark.usefixtures("three")
def test_the_number_comes_once_after_the_page(kits: Callable[..., BrowserContext]) -> None:
    page = kits().new_page()
    requests = asked(page)

    page.goto("/concerns/")

    expect(entry(page)).to_have_accessible_name("To do 3 for today")
    assert looking.findings(page) == []
    page.wait_for_timeout(500)
    assert requests == ["GET"]

    page.goto("/")

    expect(entry(page)).to_have_accessible_name("To do 3 for today")
    page.go_back()
    page.wait_for_url("**/concerns/")
    expect(entry(page)).to_have_accessible_name("To do 3 for today")
    assert requests == ["GET", "GET"]


@pytest.mark.usefixtures("three")
def test_without_scripts_the_entry_has_no_number(kits: Callable[..., BrowserContext]) -> None:
    page = kits(java_script_enabled=False).new_page()
    requests = asked(page)

    page.goto("/concerns/")

    expect(entry(page)).to_have_accessible_name("To do")
    expect(entry(page).locator(".desist-count")).to_be_hidden()
    assert requests == []

    page.goto("/")

    expect(entry(page)).to_have_accessible_name("To do 3 for today")


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    "answer", [{"status": 204}, {"status": 200, "body": "<b>lots</b>"}, {"status": 302}, None]
)
def test_an_answer_without_a_number_leaves_the_entry_as_it_is(
    kits: Callable[..., BrowserContext], answer: dict[str, Any] | None
) -> None:
    page = kits().new_page()
    faults: list[str] = []
    page.on("pageerror", lambda one: faults.append(one.message))
    page.route("**/home/waiting/", lambda route: route.fulfill(**answer) if answer else route.abort())

    with page.expect_request("**/home/waiting/"):
        page.goto("/concerns/")
    page.wait_for_timeout(300)

    expect(entry(page)).to_have_accessible_name("To do")
    assert faults == []


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("script", [UNSEEN, LEFT])
def test_a_page_that_nobody_sees_asks_for_nothing(kits: Callable[..., BrowserContext], script: str) -> None:
    page = kits().new_page()
    page.add_init_script(script)
    requests = asked(page)

    page.goto("/concerns/")
    page.wait_for_timeout(500)

    assert requests == []


@pytest.mark.usefixtures("three")
def test_a_shared_screen_asks_for_nothing(kits: Callable[..., BrowserContext], session: Session) -> None:
    chain: Chain = factories.chain(session=session, links=1)
    page = kits().new_page()
    requests = asked(page)

    page.goto(f"/chains/{chain.ref}/shared/")
    expect(page.locator(".desist-shared")).to_be_visible()
    page.wait_for_timeout(500)

    assert requests == []
