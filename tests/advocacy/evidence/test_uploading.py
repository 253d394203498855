"""In a real browser: a file goes in pieces, over a broken line, and after it was stopped."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Route, expect
from tests.advocacy.evidence.test_files import content

from desist.advocacy.evidence import keeping
from desist.advocacy.evidence.models import Original
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim

pytestmark = pytest.mark.browser


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


@pytest.fixture
def fables(
    browsing: Callable[..., BrowserContext], browser_of_fable: Client
) -> Callable[..., BrowserContext]:
    """Windows in which Fable is signed in."""
    return functools.partial(browsing, client=browser_of_fable)


@pytest.fixture
def recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of four pieces."""
    monkeypatch.setattr(keeping, "PIECE", 64)
    file = tmp_path / "Recording.m4a"
    file.write_bytes(content(200))
    return file


def kept() -> bytes:
    row = Original.objects.get()
    return b"".join(keeping.contents(vault.box(person=row.victim.ref), row))


def test_a_broken_line_is_bridged_and_a_stopped_upload_goes_on(
    fables: Callable[..., BrowserContext], client_of_fable: Victim, recording: Path
) -> None:
    page = fables().new_page()
    sent = 0

    def line(route: Route) -> None:
        nonlocal sent
        sent += 1
        # the second piece needs two attempts, and the third one gets nowhere
        route.abort() if sent == 2 or sent > 3 else route.continue_()

    page.route("**/piece/", line)
    page.goto(reverse("evidence:files", args=[client_of_fable.ref]))
    page.get_by_label("File", exact=True).set_input_files(recording)
    page.get_by_label("They sent it").check()
    page.get_by_role("button", name="Bring the file in").click()
    expect(page.locator("[data-upload-status]")).to_contain_text("Desist cannot be reached")
    expect(page.locator("progress[value='50']")).to_be_visible()
    page.get_by_role("button", name="Stop the upload").click()
    expect(page.locator("[data-upload-status]")).to_contain_text("What arrived is kept")

    page.unroute("**/piece/")
    page.goto(reverse("evidence:file", args=[Original.objects.get().ref]))
    expect(page.locator("main")).to_contain_text("50 % is here")
    page.get_by_label("File", exact=True).set_input_files(recording)
    page.get_by_role("button", name="Go on with the upload").click()

    expect(page.locator("main")).to_contain_text("Being looked through")
    assert kept() == content(200)


def test_without_javascript_a_small_file_comes_at_once(
    fables: Callable[..., BrowserContext], client_of_fable: Victim, tmp_path: Path
) -> None:
    file = tmp_path / "Chat.txt"
    file.write_bytes(content(60))
    page = fables(java_script_enabled=False).new_page()

    page.goto(reverse("evidence:files", args=[client_of_fable.ref]))
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_label("They sent it").check()
    page.get_by_role("button", name="Bring the file in").click()

    expect(page.locator("main")).to_contain_text("Being looked through")
    assert kept() == content(60)
