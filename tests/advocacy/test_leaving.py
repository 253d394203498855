"""In a real browser: a person who leaves is gone at once, nothing is kept, and Back leads to the sign-in page."""

import functools
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from tests import looking, waiting

from desist.accounts.limits import STORED_EVERY
from desist.accounts.models import BrowserSession, SignIn
from desist.advocacy.contacts import commands as contacts
from desist.advocacy.contacts.models import Attempt
from desist.advocacy.contacts.states import Channel
from desist.advocacy.victims.models import Victim
from desist.ui import leaving
from desist.wall.actors import Actor

pytestmark = pytest.mark.browser
OUT = "The weather"


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


class Weather(BaseHTTPRequestHandler):
    """Says two words to every caller."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"<h1>{OUT}</h1>".encode())

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another site, to which people leave: nothing stands between the browser and either server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Weather) as site:
        threading.Thread(target=site.serve_forever).start()
        monkeypatch.setattr(leaving, "ELSEWHERE", f"http://weather.localhost:{site.server_port}/")
        yield
        site.shutdown()


@pytest.fixture
def fables(
    browsing: Callable[..., BrowserContext], browser_of_fable: Client, elsewhere: None
) -> Callable[..., BrowserContext]:
    """Windows in which Fable is signed in."""
    return functools.partial(browsing, client=browser_of_fable)


def at_the_client(context: BrowserContext, victim: Victim) -> Page:
    """A page on which the client's name stands, with another before it in the history."""
    page = context.new_page()
    page.goto("/")
    page.goto(f"/victims/{victim.ref}/")
    expect(page.locator("main")).to_contain_text("Robin Hollow")
    return page


def press(page: Page) -> None:
    page.get_by_role("button", name=looking.LEAVE).click(no_wait_after=True)


def eventually(true: Callable[[], bool]) -> None:
    """Return once it is true."""
    for _ in range(400):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError(true)


def eventually_over() -> None:
    """Return once the server has ended every session, and keeps none."""
    eventually(lambda: not SignIn.objects.filter(ended_at=None).exists())
    eventually(lambda: not BrowserSession.objects.exists())


def back_is_the_sign_in_page(page: Page) -> None:
    page.go_back()
    expect(page.locator("h1")).to_contain_text("Sign in")
    assert "Robin Hollow" not in page.content()


@pytest.mark.parametrize("scripts", [True, False])
def test_after_exit_the_session_is_over_and_back_shows_the_sign_in_page(
    fables: Callable[..., BrowserContext], client_of_fable: Victim, scripts: bool
) -> None:
    context = fables(java_script_enabled=scripts)
    page = at_the_client(context, client_of_fable)

    press(page)

    expect(page.locator("h1")).to_have_text(OUT)
    eventually_over()
    eventually(lambda: not [one for one in context.cookies() if "session" in str(one.get("name"))])
    back_is_the_sign_in_page(page)


def test_shift_three_times_leaves_too(fables: Callable[..., BrowserContext], client_of_fable: Victim) -> None:
    page = at_the_client(fables(), client_of_fable)

    for _ in range(3):
        page.keyboard.press("Shift")

    expect(page.locator("h1")).to_have_text(OUT)
    eventually_over()


@pytest.mark.parametrize("scripts", [True, False])
def test_after_signing_out_back_shows_the_sign_in_page(
    fables: Callable[..., BrowserContext], client_of_fable: Victim, scripts: bool
) -> None:
    page = at_the_client(fables(java_script_enabled=scripts), client_of_fable)

    looking.own_menu(page, "Sign out")

    expect(page.locator("h1")).to_contain_text("Sign in")
    back_is_the_sign_in_page(page)


def test_a_page_from_the_browsers_memory_is_asked_for_again(
    fables: Callable[..., BrowserContext], client_of_fable: Victim
) -> None:
    page = at_the_client(fables(), client_of_fable)
    SignIn.objects.update(ended_at=timezone.now(), ended_by="another tab")

    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    hidden = page.locator("main").is_hidden()
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")

    assert hidden
    expect(page.locator("h1")).to_contain_text("Sign in")


def test_the_other_tabs_leave_with_it(fables: Callable[..., BrowserContext], client_of_fable: Victim) -> None:
    context = fables()
    other = at_the_client(context, client_of_fable)
    page = at_the_client(context, client_of_fable)

    press(page)

    expect(other.locator("h1")).to_have_text(OUT)


def test_nobody_waits_for_a_server_that_hangs_and_the_session_ends_when_it_goes_on(
    fables: Callable[..., BrowserContext], client_of_fable: Victim, server: Any
) -> None:
    page = at_the_client(fables(), client_of_fable)
    with server.connect(connection.settings_dict["NAME"]) as superuser, superuser.transaction():
        superuser.execute("SELECT * FROM accounts_signin FOR UPDATE")

        press(page)

        expect(page.locator("h1")).to_have_text(OUT, timeout=3_000)
        waiting.until_somebody_waits()
        assert SignIn.objects.filter(ended_at=None).exists()
    eventually_over()


