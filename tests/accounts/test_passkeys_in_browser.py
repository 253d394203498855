"""In a real browser, with a device that holds passkeys: invited, joined, signed out and in, locked and back with one tap."""

import time
from base64 import b32decode
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests import looking
from tests.accounts.conftest import AREA, link_to
from tests.accounts.pages import BEFORE_SIGN_IN, OF_ONESELF

from desist.accounts.factors import codes
from desist.accounts.models import Account, Passkey, SignIn
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.browser

PASSWORD = "seven purple otters hum"
SIX_DIGITS = "The six digits that the app shows"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def db(committed: Any) -> Iterator[None]:
    """Real commits, since the server answers in threads of its own; and a site that allows passwords as well."""
    with override_settings(DESIST_PASSWORDS=True):
        yield


@pytest.fixture
def address(db: None) -> Iterator[str]:
    """The programme, under a name: a passkey belongs to one, never to a number."""

    with looking.served("programme.localhost") as served:
        yield served


@pytest.fixture
def browsing(browser: Browser, address: str) -> Iterator[Callable[..., BrowserContext]]:
    """Browsers of different people."""
    opened = []

    def browsing(**wishes: Any) -> BrowserContext:
        context = browser.new_context(base_url=address, **wishes)
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield browsing
    for context in opened:
        context.close()


def with_device(context: BrowserContext) -> Page:
    """A page in a browser whose device makes and keeps passkeys."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page


def test_from_the_invitation_to_one_tap_after_a_pause(
    browsing: Callable[..., BrowserContext], ada: Account, now: datetime
) -> None:
    administrator = with_device(browsing())
    administrator.goto(link_to(ada, now))
    administrator.get_by_role("button", name="Make your passkey").click()
    administrator.get_by_role("button", name="I have saved them").click()
    administrator.get_by_role("link", name="Accounts", exact=True).click()
    administrator.get_by_role("button", name="Invite a colleague").click()
    administrator.get_by_label("Full name").fill("Sam Lowe")
    administrator.get_by_label("Work e-mail address").fill("sam@service.example")
    administrator.get_by_label("Behaviour change practitioner").check()
    administrator.get_by_label(AREA).check()
    administrator.get_by_role("button", name="Invite").click()
    link = administrator.locator(".desist-link").inner_text()

    page = with_device(browsing())
    page.clock.install()
    page.goto(link)
    page.get_by_role("button", name="Make your passkey").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    expect(page.locator(".desist-codes li")).to_have_count(10)
    page.get_by_role("button", name="I have saved them").click()
    looking.own_menu(page, "Sign out")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("You are signed in.")).to_be_visible()

    looking.own_menu(page, "Your account")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_label("What do you call this device?").fill("Half typed")
    page.evaluate("document.querySelector('#id_name').setSelectionRange(2, 5)")
    SignIn.objects.update(last_seen_at=now - timedelta(minutes=16))
    page.clock.fast_forward("16:00")
    expect(page.get_by_role("heading", name="Locked")).to_be_visible()
    expect(page.get_by_role("button", name="Unlock with a passkey")).to_be_focused()
    assert looking.against(page, "locked") == []
    page.keyboard.press("Enter")

    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("#id_name")).to_be_focused()
    assert page.locator("#id_name").input_value() == "Half typed"
    assert page.evaluate("document.querySelector('#id_name').selectionStart") == 2
    sam = Account.objects.get(name="Sam Lowe")
    assert [event.action for event in AuditEvent.objects.filter(who=sam.ref, allowed=True)][:2] == [
        "accounts.accept_invitation",
        "accounts.sign_in",
    ]
    assert SignIn.objects.filter(grant__account=sam, confirmed_at__isnull=False).count() == 2
    assert Passkey.objects.get(account=sam).used_at


def test_every_page_is_accessible_and_fits_a_phone(
    browsing: Callable[..., BrowserContext], address: str, ada: Account, kit: Account, now: datetime
) -> None:
    page = with_device(browsing(viewport=looking.PHONE))
    made = {"kit": kit.ref, "invitation": link_to(kit, now).rstrip("/").rpartition("/")[2]}
    found = looking.complaints(page, BEFORE_SIGN_IN, made)
    page.goto(f"/account/accept/{made['invitation']}/password/")
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label(SIX_DIGITS)).to_be_visible()
    found += looking.against(page, "code")
    page.goto(link_to(ada, now))
    page.get_by_role("button", name="Make your passkey").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    found += looking.against(page, "codes")

    page.goto("/account/authenticator/password/")
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label(SIX_DIGITS)).to_be_visible()
    found += looking.against(page, "own-code")

    found += looking.complaints(page, OF_ONESELF, {**made, "passkey": Passkey.objects.get(account=ada).ref})

    assert set(found) == looking.answered(address, "account/accept/nothing/", "410 (Gone)")


def test_without_scripts_the_sign_in_page_says_so_and_offers_the_other_way(
    browsing: Callable[..., BrowserContext], now: datetime
) -> None:
    page = browsing(java_script_enabled=False).new_page()

    page.goto("/account/sign-in/")

    expect(page.get_by_text("A passkey needs JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)
    page.get_by_role("link", name="Sign in with a password and a code").click()
    expect(page.get_by_label("Code", exact=True)).to_be_visible()


def by_password(page: Page, link: str) -> bytes:
    """Open an invitation and choose a password; what the authenticator app then holds."""
    page.goto(f"{link}password/")
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    secret = b32decode((page.locator("details code").text_content() or "").replace(" ", ""))
    page.get_by_label(SIX_DIGITS).fill(codes._totp(secret).generate(time.time()).decode())
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("button", name="I have saved them").click()
    page.wait_for_url("**/account/")  # loaded, with the scripts that a clock put forward is to find running
    return secret


def test_password_and_code_are_both_asked_before_a_passkey_is_added(
    browsing: Callable[..., BrowserContext], kit: Account, now: datetime
) -> None:
    page = browsing().new_page()
    secret = by_password(page, link_to(kit, now))
    SignIn.objects.update(confirmed_at=now - timedelta(minutes=11))

    page.goto("/account/passkeys/add/")
    found = looking.against(page, "confirm-both")
    page.get_by_label("Your password", exact=True).fill(PASSWORD)
    page.get_by_label("Code", exact=True).fill(codes._totp(secret).generate(time.time() + 30).decode())
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_role("heading", name="Add a passkey")).to_be_visible()
    assert found == []


def test_a_cancelled_tap_says_so_and_a_password_unlocks_in_place(
    browsing: Callable[..., BrowserContext], kit: Account, now: datetime
) -> None:
    page = browsing().new_page()  # a device without passkeys
    page.clock.install()
    link = link_to(kit, now)
    by_password(page, link)
    SignIn.objects.update(last_seen_at=now - timedelta(minutes=16))

    page.clock.fast_forward("16:00")
    expect(page.get_by_label("Your password, or a code")).to_be_focused()
    page.keyboard.type("nonsense")
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_contain_text("That was not right")
    page.get_by_label("Your password, or a code").fill(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.locator("dialog")).to_have_count(0)
