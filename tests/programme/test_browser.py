"""In a real browser: the chain editor by keyboard, the record that saves itself, two tabs, and no JavaScript."""

import functools
import os
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from tests.programme import factories

from desist.accounts.models import SignIn
from desist.programme.chains.models import Chain
from desist.programme.sessions.models import Session

pytestmark = pytest.mark.browser


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


@pytest.fixture
def kits(browsing: Callable[..., BrowserContext], kit_browser: Client) -> Callable[..., BrowserContext]:
    """Windows in which Kit is signed in."""
    return functools.partial(browsing, client=kit_browser)


@pytest.fixture
def page(kits: Callable[..., BrowserContext]) -> Page:
    return kits().new_page()


@pytest.fixture
def chain(session: Session) -> Chain:
    return factories.chain(session=session, links=3)


def words(chain: Chain) -> list[str]:
    return list(chain.links.filter(part="link").order_by("position").values_list("words", flat=True))


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.name"))


def test_a_link_is_typed_without_the_mouse(page: Page, chain: Chain) -> None:
    page.goto(f"/chains/{chain.ref}/edit/")

    page.keyboard.type("She ignores me")
    page.keyboard.press("Tab")
    page.keyboard.press("u")
    page.keyboard.press("4")
    page.keyboard.press("Enter")

    expect(page.locator("[data-link]")).to_have_count(4)
    expect(page.locator("[data-chain-said]")).to_contain_text("The link is added.")
    link = chain.links.get(position=4)
    assert (link.words, link.kind, link.intensity) == ("She ignores me", "urge", 4)
    expect(page.locator("#id_link_words")).to_be_focused()
    expect(page.locator("#id_link_words")).to_have_value("")


def test_arrows_move_the_focus_and_alt_moves_the_link(page: Page, chain: Chain) -> None:
    page.goto(f"/chains/{chain.ref}/edit/")
    page.keyboard.press("ArrowUp")
    assert "Thought 3" in focused(page)

    page.keyboard.press("ArrowUp")
    page.keyboard.press("Alt+ArrowUp")

    expect(page.locator("[data-chain-said]")).to_contain_text("moved up")
    assert words(chain) == ["Thought 2", "Thought 1", "Thought 3"]
    assert "Thought 2" in focused(page)

    page.keyboard.press("Control+z")
    expect(page.locator("[data-chain-said]")).to_contain_text("undone")
    assert words(chain) == ["Thought 1", "Thought 2", "Thought 3"]


def test_b_adds_a_link_below_the_one_in_focus(page: Page, chain: Chain) -> None:
    page.goto(f"/chains/{chain.ref}/edit/")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("b")
    expect(page.locator("[data-part=link] [data-line]")).to_contain_text("Below “Thought 2”.")

    page.keyboard.type("Between")
    page.keyboard.press("Tab")
    page.keyboard.press("t")
    page.keyboard.press("Enter")

    expect(page.locator("[data-link]")).to_have_count(4)
    assert words(chain) == ["Thought 1", "Thought 2", "Between", "Thought 3"]


def test_s_asks_for_the_skill_at_the_link_in_focus(page: Page, chain: Chain) -> None:
    page.goto(f"/chains/{chain.ref}/edit/")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("s")
    expect(page.locator("[name=skill_code]")).to_be_focused()

    page.keyboard.type("Ride")
    page.keyboard.press("Enter")

    expect(page.locator(".chain-card__skill")).to_have_text("Skill: Ride the urge")
    assert chain.links.get(position=3).skill_code == "ride"


def test_a_refused_line_keeps_its_words_and_is_told(page: Page, chain: Chain) -> None:
    page.goto(f"/chains/{chain.ref}/edit/")
    page.keyboard.type("She ignores me")
    page.keyboard.press("Enter")

    expect(page.locator("[data-chain-said]")).to_contain_text("Choose the type")
    expect(page.locator("#id_link_words")).to_have_value("She ignores me")


class Counted:
    """A page whose clicks are counted."""

    def __init__(self, page: Page) -> None:
        """No click yet."""
        self.page, self.clicks = page, 0

    def click(self, place: str) -> None:
        self.clicks += 1
        self.page.locator(place).click()