def test_nobody_gets_in_again_where_the_end_of_the_sign_in_cannot_be_written(
    browser_of_fable: Client, client_of_fable: Victim, server: Any
) -> None:
    SignIn.objects.update(last_seen_at=F("last_seen_at") - 2 * STORED_EVERY)
    with server.connect(connection.settings_dict["NAME"]) as superuser, superuser.transaction():
        superuser.execute("SELECT * FROM accounts_signin FOR UPDATE")
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")

        answer = browser_of_fable.get(leaving.EXIT)

    assert answer.headers["Location"] == leaving.ELSEWHERE
    assert not BrowserSession.objects.exists()
    assert browser_of_fable.get(f"/victims/{client_of_fable.ref}/").status_code == 302


@pytest.mark.parametrize("saving", [True, False])
def test_exit_while_a_form_is_saved_leaves_at_once_and_the_save_is_whole_or_nothing(
    fables: Callable[..., BrowserContext], actor: Actor, client_of_fable: Victim, server: Any, saving: bool
) -> None:
    attempt = contacts.begin(
        actor=actor, ref=client_of_fable.ref, channel=Channel.CALL, submission="a call", at=timezone.now()
    )
    page = fables().new_page()
    page.goto(f"/contacts/attempts/{attempt}/")
    page.get_by_label("Reached them").check()
    with server.connect(connection.settings_dict["NAME"]) as superuser, superuser.transaction():
        superuser.execute("SELECT * FROM advocacy_attempt FOR UPDATE")
        if saving:
            page.get_by_role("button", name="Save", exact=True).click(no_wait_after=True)
            waiting.until_somebody_waits()

        for _ in range(3):
            page.keyboard.press("Shift")  # keys wait for no answer

        expect(page.locator("h1")).to_have_text(OUT, timeout=3_000)
    eventually_over()
    eventually(lambda: (Attempt.objects.get(ref=attempt).outcome != "") is saving)


def test_the_button_is_a_whole_bar_on_a_phone_and_leaves_the_identity_bar_where_it_is(
    fables: Callable[..., BrowserContext], client_of_fable: Victim
) -> None:
    page = at_the_client(fables(), client_of_fable)
    button, bar = page.get_by_role("button", name=looking.LEAVE), page.locator(".desist-safe")

    page.set_viewport_size({"width": 390, "height": 844})
    phone = button.bounding_box()
    page.set_viewport_size({"width": 1280, "height": 900})
    wide, identity, main = button.bounding_box(), bar.bounding_box(), page.locator("main").bounding_box()

    assert phone
    assert wide
    assert identity
    assert main
    assert (phone["x"], phone["width"]) == (0, 390)
    assert (identity["x"], identity["width"]) == (main["x"], main["width"])
    assert wide["y"] + wide["height"] <= identity["y"]


def test_the_browser_keeps_no_address(fables: Callable[..., BrowserContext], client_of_fable: Victim) -> None:
    context = fables()
    page = at_the_client(context, client_of_fable)
    origin = page.url.split("/victims")[0]
    browser = context.new_cdp_session(page)

    kept = [
        browser.send(
            "DOMStorage.getDOMStorageItems",
            {"storageId": {"securityOrigin": origin, "isLocalStorage": local}},
        )["entries"]
        for local in (False, True)
    ]

    assert kept == [[], []]


@pytest.mark.parametrize("route", ["accounts:exit", "accounts:sign-out"])
def test_the_browser_is_told_to_forget(browser_of_fable: Client, route: str) -> None:
    answer = browser_of_fable.get(reverse(route), headers={"Sec-Fetch-Site": "same-origin"})

    assert answer.status_code == 302
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 0
    assert SignIn.objects.filter(ended_at=None).count() == 0


def test_a_link_of_another_site_leads_away_and_ends_nothing(browser_of_fable: Client) -> None:
    answer = browser_of_fable.get(leaving.EXIT, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer["Location"] == leaving.ELSEWHERE
    assert SignIn.objects.filter(ended_at=None).exists()


def test_a_locked_page_can_be_left_and_one_where_nobody_is_signed_in(
    browser_of_fable: Client, client: Client
) -> None:
    SignIn.objects.update(last_seen_at=timezone.now() - timezone.timedelta(minutes=20))  # type: ignore[attr-defined]

    for one in (browser_of_fable, client):
        assert one.get(leaving.EXIT)["Location"] == leaving.ELSEWHERE
    assert not SignIn.objects.filter(ended_at=None).exists()


def test_a_fault_at_the_exit_leads_away_all_the_same(client: Client, rf: Any) -> None:
    from desist.ui import errors

    assert errors.handler500(rf.get(leaving.EXIT))["Location"] == leaving.ELSEWHERE
    assert reverse("accounts:exit") == leaving.EXIT
