"""In a real browser: a client sends files without a script, in pieces over a broken line, and leaves without a trace."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Route, expect
from tests import looking
from tests.advocacy import factories
from tests.advocacy.submissions.test_sending import content, opened
from tests.looking import follow

from desist.advocacy.evidence import keeping
from desist.advocacy.submissions.models import Submitted
from desist.advocacy.submissions.states import State
from desist.advocacy.victims.models import Victim

pytestmark = pytest.mark.browser

CODE, TYPED = "k7f2m9px4c3d", "K7F2 M9PX 4C3D"
ELSEWHERE = "https://www.bbc.co.uk/weather"


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


@pytest.fixture(autouse=True)
def link(client_of_fable: Victim) -> None:
    """A link that can be used now."""
    now = timezone.now()
    factories.submission_link(
        victim=client_of_fable.ref, code=CODE, made_at=now, until=now + timedelta(days=1)
    )


@pytest.fixture
def phone(browser: Any, address: str) -> Iterator[Callable[..., BrowserContext]]:
    """Windows of a telephone in which nobody is signed in."""
    made: list[BrowserContext] = []

    def phone(**wishes: Any) -> BrowserContext:
        made.append(browser.new_context(base_url=address, viewport=looking.PHONE, **wishes))
        return made[-1]

    yield phone
    for one in made:
        one.close()


@pytest.fixture
def recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of four pieces."""
    monkeypatch.setattr(keeping, "PIECE", 64)
    file = tmp_path / "Recording.m4a"
    file.write_bytes(content(200))
    return file


def opening(page: Page, at: str = "/send/") -> None:
    page.goto(at)
    page.get_by_label("Your code").fill(TYPED)
    page.get_by_role("button", name="Go on").click()


def test_without_a_script_pictures_and_words_are_sent_and_the_page_is_left(
    phone: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    file = tmp_path / "Gate.jpg"
    file.write_bytes(content(300))
    context = phone(java_script_enabled=False)
    page = context.new_page()

    page.goto(f"/send/{CODE}/")
    expect(page.get_by_label("Your code")).to_have_value(CODE)
    follow(page.get_by_role("button", name="Go on"))
    assert CODE not in page.url
    page.get_by_label("Pictures, sound or files").set_input_files(file)
    page.get_by_label("Or write something").fill("He stood at the gate at nine.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("main")).to_contain_text("It has arrived")
    expect(page.locator("main")).not_to_contain_text("Gate.jpg")
    looking.picture(page, "send")
    page.get_by_role("button", name="I have finished").click()
    expect(page.locator("main")).to_contain_text("Nothing more can be sent")

    assert {opened(row) for row in Submitted.objects.all()} == {
        content(300),
        b"He stood at the gate at nine.",
    }
    assert context.cookies() == []


def test_over_a_broken_line_a_file_goes_on_also_in_another_window(
    phone: Callable[..., BrowserContext], recording: Path
) -> None:
    context = phone()
    page = context.new_page()
    sent = 0

    def line(route: Route) -> None:
        nonlocal sent
        sent += 1
        # the second piece needs two attempts, and the third one gets nowhere
        route.abort() if sent == 2 or sent > 3 else route.continue_()

    page.route("**/send/piece/", line)
    opening(page)
    page.get_by_label("Pictures, sound or files").set_input_files(recording)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("[data-status]")).to_contain_text("The line is away")
    expect(page.locator("progress[value='50']")).to_be_visible()
    page.close(run_before_unload=False)
    assert Submitted.objects.get().state == State.ARRIVING

    page = phone().new_page()
    opening(page)
    page.get_by_label("Pictures, sound or files").set_input_files(recording)
    page.get_by_label("Or write something").fill("At nine.")
    page.get_by_role("button", name="Send", exact=True).click()

    expect(page.locator("main")).to_contain_text("It has arrived")
    assert {opened(row) for row in Submitted.objects.filter(state=State.WAITING)} == {
        content(200),
        b"At nine.",
    }


def test_the_page_takes_one_place_in_the_history_and_leaving_replaces_it(
    phone: Callable[..., BrowserContext],
) -> None:
    context = phone()
    context.route(ELSEWHERE, lambda route: route.fulfill(body="Weather", content_type="text/html"))
    page = context.new_page()
    page.goto("about:blank")
    page.goto(f"/send/{CODE}/")
    page.wait_for_url("**/send/")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("Pictures, sound or files")).to_be_visible()
    page.get_by_role("link", name="Leave this page now").click()
    page.wait_for_url(ELSEWHERE)

    page.go_back()

    assert page.url == "about:blank"
    assert context.cookies() == []


def test_the_page_is_accessible_fits_a_phone_and_loads_nothing_that_tells(
    phone: Callable[..., BrowserContext],
) -> None:
    context = phone()
    page = context.new_page()
    loaded: list[tuple[str, str]] = []
    page.on(
        "response",
        lambda answer: loaded.append((answer.url, answer.text())) if answer.status == 200 else None,
    )
    opening(page)
    expect(page.get_by_label("Pictures, sound or files")).to_be_visible()

    assert looking.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= looking.PHONE["width"]
    assert len(loaded) > 4
    for url, body in loaded:
        assert "desist" not in f"{url}{body}".lower(), url
        assert "stalk" not in body.lower(), url
    assert page.title() == "Send files"


def test_a_wrong_code_is_said_with_and_without_a_script(phone: Callable[..., BrowserContext]) -> None:
    for script in (True, False):
        page = phone(java_script_enabled=script).new_page()
        page.goto(reverse("send:start"))
        page.get_by_label("Your code").fill("TTTT TTTT TTTT")
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("alert")).to_contain_text("This code does not work")
