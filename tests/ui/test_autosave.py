"""A form saves itself while someone types, says when it did not, and never overwrites what changed elsewhere."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings
from playwright.sync_api import Dialog, Locator, Page, Request, expect
from tests.ui.views import NOTEBOOK, Notebook

from desist.ui import leaving

pytestmark = pytest.mark.browser


@pytest.fixture
def notebook() -> Iterator[Notebook]:
    """The row behind the page, as it is at first."""
    NOTEBOOK.__init__()  # type: ignore[misc]  # the view holds this very object
    yield NOTEBOOK
    NOTEBOOK.__init__()  # type: ignore[misc]  # the view holds this very object


@pytest.fixture
def notes(page: Page, notebook: Notebook) -> Locator:
    """The field on the open page."""
    page.goto("/draft/")
    return page.locator("[name=notes]")


def status(page: Page) -> Locator:
    """The line that tells what became of the words."""
    return page.locator("[data-autosave-status]")


def is_the_form_itself(request: Request) -> bool:
    """Sent by its button, not saved while someone types."""
    return request.method == "POST" and request.url.endswith("/draft/")


def test_what_is_typed_is_saved_and_said(page: Page, notes: Locator, notebook: Notebook) -> None:
    notes.fill("He walked past")

    expect(status(page)).to_contain_text("Saved")
    assert (notebook.text, notebook.version) == ("He walked past", 2)


def test_a_second_change_is_saved_on_top_of_the_first(page: Page, notes: Locator, notebook: Notebook) -> None:
    notes.fill("He walked past")
    expect(status(page)).to_contain_text("Saved")

    notes.fill("He walked past twice")

    expect(page.locator("[name=form_version]")).to_have_value("3")
    assert notebook.text == "He walked past twice"


def test_what_was_not_saved_stays_in_view_however_long_the_page_is(
    page: Page, notes: Locator, notebook: Notebook
) -> None:
    notebook.text, notebook.version = "written elsewhere", 5
    notes.evaluate("field => { field.style.height = '4000px'; }")
    page.evaluate("scrollTo(0, 0)")

    notes.press_sequentially("He")

    expect(status(page)).to_have_text("Not saved: changed elsewhere at 2:32pm.")
    expect(status(page)).to_be_in_viewport()
    expect(page.get_by_role("button", name="Save")).to_be_in_viewport()
    assert status(page).evaluate("line => getComputedStyle(line).backgroundColor") == "rgb(163, 24, 42)"


#: more of the form below the field, whose last line then stands right above the bar
LONG = """(field) => {
  field.closest('.govuk-form-group').after(Object.assign(document.createElement('div'), { innerHTML: '<br>'.repeat(60) }));
  field.focus({ preventScroll: true });
  const bar = document.querySelector('.desist-bar').getBoundingClientRect();
  scrollBy(0, field.getBoundingClientRect().bottom - bar.top + 1);
}"""
FREE = """() => document.activeElement.getBoundingClientRect().bottom
  <= document.querySelector('.desist-bar').getBoundingClientRect().top"""


def test_a_bar_that_grows_never_covers_the_words_that_are_typed(
    page: Page, notes: Locator, notebook: Notebook
) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    notes.evaluate("field => { field.style.height = '300px'; }")
    notes.evaluate(LONG)
    assert page.evaluate(FREE)
    notebook.away = True

    page.keyboard.insert_text("ends right above the bar")

    expect(page.locator(".desist-bar--failed")).to_be_visible()
    page.wait_for_function(FREE)


def test_the_time_of_a_save_reads_as_every_page_says_a_time(page: Page, notes: Locator) -> None:
    page.clock.set_fixed_time(datetime(2026, 3, 3, 14, 5, tzinfo=UTC))
    notes.fill("He walked past")

    expect(status(page)).to_have_text("Saved 2:05pm")


def test_what_changed_elsewhere_is_not_overwritten(page: Page, notes: Locator, notebook: Notebook) -> None:
    notebook.text, notebook.version = "written elsewhere", 5

    notes.fill("He walked past")

    expect(status(page)).to_have_text("Not saved: changed elsewhere at 2:32pm.")
    assert notebook.text == "written elsewhere"
    expect(notes).to_have_value("He walked past")


def test_what_cannot_be_saved_yet_says_why_and_is_saved_once_it_can(
    page: Page, notes: Locator, notebook: Notebook
) -> None:
    notes.fill("x" * 50)
    expect(status(page)).to_contain_text("Notes must be 40 characters or fewer.")

    notes.fill("short")

    expect(status(page)).to_contain_text("Saved")
    assert notebook.text == "short"


def test_a_database_out_of_reach_is_said_and_tried_again(
    page: Page, notes: Locator, notebook: Notebook
) -> None:
    notebook.away = True
    page.clock.install(time=datetime.now(UTC))
    notes.fill("He walked past")
    page.clock.run_for(2000)
    expect(status(page)).to_contain_text("Desist cannot reach its records.")

    notebook.away = False
    page.clock.run_for(11000)

    expect(status(page)).to_contain_text("Saved")
    assert notebook.text == "He walked past"


def test_a_full_disk_is_said_as_what_it_is(page: Page, notes: Locator, notebook: Notebook) -> None:
    notebook.full = True

    notes.fill("He walked past")

    expect(status(page)).to_contain_text("There is no room left to save this.")
    expect(notes).to_have_value("He walked past")


def test_what_is_saved_in_part_says_what_was_not_and_goes_on_from_the_new_version(
    page: Page, notes: Locator, notebook: Notebook
) -> None:
    notebook.in_part = True

    notes.fill("x" * 50)

    expect(status(page)).to_contain_text("but not everything: Notes must be 40 characters or fewer.")
    expect(page.locator("[name=form_version]")).to_have_value("2")


def test_someone_signed_out_is_told_and_keeps_the_words(
    page: Page, notes: Locator, notebook: Notebook
) -> None:
    notebook.signed_out = True

    notes.fill("He walked past")

    expect(status(page)).to_contain_text("You are signed out.")
    expect(notes).to_have_value("He walked past")


def test_the_button_pressed_during_a_save_sends_the_version_that_the_save_made(
    page: Page, notes: Locator, notebook: Notebook
) -> None:
    notebook.slow = 1
    with page.expect_request("**/draft/save/"):
        notes.fill("He walked past")

    with page.expect_request(is_the_form_itself) as sent, page.expect_navigation():
        page.click("text=Save and continue")

    assert "form_version=2" in (sent.value.post_data or "")


def seconds_of_typing(notes: Locator, seconds: int) -> None:
    """A letter at the beginning of each."""
    for _ in range(seconds):
        notes.press_sequentially("x")
        notes.page.clock.run_for(1000)


def test_whoever_types_without_a_pause_is_saved_within_five_seconds_and_every_five_from_then_on(
    page: Page, notes: Locator, notebook: Notebook
) -> None:
    page.clock.install(time=datetime.now(UTC))
    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    for saved in (0, 5, 10):
        seconds_of_typing(notes, 4)
        assert len(notebook.text) == saved
        with page.expect_response("**/draft/save/"):
            seconds_of_typing(notes, 1)

    assert (len(notebook.text), notebook.version) == (15, 4)


def test_a_pause_still_saves_at_once_and_nothing_is_saved_twice(
    page: Page, notes: Locator, notebook: Notebook
) -> None:
    page.clock.install(time=datetime.now(UTC))
    notes.fill("He walked past")
    page.clock.run_for(1600)
    expect(status(page)).to_contain_text("Saved")

    page.clock.run_for(20_000)

    assert (notebook.text, notebook.version) == ("He walked past", 2)


def test_a_page_with_unsaved_words_asks_before_it_is_left(page: Page, notes: Locator) -> None:
    page.on("dialog", Dialog.dismiss)
    notes.press_sequentially("He")

    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)

    assert asked.value.type == "beforeunload"


def test_leaving_at_once_asks_nobody_to_stay_for_words_that_are_not_saved(
    page: Page, notebook: Notebook
) -> None:
    page.route(f"{leaving.ELSEWHERE}**", lambda route: route.fulfill(body="<h1>The weather</h1>"))
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    with override_settings(DESIST_ZONE="advocacy"):
        page.goto("/draft/")
    page.locator("[name=notes]").press_sequentially("He walked")

    page.get_by_role("button", name="Exit this page").click()

    expect(page.locator("h1")).to_have_text("The weather")
    assert asked == []


def test_what_was_typed_just_before_leaving_is_saved_behind_the_page(page: Page, notebook: Notebook) -> None:
    page.route(f"{leaving.ELSEWHERE}**", lambda route: route.fulfill(body="<h1>The weather</h1>"))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url.partition("/draft/save/")[1] or request.url))
    with override_settings(DESIST_ZONE="advocacy"):
        page.goto("/draft/")
    page.clock.install(time=datetime.now(UTC))
    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    notebook.slow = 3
    page.locator("[name=notes]").press_sequentially("He walked")

    page.get_by_role("button", name="Exit this page").click()

    expect(page.locator("h1")).to_have_text("The weather")
    assert notebook.text == ""  # the page did not wait for it
    until(lambda: notebook.text == "He walked")
    first, *others = [url for url in sent if url == "/draft/save/" or url.endswith(leaving.EXIT)]
    assert first == "/draft/save/"
    assert [url.endswith(leaving.EXIT) for url in others] == [True]


def until(happened: Callable[[], bool]) -> None:
    """Return once it has happened, within ten seconds."""
    for _ in range(200):
        if happened():
            return
        time.sleep(0.05)
    raise AssertionError("It has not happened")