def test_a_chain_of_eight_links_takes_six_clicks_and_none_is_misfiled(page: Page, session: Session) -> None:
    said = (
        ("vulnerability", "b", "Slept three hours"),
        ("prompt", "e", "Saw her car in the high street"),
        ("link", "t", "She owes me an answer"),
        ("link", "f", "Anger"),
        ("link", "u", "Wanted to see the house"),
        ("link", "a", "Turned round"),
        ("short", "f", "Relief for an hour"),
        ("long", "e", "Broke the order again"),
    )
    page.goto(f"/chains/in/{session.ref}/")
    counted = Counted(page)
    page.keyboard.press("Tab")
    page.get_by_label("What happened?").focus()
    page.keyboard.type("Drove past the house twice")
    counted.click("label:text-is('No')")
    counted.click("button:has-text('Start the chain')")
    expect(page.locator("#id_vulnerability_words")).to_be_focused()
    part = "vulnerability"
    for number, (where, letter, words) in enumerate(said, 1):
        if where != part:
            counted.click(f"#id_{where}_words")
        part = where
        page.keyboard.type(words)
        page.keyboard.press("Tab")
        page.keyboard.type(letter)
        page.keyboard.type("3")
        page.keyboard.press("Enter")
        expect(page.locator("[data-link]")).to_have_count(number)
        expect(page.locator(f"#id_{where}_words")).to_be_focused()

    assert counted.clicks == 6
    made = {link.words: link.part for link in Chain.objects.get().links.all()}
    assert made == {words: where for where, _, words in said}


def test_a_link_is_dragged_into_another_part_and_moved_on_by_keys(page: Page, chain: Chain) -> None:
    page.goto(f"/chains/{chain.ref}/edit/")
    page.fill("#id_short_words", "Half a thought")

    carried = {"dataTransfer": page.evaluate_handle("new DataTransfer()")}
    page.dispatch_event(f"[data-link='{chain.links.get(position=1).ref}']", "dragstart", carried)
    page.dispatch_event("[data-part=prompt] h2", "drop", carried)
    expect(page.locator("[data-part=prompt] [data-link]")).to_contain_text("Thought 1")
    expect(page.locator("#id_short_words")).to_have_value("Half a thought")  # of another line, not sent yet
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("[data-part=prompt] [data-link]")).to_have_count(0)

    assert words(chain) == ["Thought 1", "Thought 2", "Thought 3"]


def middle(page: Page, place: str, down: float = 0.5) -> tuple[float, float]:
    """A point in the middle of an element, `down` of its height from its top, once it has been brought into view."""
    page.locator(place).scroll_into_view_if_needed()
    box = page.locator(place).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] * down


@pytest.mark.parametrize(
    ("down", "order"),
    [(0.1, "Thought 3, Thought 1, Thought 2"), (0.9, "Thought 1, Thought 3, Thought 2")],
    ids=["above", "below"],
)
def test_a_link_is_dragged_to_its_place_with_a_real_mouse(
    page: Page, chain: Chain, down: float, order: str
) -> None:
    page.goto(f"/chains/{chain.ref}/edit/")
    first, last = (f"[data-link='{chain.links.get(position=position).ref}']" for position in (1, 3))
    over = middle(page, first, down)
    page.mouse.move(*middle(page, f"{last} .chain-card__words"))

    page.mouse.down()
    page.mouse.move(over[0], over[1] + 30, steps=5)
    page.mouse.move(*over, steps=5)
    page.mouse.up()

    expect(page.locator("[data-chain-said]")).to_contain_text("The link is moved. Saved.")
    assert ", ".join(words(chain)) == order
    assert "Thought 3" in focused(page)


def test_a_link_dragged_onto_the_line_of_another_part_goes_there_and_one_let_go_outside_stays(
    page: Page, chain: Chain
) -> None:
    page.set_viewport_size({"width": 1280, "height": 2400})
    page.goto(f"/chains/{chain.ref}/edit/")
    first = f"[data-link='{chain.links.get(position=1).ref}'] .chain-card__words"

    for place in (".desist-header__home", "[data-part=short] [data-line]"):
        page.mouse.move(*middle(page, first))
        page.mouse.down()
        page.mouse.move(*middle(page, place), steps=8)
        page.mouse.up()
        if place == ".desist-header__home":
            expect(page.locator("[data-part=link] [data-link]")).to_have_count(3)

    expect(page.locator("[data-part=short] [data-link]")).to_contain_text("Thought 1")
    assert words(chain) == ["Thought 2", "Thought 3"]


def test_a_link_goes_through_the_parts_and_back_by_keys_alone(page: Page, chain: Chain) -> None:
    page.goto(f"/chains/{chain.ref}/edit/")
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    assert "Thought 1" in focused(page)

    for key, part in (("Up", "prompt"), ("Up", "vulnerability"), ("Down", "prompt"), ("Down", "link")):
        page.keyboard.press(f"Alt+Arrow{key}")
        expect(page.locator(f"[data-part={part}] [data-link]").first).to_contain_text("Thought 1")
        assert "Thought 1" in focused(page)
    assert words(chain) == ["Thought 1", "Thought 2", "Thought 3"]


