"""In a real browser, on a phone that has a lock of its own: added in the room, opened with one tap, and removed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import CDPSession, Page, expect
from tests import looking
from tests.accounts.test_passkeys_in_browser import DEVICE
from tests.looking import follow
from tests.participant.conftest import PIN
from tests.participant.test_browser import db, looked_at, may_call, phones

from desist.programme.episodes.models import Episode
from desist.programme.phones.models import Phone

pytestmark = pytest.mark.browser
__all__ = ["db", "may_call", "phones"]

LOCK = "Use this phone’s lock"
OPEN = "Open with this phone’s lock"


@pytest.fixture
def address(db: None, settings: Any, tmp_path: Path) -> Iterator[str]:
    """The pages under a name: a passkey belongs to one, never to a number."""
    settings.WHITENOISE_USE_FINDERS = True
    settings.STATIC_ROOT = str(tmp_path)
    with looking.served("my-week.localhost") as served:
        yield served


def with_lock(page: Page, **wishes: Any) -> tuple[CDPSession, str]:
    """Give this phone a lock; return the session that speaks with it, and its name there."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    device = session.send("WebAuthn.addVirtualAuthenticator", {"options": {**DEVICE, **wishes}})
    return session, device["authenticatorId"]


def added(page: Page) -> None:
    page.get_by_role("link", name="How this phone opens").click()
    page.get_by_label("Your six digits").fill(PIN)
    page.get_by_role("button", name=LOCK).click()
    expect(page.get_by_text("These pages open with this phone’s own lock")).to_be_visible()


def test_added_with_the_digits_opened_with_one_tap_and_removed(
    phones: Callable[..., Page], robin: Episode
) -> None:
    page = phones(robin)
    session, device = with_lock(page)
    follow(page.get_by_role("link", name="How this phone opens"))
    looked_at(page, "lock-to-add")
    follow(page.get_by_role("link", name="Back to today"))
    added(page)
    looked_at(page, "lock-added")
    (kept,) = session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert (kept["rpId"], kept["isResidentCredential"]) == ("my-week.localhost", False)

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name=OPEN)).to_be_visible()
    looked_at(page, "lock-to-open")
    page.get_by_role("button", name=OPEN).click()
    expect(page.get_by_text("Strongest urge")).to_be_visible()

    page.get_by_role("link", name="How this phone opens").click()
    page.get_by_role("button", name="Open with my six digits only").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Your six digits")).to_be_visible()
    assert page.get_by_role("button", name=OPEN).count() == 0


def test_a_finger_that_is_not_theirs_leaves_the_digits(phones: Callable[..., Page], robin: Episode) -> None:
    page = phones(robin)
    session, device = with_lock(page)
    added(page)
    page.get_by_role("button", name="Sign out").click()
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name=OPEN).click()
    expect(page.get_by_text("No passkey was used")).to_be_visible(timeout=70_000)

    page.get_by_label("Your six digits").fill(PIN)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Strongest urge")).to_be_visible()


def test_a_phone_without_a_lock_says_so_and_keeps_the_digits(
    phones: Callable[..., Page], robin: Episode
) -> None:
    page = phones(robin)
    page.add_init_script("delete window.PublicKeyCredential")
    page.get_by_role("link", name="How this phone opens").click()

    expect(page.get_by_text("This browser cannot use the phone’s lock.")).to_be_visible()
    assert page.get_by_role("button", name=LOCK).is_hidden()


def test_a_phone_that_was_ended_is_not_opened_by_its_lock(
    phones: Callable[..., Page], robin: Episode
) -> None:
    page = phones(robin)
    with_lock(page)
    added(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name=OPEN)).to_be_visible()
    Phone.objects.update(ended_at=timezone.now(), ended_by="x")
    page.get_by_role("button", name=OPEN).click()

    expect(page.get_by_label("Code from your practitioner")).to_be_visible()
    expect(page.get_by_text("That did not work.")).to_be_visible()
