"""In a real browser: every page is accessible, fits a phone, prints, and works without JavaScript."""

from collections.abc import Iterator

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect
from tests import looking
from tests.ui.views import NOTEBOOK

from desist.ui import leaving
from desist.ui.context import ZONES

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/ask/",
    "/tasks/",
    "/tasks/?all",
    "/answers/",
    "/draft/",
    "/list/",
    "/charts/",
    "/shared/",
    "/nowhere/",
)


@pytest.fixture
def plain(browser: Browser, base_url: str) -> Iterator[Page]:
    """A page in a browser that runs no JavaScript."""
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser, base_url: str) -> Iterator[Page]:
    """A page on the narrowest phone that counts."""
    context = browser.new_context(base_url=base_url, viewport=looking.PHONE)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(page: Page, path: str) -> None:
    page.goto(path)

    assert looking.findings(page) == []


@pytest.mark.parametrize("zone", ZONES)
def test_axe_finds_nothing_in_the_colours_of_any_zone(page: Page, zone: str) -> None:
    with override_settings(DESIST_ZONE=zone):
        page.goto("/")
        found = looking.findings(page)

    assert found == []


def test_axe_finds_nothing_in_a_form_that_was_refused(page: Page) -> None:
    page.goto("/ask/")
    page.check("text=Decline")
    page.check("text=Another")
    page.click("text=Send the decision")

    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert page.title().startswith("Error: ")
    assert looking.findings(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone(phone: Page, path: str) -> None:
    phone.goto(path)

    assert phone.evaluate("document.documentElement.scrollWidth") == 320


BROKEN_WORDS = """() => [...document.querySelectorAll('main td, main th')].flatMap((cell) => {
  const node = cell.firstChild;
  if (node?.nodeType !== Node.TEXT_NODE) return [];
  return [...node.data.matchAll(/\\S+/g)].filter((word) => {
    const range = document.createRange();
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    return range.getClientRects().length > 1;
  }).map((word) => word[0]);
})"""


def test_no_word_in_the_table_of_a_chart_is_broken_on_a_phone(phone: Page) -> None:
    phone.goto("/charts/")

    assert phone.locator("main td").count() > 15
    assert phone.evaluate(BROKEN_WORDS) == []


def test_the_menu_of_a_phone_is_folded_and_opens(phone: Page) -> None:
    phone.goto("/")
    menu = phone.get_by_role("navigation", name="Menu")
    expect(menu.get_by_role("link").first).to_be_hidden()

    menu.get_by_role("button", name="Menu").click()

    expect(menu.get_by_role("link").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") == 320
    assert looking.findings(phone) == []


def test_the_menu_is_open_on_a_wide_window_and_without_javascript(page: Page, plain: Page) -> None:
    for one in (page, plain):
        one.goto("/")
        menu = one.get_by_role("navigation", name="Menu")

        expect(menu.get_by_role("link").first).to_be_visible()
        expect(menu.get_by_role("button")).to_be_hidden()


def test_a_form_that_was_refused_fits_a_phone(phone: Page) -> None:
    phone.goto("/ask/")
    phone.fill("[name=name]", "x" * 400)
    phone.fill("[name=begins]", "y" * 400)
    phone.click("text=Send the decision")

    expect(phone.locator(".govuk-error-summary")).to_be_visible()
    phone.wait_for_load_state()
    assert phone.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("path", PAGES)
def test_nothing_on_a_page_breaks_the_content_security_policy(page: Page, path: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(path)
    page.wait_for_load_state("networkidle")

    assert [line for line in complaints if "404" not in line and "autocomplete" not in line] == []


def test_the_focus_goes_to_the_summary_and_from_there_to_the_field(page: Page) -> None:
    page.goto("/ask/")
    page.fill("[name=born-day]", "31")
    page.fill("[name=born-month]", "2")
    page.fill("[name=born-year]", "2026")
    page.click("text=Send the decision")

    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.click(".govuk-error-summary >> text=31 February 2026 is not a date")

    expect(page.get_by_label("Date of birth", exact=True)).to_be_focused()
    expect(page.get_by_label("Date of birth", exact=True)).to_have_value("31/2/2026")


def test_a_choice_opens_what_stands_below_it(page: Page) -> None:
    page.goto("/ask/")
    reason = page.locator("[name=reason]")
    expect(reason).to_be_hidden()

    page.check("text=Decline")

    expect(reason).to_be_visible()


def test_a_form_works_without_javascript(plain: Page) -> None:
    plain.goto("/ask/")
    plain.fill("[name=notes]", "first line\nسلم 👋")
    plain.check("text=Decline")
    expect(plain.locator("[name=reason]")).to_be_visible()

    plain.click("text=Send the decision")

    expect(plain.locator("h2:has-text('There is a problem')")).to_be_visible()
    expect(plain.locator("[name=notes]")).to_have_value("first line\nسلم 👋")


def test_a_list_is_sorted_in_place_and_the_address_follows(page: Page) -> None:
    page.goto("/list/")
    page.evaluate("window.stayed = true")

    page.click("a:has-text('Person')")

    page.wait_for_url("**/list/?sort=name")
    assert page.evaluate("window.stayed") is True
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Person")
    expect(page.locator("a:has-text('Person')")).to_be_focused()


@pytest.mark.parametrize(
    ("fault", "title"), [("signed_out", "R. Example"), ("away", "Desist cannot reach its records")]
)
def test_a_list_that_cannot_be_drawn_in_place_is_opened_as_a_page(page: Page, fault: str, title: str) -> None:
    page.goto("/list/")
    setattr(NOTEBOOK, fault, True)
    try:
        page.click("a:has-text('Person')")

        expect(page.locator("h1")).to_have_text(title)
    finally:
        setattr(NOTEBOOK, fault, False)


#: the name of each card, then what is drawn of it from top to bottom, with its column
CARDS = """() => [...document.querySelectorAll('tbody tr')].map((row) => [...row.cells]
  .filter((cell) => cell.checkVisibility())
  .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top
    || one.getBoundingClientRect().left - other.getBoundingClientRect().left)
  .map((cell) => (cell.dataset.column ?? '') + ' ' + cell.innerText.split('(')[0].trim()))"""


def test_a_phone_shows_each_row_as_a_card_that_begins_with_what_decides(phone: Page) -> None:
    phone.goto("/list/")

    first, second, _ = phone.evaluate(CARDS)

    assert first == ["Person Robin Example", "Received 19 February 2026", "State Received", "Sessions 3"]
    assert second == [
        "Person Quill Cinderhollow-Featherstonehaugh",
        "Received 19 February 2026",
        "State Declined",
    ]
    assert phone.evaluate("document.documentElement.scrollWidth") == 320
    expect(phone.get_by_role("link", name="Person", exact=False).first).to_be_visible()  # sorting stays


def test_a_wide_window_shows_a_list_over_the_whole_page_and_lines_that_can_be_read(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/")

    widths = page.evaluate(
        "[...document.querySelectorAll('main p.govuk-body')].map((one) => one.offsetWidth)"
    )
    assert page.evaluate("document.querySelector('main').offsetWidth") > 1150
    assert max(widths) <= 720  # 66 noughts of this font


def test_the_menu_says_what_waits_and_the_own_menu_opens_without_scripts(plain: Page) -> None:
    plain.goto("/")
    menu = plain.get_by_role("navigation", name="Menu")
    own = plain.get_by_role("navigation", name="Your account")
    expect(menu.get_by_role("link", name="To do 7 waiting")).to_be_visible()
    expect(own.get_by_role("link", name="Sign out")).to_be_hidden()

    own.get_by_text("Alex Moss").click()

    expect(own.get_by_role("link", name="Sign out")).to_be_visible()


@pytest.mark.parametrize("size", [{"width": 1280, "height": 900}, looking.PHONE])
@pytest.mark.parametrize("number", ["1", "12", "100"])
def test_the_number_that_comes_later_moves_no_entry_of_the_menu(
    page: Page, size: ViewportSize, number: str
) -> None:
    asked: list[Route] = []
    page.set_viewport_size(size)
    page.route("**/waiting/", lambda route: asked.append(route))  # noqa: PLW0108 -- a built-in takes no mark of theirs
    with page.expect_request("**/waiting/"):
        page.goto("/ask/")
    menu = page.get_by_role("navigation", name="Menu")
    if menu.get_by_role("button", name="Menu").is_visible():
        menu.get_by_role("button", name="Menu").click()
    expect(menu.get_by_role("link")).to_have_count(3)
    before = [one.bounding_box() for one in menu.get_by_role("link").all()]

    asked[0].fulfill(body=number)
    expect(menu.locator("[data-waiting]")).to_be_visible()

    assert [one.bounding_box() for one in menu.get_by_role("link").all()] == before
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_page_behind_service_marks_service_in_the_menu(page: Page) -> None:
    page.goto("/ask/")

    expect(page.get_by_role("navigation", name="Menu").locator("[aria-current]")).to_have_text("Service")


def test_a_list_is_sorted_without_javascript(plain: Page) -> None:
    plain.goto("/list/")

    plain.click("a:has-text('Person')")

    expect(plain.locator("th[aria-sort=ascending]")).to_contain_text("Person")


def test_the_page_can_be_left_at_once_even_without_javascript(plain: Page) -> None:
    with override_settings(DESIST_ZONE="advocacy"):
        plain.goto("/")

    leave = plain.locator(".govuk-exit-this-page a")
    expect(leave).to_be_visible()
    assert leave.get_attribute("href") == leaving.EXIT


def test_words_come_back_from_a_database_out_of_reach_and_can_be_sent_again(plain: Page) -> None:
    plain.goto("/ask/")
    plain.fill("[name=notes]", "first line\nsecond <line>")
    plain.evaluate("document.querySelector('main form').action = '/down/'")
    plain.click("text=Send the decision")

    expect(plain.locator("h1")).to_have_text("Desist cannot reach its records")
    plain.click("text=Send the form again")

    expect(plain.locator(".desist-typed", has_text="first line")).to_contain_text("second <line>")


def test_what_a_participant_may_look_at_says_how_it_is_left_and_nothing_of_the_code(page: Page) -> None:
    page.goto("/shared/")

    expect(page.get_by_role("navigation").get_by_role("link")).to_have_text(["Stop sharing"])


def test_paper_shows_whose_page_it_is_and_nothing_to_click(page: Page) -> None:
    page.goto("/")

    page.emulate_media(media="print")

    expect(page.locator(".desist-header__place")).to_be_visible()
    expect(page.locator(".desist-identity")).to_be_visible()
    for hidden in (
        ".desist-navigation",
        ".moj-sub-navigation",
        ".govuk-back-link",
        ".govuk-button",
        ".desist-header__account",
    ):
        expect(page.locator(hidden).first).to_be_hidden()


def test_a_keyboard_comes_to_the_content_first(page: Page) -> None:
    page.goto("/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main-content"


#: the button is pressed, and a moment later once more
PRESS = "(form) => { form.requestSubmit(); setTimeout(() => form.requestSubmit(), 300); }"


def pressed_twice(page: Page) -> int:
    """How many forms are sent where a button is pressed twice before the first answer comes."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    page.goto("/ask/")
    NOTEBOOK.slow = 1
    try:
        page.locator("main form").evaluate(PRESS)
        expect(page.locator(".govuk-error-summary")).to_be_visible()
    finally:
        NOTEBOOK.slow = 0
    return len(sent)


def test_a_form_that_is_being_sent_is_not_sent_again(page: Page) -> None:
    assert pressed_twice(page) == 1


def test_a_form_that_came_back_is_sent_again(page: Page) -> None:
    pressed_twice(page)

    with page.expect_request(lambda request: request.method == "POST"):
        page.click("text=Send the decision")
