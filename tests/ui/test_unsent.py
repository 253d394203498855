"""Long text that was typed and not sent: the browser asks before the page is left, and only then."""

import pytest
from django.test import override_settings
from playwright.sync_api import Dialog, Page, expect

from desist.ui import leaving

pytestmark = pytest.mark.browser

WORDS = "He walked past the house"


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The questions of the browser, each answered with staying."""
    kinds: list[str] = []

    def stay(dialog: Dialog) -> None:
        kinds.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    return kinds


def typed(page: Page) -> None:
    """Come from a list to a form, and type into it."""
    page.goto("/list/")
    page.goto("/ask/")
    page.locator("[name=notes]").press_sequentially(WORDS)


@pytest.mark.parametrize("way", ["Back", "a link"])
def test_typed_words_are_not_lost_by_leaving_the_page(page: Page, asked: list[str], way: str) -> None:
    typed(page)

    if way == "Back":
        page.evaluate("history.back()")
    else:
        page.get_by_role("navigation", name="Menu").get_by_role("link").first.click(no_wait_after=True)
    page.wait_for_timeout(300)

    assert asked == ["beforeunload"]
    assert page.url.endswith("/ask/")
    expect(page.locator("[name=notes]")).to_have_value(WORDS)


def test_words_that_came_back_refused_are_not_lost_either(page: Page, asked: list[str]) -> None:
    typed(page)
    page.get_by_role("button", name="Send the decision").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert asked == []

    page.get_by_label("Notes").click()
    page.evaluate("location.assign('/list/')")
    page.wait_for_timeout(300)

    assert asked == ["beforeunload"]


@pytest.mark.parametrize("words", ["", WORDS])
def test_nobody_is_asked_where_nothing_was_typed_or_all_was_taken_out_again(
    page: Page, asked: list[str], words: str
) -> None:
    page.goto("/ask/")
    page.locator("[name=notes]").fill(words)
    page.locator("[name=notes]").fill("")

    page.get_by_role("navigation", name="Menu").get_by_role("link").first.click()

    expect(page.locator("[name=notes]")).to_have_count(0)
    assert asked == []


def test_leaving_at_once_asks_nobody_to_stay(page: Page, asked: list[str]) -> None:
    page.route(f"{leaving.ELSEWHERE}**", lambda route: route.fulfill(body="<h1>The weather</h1>"))
    with override_settings(DESIST_ZONE="advocacy"):
        typed(page)

    page.get_by_role("button", name="Exit this page").click()

    expect(page.locator("h1")).to_have_text("The weather")
    assert asked == []