def test_a_line_that_the_server_does_not_answer_in_time_keeps_its_words_and_says_so(
    page: Page, chain: Chain
) -> None:
    page.clock.install()
    page.goto(f"/chains/{chain.ref}/edit/")
    page.route("**/add/", lambda _: None)  # no answer ever comes

    page.keyboard.type("She ignores me")
    page.keyboard.press("Tab")
    page.keyboard.type("t")
    with page.expect_request("**/add/"):
        page.keyboard.press("Enter")
    page.clock.run_for(10_100)

    said = page.locator("[data-chain-said]")
    expect(said).to_have_text("Not saved: Desist cannot be reached. Your words stay on this page; try again.")
    expect(said).to_be_visible()
    expect(page.locator("#id_link_words")).to_have_value("She ignores me")
    assert len(words(chain)) == 3


def test_a_week_of_the_paper_diary_takes_twenty_keys_and_one_click(page: Page, session: Session) -> None:
    page.goto(f"/diary/{session.episode.ref}/")
    counted, keys = Counted(page), "4320143" + "1110041" + "765775"
    page.locator(".diary-cell").first.focus()

    for key in keys:
        page.keyboard.press(key)
    expect(page.locator("[data-autosave-status]")).to_contain_text("Saved")
    counted.click("button:text-is('Save')")

    expect(page.locator("main")).to_contain_text("7 of 7 days have an entry.")
    rows = session.episode.diary.order_by("day")
    assert "".join(str(row.urge) for row in rows) == "4320143"
    assert [row.act for row in rows][4:] == ["none", "contact", "resisted"]
    assert [row.sleep_hours for row in rows] == [7, 6, 5, 7, 7, 5, None]
    assert (len(keys), counted.clicks) == (20, 1)


def test_six_diary_days_are_typed_without_javascript(
    kits: Callable[..., BrowserContext], session: Session
) -> None:
    page = kits(java_script_enabled=False, viewport={"width": 320, "height": 700}).new_page()
    page.goto(f"/diary/{session.episode.ref}/")
    page.locator(".diary-cell").first.focus()

    for figure in "43201-3":
        page.keyboard.type(figure)
        page.keyboard.press("Tab")
    page.get_by_role("button", name="Save").click()

    expect(page.locator("main")).to_contain_text("6 of 7 days have an entry.")
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_record_saves_itself_and_a_second_tab_overwrites_nothing(
    kits: Callable[..., BrowserContext], session: Session
) -> None:
    context = kits()
    first, second = context.new_page(), context.new_page()
    for tab in (first, second):
        tab.goto(f"/sessions/{session.ref}/record/")

    first.fill("[name=work_done]", "Words of the first tab")
    expect(first.locator("[data-autosave-status]")).to_contain_text("Saved")
    second.fill("[name=work_done]", "Words of the second tab")
    expect(second.locator("[data-autosave-status]")).to_contain_text("Not saved: changed elsewhere at")
    second.get_by_role("button", name="Save", exact=True).click()

    expect(second.locator("main")).to_contain_text("Words of the first tab")
    expect(second.locator("[name=work_done]")).to_have_value("Words of the second tab")
    session.refresh_from_db()
    assert session.work_done == "Words of the first tab"


def test_of_someone_who_did_not_attend_nothing_is_asked_about_the_work_and_no_word_is_lost(
    page: Page, session: Session
) -> None:
    page.goto(f"/sessions/{session.ref}/record/")
    page.fill("[name=work_done]", "Words typed before")

    page.get_by_label("No, did not attend").check()
    expect(page.locator("[name=work_done]")).to_be_hidden()
    expect(page.locator("[name=skill]")).to_be_hidden()
    expect(page.locator("[name=next_steps]")).to_be_visible()
    page.get_by_label("Yes", exact=True).check()

    expect(page.locator("[name=work_done]")).to_have_value("Words typed before")
    expect(page.locator("[data-autosave-status]")).to_contain_text("aved")
    session.refresh_from_db()
    assert session.work_done == "Words typed before"


