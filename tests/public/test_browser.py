"""A real browser with every name but this machine cut off: it loads everything, and every way out works."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect
from tests import looking

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DULL = "Rain later"


@pytest.fixture(scope="module")
def addresses(shipped: Path) -> list[str]:
    """Every page's address; the served site has the same ones."""
    return [f"/{path.relative_to(shipped).as_posix()}" for path in sorted(shipped.rglob("*.html"))]


@pytest.fixture
def without_javascript(browser: Browser) -> Iterator[BrowserContext]:
    """A browser in which scripts are switched off."""
    context = browser.new_context(java_script_enabled=False)
    yield context
    context.close()


@pytest.fixture(autouse=True)
def patience(page: Page) -> None:
    """Nothing here takes long."""
    page.set_default_timeout(10_000)


def left(page: Page) -> None:
    """The browser shows the dull page somewhere else."""
    expect(page).to_have_title(DULL)


def test_the_button_leaves_and_back_does_not_return(page: Page, served: str) -> None:
    page.goto("about:blank")
    page.goto(f"{served}/if-it-happens/")
    before = page.evaluate("history.length")

    page.get_by_role("button", name="Exit this page").click()

    left(page)
    assert page.evaluate("history.length") == before
    page.go_back()
    assert page.url == "about:blank"


def test_back_does_not_return_to_earlier_pages_either(page: Page, served: str) -> None:
    page.goto(f"{served}/start/")
    page.get_by_role("link", name="What stalking is").click()
    page.wait_for_url("**/what-it-is/")

    page.get_by_role("button", name="Exit this page").click()

    left(page)
    page.go_back()
    left(page)


def test_somebody_who_comes_back_on_purpose_is_let_in(page: Page, served: str) -> None:
    page.goto(f"{served}/start/")
    page.get_by_role("button", name="Exit this page").click()
    left(page)

    page.goto(f"{served}/start/")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{served}/help/")
    page.go_back()
    expect(page.get_by_role("heading", name="Stalking is a crime")).to_be_visible()


def test_shift_three_times_leaves(page: Page, served: str) -> None:
    page.goto(f"{served}/help/")

    for _ in range(3):
        page.keyboard.press("Shift")

    left(page)


def test_shift_twice_stays_and_says_so(page: Page, served: str) -> None:
    page.goto(f"{served}/help/")

    for _ in range(2):
        page.keyboard.press("Shift")

    expect(page.get_by_role("status").first).to_have_text("Shift, press 1 more time to leave.")
    assert page.url == f"{served}/help/"


def test_the_keyboard_finds_the_way_out_second(page: Page, served: str) -> None:
    page.goto(f"{served}/orders/")

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Exit this page")
    page.keyboard.press("Enter")

    left(page)


def test_the_button_works_without_javascript(without_javascript: BrowserContext, served: str) -> None:
    page = without_javascript.new_page()
    page.goto(f"{served}/orders/")

    page.get_by_role("button", name="Exit this page").click()

    left(page)


def test_the_skip_link_works_without_javascript(without_javascript: BrowserContext, served: str) -> None:
    page = without_javascript.new_page()
    page.goto(f"{served}/orders/")

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    left(page)


def test_the_way_out_is_never_told_where_we_came_from(page: Page, served: str) -> None:
    page.goto(f"{served}/help/")

    page.get_by_role("button", name="Exit this page").click()

    left(page)
    assert page.evaluate("document.referrer") == ""


def test_the_page_is_blank_before_the_next_one_comes(page: Page, served: str) -> None:
    page.goto(f"{served}/help/")

    blank = page.evaluate(
        "document.querySelector('.exit').click(), [document.documentElement.hidden, document.title]"
    )

    assert blank == [True, ""]


def test_only_one_flag_is_kept_and_no_cookie(page: Page, served: str, context: BrowserContext) -> None:
    page.goto(f"{served}/search/")
    page.get_by_role("searchbox").fill("diary")

    assert context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


@pytest.mark.parametrize("scripts", [True, False])
def test_every_page_loads_whole_from_the_site_alone(
    browser: Browser, served: str, addresses: list[str], scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    failed: list[str] = []
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    page.on("requestfailed", lambda request: failed.append(request.url))
    page.on("request", note)
    page.on("console", lambda message: failed.append(message.text))
    page.on("pageerror", lambda error: failed.append(str(error)))

    for address in addresses:
        before = len(asked)
        page.goto(served + address)
        assert len(asked) - before <= 3, address

    context.close()
    missing = "Failed to load resource: the server responded with a status of 404 (Not Found)"
    assert [text for text in failed if text != missing] == []
    assert {request.url.split("/")[2] for request in asked if not request.url.startswith("data:")} == {
        served.removeprefix("http://")
    }


def test_axe_finds_nothing_on_any_page(page: Page, served: str, addresses: list[str]) -> None:
    found = {}
    looking.look_closely(page)
    for address in addresses:
        page.goto(served + address)
        for row in page.locator("summary").all():
            row.click()
        if violations := looking.violations(page):
            found[address] = [violation["id"] for violation in violations]

    assert found == {}


def test_no_page_is_wider_than_a_small_phone(page: Page, served: str, addresses: list[str]) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    wide = []
    for address in addresses:
        page.goto(served + address)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(address)

    assert wide == []


def test_the_way_out_stays_in_sight_on_a_phone(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{served}/if-it-happens/")

    page.mouse.wheel(0, 3000)
    while (
        page.evaluate("window.scrollY") <= 500
    ):  # the page lets nobody evaluate a text, so nothing waits within it
        page.wait_for_timeout(50)

    expect(page.locator(".exit")).to_be_in_viewport()


def test_the_search_finds_within_the_page_and_leaves_the_address_alone(page: Page, served: str) -> None:
    page.goto(f"{served}/search/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.get_by_role("searchbox").press_sequentially("diary")

    expect(page.get_by_role("link", name="Keep a diary")).to_be_visible()
    expect(page.get_by_role("status").last).to_have_text(re.compile(r"^\d+ found$"))
    assert page.url == f"{served}/search/"
    assert asked == [f"{served}/search.json"]


def test_the_search_says_when_it_finds_nothing(page: Page, served: str) -> None:
    page.goto(f"{served}/search/")

    page.get_by_role("searchbox").fill("zebra")

    expect(page.get_by_role("status").last).to_have_text(
        "Nothing found. Try another word, or look in the A to Z."
    )


def test_the_welsh_search_finds_welsh_words_without_their_accents(page: Page, served: str) -> None:
    page.goto(f"{served}/cy/search/")

    page.get_by_role("searchbox").fill("ffon")

    expect(page.locator("[data-search] li").first).to_be_visible()


def test_on_paper_there_is_no_branding(page: Page, served: str) -> None:
    page.goto(f"{served}/what-it-is/")

    page.emulate_media(media="print")

    for hidden in (".top", ".menu", ".exit", "footer"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.get_by_role("heading", name="What stalking is")).to_be_visible()


def test_the_language_switch_leads_to_the_same_page(page: Page, served: str) -> None:
    page.goto(f"{served}/help/")

    page.get_by_role("link", name="Cymraeg").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Ble i gael help")
    assert page.url == f"{served}/cy/help/"
