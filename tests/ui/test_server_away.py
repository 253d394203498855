"""In a real browser: the server is stopped, killed, or behind a proxy that answers for it; no word is lost."""

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from tests.processes import free_port, until

pytestmark = [pytest.mark.browser, pytest.mark.processes]

AT = datetime(2026, 6, 3, 13, 31, tzinfo=UTC)  # 2:31pm in London
BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass
class Kitchen:
    """The kitchen sink in a process, at one address however often it is started."""

    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        self.process = subprocess.Popen([sys.executable, "-m", "tests.ui.kitchen", str(self.port)])
        until(self.listens, 60)

    def listens(self) -> bool:
        with suppress(OSError), closing(socket.create_connection(("127.0.0.1", self.port), 1)):
            return True
        return False

    def send(self, number: signal.Signals) -> None:
        assert self.process
        self.process.send_signal(number)

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait()


@dataclass
class Proxy:
    """Stands before the kitchen; while it is `alone` it answers 502 for a server that is away."""

    to: int
    alone: bool = False
    listening: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def port(self) -> int:
        number: int = self.listening.getsockname()[1]
        return number

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                taken, _ = self.listening.accept()
                threading.Thread(target=self.answer, args=[taken], daemon=True).start()

    def answer(self, taken: socket.socket) -> None:
        """Answer one request of a connection: the browser asks for the next one on another."""
        with closing(taken), suppress(OSError):
            asked = taken.recv(65536)
            if self.alone:
                taken.sendall(BAD_GATEWAY)
                return
            with closing(socket.create_connection(("127.0.0.1", self.to))) as behind:
                behind.sendall(asked.replace(b"keep-alive", b"close"))
                threading.Thread(target=pump, args=[taken, behind], daemon=True).start()
                pump(behind, taken)
            taken.shutdown(socket.SHUT_RDWR)


def pump(source: socket.socket, sink: socket.socket) -> None:
    """Carry on what comes from one side, until either closes."""
    with suppress(OSError):
        while part := source.recv(65536):
            sink.sendall(part)


@pytest.fixture
def kitchen() -> Iterator[Kitchen]:
    """The process behind the pages."""
    kitchen = Kitchen()
    kitchen.start()
    yield kitchen
    kitchen.kill()


@pytest.fixture
def window(browser: Browser, kitchen: Kitchen) -> Iterator[BrowserContext]:
    """A browser far from London, with a clock that the test moves."""
    context = browser.new_context(base_url=f"http://127.0.0.1:{kitchen.port}", timezone_id="America/New_York")
    context.set_default_timeout(10_000)
    context.clock.install(time=AT)
    yield context
    context.close()


@pytest.fixture
def page(window: BrowserContext) -> Page:
    """The form that saves itself, just opened."""
    page = window.new_page()
    page.goto("/draft/")
    return page


@pytest.fixture
def notes(page: Page) -> Locator:
    """Its one field."""
    return page.locator("[name=notes]")


def status(page: Page) -> Locator:
    """The line that tells what became of the words."""
    return page.locator("[data-autosave-status]")


def kept(window: BrowserContext) -> tuple[str, str]:
    """The words as the server has them, and their version."""
    other = window.new_page()
    other.goto("/draft/")
    words = other.locator("[name=notes]").input_value(), other.locator("[name=form_version]").input_value()
    other.close()
    return words


def pass_time(page: Page, *, seconds: int) -> None:
    """Let the page's clock go on second by second, so that the server answers before a limit in time is over."""
    for _ in range(seconds):
        page.clock.run_for(1000)
        page.wait_for_timeout(50)


def test_words_are_saving_at_once_and_not_saved_yet_after_a_few_seconds(
    page: Page, notes: Locator, kitchen: Kitchen
) -> None:
    notes.fill("He walked past")
    expect(status(page)).to_have_text("Saving ...")
    page.clock.run_for(2000)
    expect(status(page)).to_have_text("Saved 2:31pm")

    kitchen.send(signal.SIGSTOP)
    page.clock.run_for(60_000)
    notes.fill("He walked past twice")
    expect(status(page)).to_have_text("Saving ...")
    page.clock.run_for(5000)

    expect(status(page)).to_contain_text("Not saved yet since 2:32pm. Desist has not answered.")
    page.clock.run_for(120_000)
    expect(status(page)).to_contain_text("Not saved yet since 2:32pm. Desist cannot be reached.")
    expect(notes).to_have_value("He walked past twice")
    kitchen.send(signal.SIGCONT)


def test_what_a_stopped_server_does_late_is_not_taken_for_a_colleagues_change(
    page: Page, notes: Locator, kitchen: Kitchen, window: BrowserContext
) -> None:
    kitchen.send(signal.SIGSTOP)
    notes.fill("He walked past")
    page.clock.run_for(2000)
    notes.fill("He walked past twice")
    page.clock.run_for(12_000)
    kitchen.send(signal.SIGCONT)
    until(lambda: kept(window)[0] == "He walked past", 20)

    pass_time(page, seconds=20)

    expect(status(page)).to_contain_text("Saved 2:31pm")
    assert kept(window) == ("He walked past twice", "3")