def test_words_of_a_page_that_was_locked_meanwhile_are_saved_once_it_is_open_again(
    page: Page, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESIST_DEMO", "1")
    page.clock.install()
    page.goto(f"/sessions/{session.ref}/record/")
    page.fill("[name=work_done]", "Words before the pause")
    SignIn.objects.update(last_seen_at=F("last_seen_at") - timedelta(minutes=16))
    page.clock.run_for(2000)
    expect(page.locator("[data-autosave-status]")).to_contain_text("This page is locked.")

    page.clock.fast_forward("16:00")
    page.get_by_role("button", name="Continue as Kit Marlow").click()

    expect(page.locator("[data-autosave-status]")).to_contain_text("Saved")
    expect(page.locator("[name=work_done]")).to_have_value("Words before the pause")
    session.refresh_from_db()
    assert session.work_done == "Words before the pause"


def test_a_form_left_by_back_and_opened_again_shows_what_was_saved(page: Page, session: Session) -> None:
    page.goto(f"/sessions/{session.ref}/prepare/")
    page.goto(f"/sessions/{session.ref}/record/")
    page.fill("[name=work_done]", "Words before Back")
    expect(page.locator("[data-autosave-status]")).to_contain_text("Saved")

    page.go_back()
    page.go_forward()

    expect(page.locator("[name=work_done]")).to_have_value("Words before Back")


def test_the_editor_works_without_javascript(kits: Callable[..., BrowserContext], chain: Chain) -> None:
    page = kits(java_script_enabled=False).new_page()
    page.goto(f"/chains/{chain.ref}/edit/")

    page.fill("#id_link_words", "A song on the radio")
    page.select_option("#id_link_kind", "event")
    for button, said in (
        ("Add to link", "The link is added."),
        ("Move up event 4", "The link is moved up."),
        ("Remove thought 1", "The link is removed."),
        ("Undo", "The last change is undone."),
    ):
        page.get_by_role("button", name=button).click()
        expect(page.locator("main")).to_contain_text(said)

    assert words(chain) == ["Thought 1", "Thought 2", "A song on the radio", "Thought 3"]


def test_a_form_is_filled_in_without_javascript_and_leads_to_the_safety_check(
    kits: Callable[..., BrowserContext], session: Session
) -> None:
    page = kits(java_script_enabled=False).new_page()
    page.goto(f"/measures/of/{session.episode.ref}/phq-9/")

    page.get_by_label("Baseline").check()
    for number, figure in enumerate("222111001", 1):
        page.check(f"[name=item_{number}][value='{figure}']")
    page.get_by_role("button", name="Save the form").click()

    expect(page.locator("h1")).to_have_text("Safety check")
    page.get_by_label("What did you ask").fill("No plans. His brother stays tonight.")
    page.get_by_label("No intention to act").check()
    page.get_by_role("button", name="Record the safety check").click()
    expect(page.locator("main")).to_contain_text("10 of 27, moderate")


def test_a_paper_form_is_one_row_of_digits_with_enter_at_the_end(page: Page, session: Session) -> None:
    page.goto(f"/measures/of/{session.episode.ref}/phq-9/")
    page.get_by_label("Baseline").check()
    page.locator("#id_item_1").focus()

    page.keyboard.type("2221-1000")
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_contain_text("No total: item 5 left out")
    assert session.episode.measures.get().answers == [2, 2, 2, 1, None, 1, 0, 0, 0]


def test_what_must_not_be_shown_is_said_while_it_is_typed_and_asked_about_once(
    page: Page, session: Session
) -> None:
    page.goto(f"/sessions/{session.ref}/record/")

    page.get_by_label("Agenda").fill("Talk about 12 Quarry Lane")
    said = page.locator("[data-autosave-status]")
    expect(said).to_contain_text(
        re.compile(r"Saved .*\. Agenda is not shown to the person: “12 Quarry Lane”")
    )
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(page.get_by_label("Agenda")).to_have_value("Talk about 12 Quarry Lane")
    seen(page, "asked")
    page.get_by_label("It belongs to a police station, court or service").check()
    page.get_by_role("button", name="Save", exact=True).click()

    page.wait_for_url(f"**/sessions/{session.ref}/")
    page.goto(f"/sessions/{session.ref}/shared/")
    expect(page.get_by_text("Talk about 12 Quarry Lane")).to_be_visible()


def test_without_scripts_the_words_are_saved_and_the_shared_screen_stays_silent(
    kits: Callable[..., BrowserContext], session: Session
) -> None:
    page = kits(java_script_enabled=False, viewport={"width": 390, "height": 800}).new_page()
    page.goto(f"/sessions/{session.ref}/record/")
    page.get_by_label("Agenda").fill("Talk about 12 Quarry Lane")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved, but not shown to the person yet").first).to_be_visible()
    seen(page, "narrow")

    page.goto(f"/sessions/{session.ref}/")
    expect(page.get_by_text("One text is not shown to the person: it needs checking")).to_be_visible()
    seen(page, "session")
    page.goto(f"/sessions/{session.ref}/shared/")
    expect(page.get_by_text("What shall we talk about?")).to_be_visible()
    assert "Quarry" not in page.content()


def seen(page: Page, name: str) -> None:
    """The page as a picture, where a folder for pictures is named."""
    if folder := os.environ.get("DESIST_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/words-{name}.png", full_page=True)