def test_a_killed_server_is_said_and_the_words_are_saved_once_it_is_back(
    page: Page, notes: Locator, kitchen: Kitchen, window: BrowserContext
) -> None:
    kitchen.kill()
    notes.fill("He walked past")
    page.clock.run_for(2000)
    expect(status(page)).to_contain_text("Not saved yet since 2:31pm. Desist cannot be reached.")
    kitchen.start()

    pass_time(page, seconds=30)

    expect(status(page)).to_contain_text("Saved 2:31pm")
    assert kept(window) == ("He walked past", "2")


@pytest.mark.parametrize("typed", ["He walked past", ""])
@pytest.mark.parametrize("fault", [signal.SIGKILL, signal.SIGSTOP])
def test_save_pressed_while_the_server_is_away_stays_with_the_words(
    page: Page, notes: Locator, kitchen: Kitchen, typed: str, fault: signal.Signals
) -> None:
    notes.fill("Saved before")
    page.clock.run_for(2000)
    expect(status(page)).to_have_text("Saved 2:31pm")
    kitchen.send(fault)
    if typed:
        notes.fill(typed)

    page.get_by_role("button", name="Save and continue").click()
    page.clock.run_for(5000)

    expect(status(page)).to_contain_text(
        "Your words are still here. Press “Save and continue” again in a moment."
    )
    expect(notes).to_have_value(typed or "Saved before")
    kitchen.send(signal.SIGCONT)


def test_save_pressed_again_once_the_server_is_back_saves_once_and_goes_on(
    page: Page, notes: Locator, kitchen: Kitchen, window: BrowserContext
) -> None:
    kitchen.kill()
    notes.fill("He walked past")
    page.get_by_role("button", name="Save and continue").click()
    expect(status(page)).to_contain_text("Press “Save and continue” again in a moment.")
    kitchen.start()
    page.clock.run_for(1500)  # a second click within a second does not count

    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue").click()

    assert kept(window) == ("He walked past", "2")


def test_behind_a_proxy_that_answers_for_it_the_words_stay_and_are_saved_later(
    page: Page, kitchen: Kitchen, window: BrowserContext
) -> None:
    proxy = Proxy(to=kitchen.port)
    threading.Thread(target=proxy.serve, daemon=True).start()
    with closing(proxy.listening):
        page.goto(f"http://127.0.0.1:{proxy.port}/draft/")
        proxy.alone = True
        page.locator("[name=notes]").fill("He walked past")
        page.get_by_role("button", name="Save and continue").click()
        expect(status(page)).to_contain_text("Desist cannot be reached. Your words are still here.")
        proxy.alone = False
        page.clock.run_for(1500)  # a second click within a second does not count
        with page.expect_navigation():
            page.get_by_role("button", name="Save and continue").click()

    assert kept(window) == ("He walked past", "2")


@pytest.mark.parametrize("fault", [signal.SIGKILL, signal.SIGSTOP])
def test_a_form_that_does_not_save_itself_stays_with_its_words_as_well(
    page: Page, kitchen: Kitchen, fault: signal.Signals
) -> None:
    page.goto("/ask/")
    page.fill("[name=notes]", "He walked past")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    kitchen.send(fault)

    page.get_by_role("button", name="Send the decision").click()
    page.clock.run_for(5000)

    expect(page.get_by_role("alert")).to_have_text(
        "Desist cannot be reached. Your words are still here. Press “Send the decision” again in a moment."
    )
    expect(page.locator("[name=notes]")).to_have_value("He walked past")
    assert sent == []

    if fault is signal.SIGKILL:
        kitchen.kill()
        kitchen.start()
    kitchen.send(signal.SIGCONT)
    page.get_by_role("button", name="Send the decision").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.locator("[name=notes]")).to_have_value("He walked past")
    assert sent == ["POST"]


def test_pauses_between_attempts_grow(page: Page, notes: Locator, kitchen: Kitchen) -> None:
    kitchen.kill()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    notes.fill("He walked past")

    for _ in range(300):
        page.clock.run_for(1000)

    expect(status(page)).to_contain_text("Not saved yet since 2:31pm.")
    assert 5 <= len(asked) <= 9


def test_a_screen_reader_hears_of_a_minutes_saves_once_and_of_a_failure_once(
    page: Page, notes: Locator, kitchen: Kitchen
) -> None:
    page.evaluate(
        """() => {
          window.heard = [];
          const line = document.querySelector('[data-autosave-status]');
          new MutationObserver(() => {
            if (line.getAttribute('aria-live') !== 'off') window.heard.push(line.textContent.split('.')[0]);
          }).observe(line, { childList: true, characterData: true, subtree: true });
        }"""
    )
    for words in ("One", "Two", "Three"):
        notes.fill(words)
        page.clock.run_for(2000)
        expect(status(page)).to_have_text("Saved 2:31pm")
    kitchen.kill()
    notes.fill("Four")
    for _ in range(20):
        page.clock.run_for(1000)
        page.wait_for_timeout(20)

    assert page.evaluate("window.heard") == ["Saved 2:31pm", "Not saved yet since 2:31pm"]
