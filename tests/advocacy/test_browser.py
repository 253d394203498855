"""In a real browser: a call without JavaScript, and what was revealed leaves the page by itself."""

import functools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, expect
from tests import looking
from tests.advocacy import factories

from desist.advocacy.contacts import commands as contacts
from desist.advocacy.contacts.states import Channel
from desist.advocacy.vault import limits
from desist.advocacy.victims import commands as victims
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import How, Purpose
from desist.wall.actors import Actor

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


def test_a_call_is_made_without_javascript(
    fables: Callable[..., BrowserContext], client_of_fable: Victim
) -> None:
    page = fables(java_script_enabled=False).new_page()
    page.goto("/")

    page.get_by_role("link", name="First contact with Robin Hollow").click()
    page.get_by_role("button", name="Begin: call").click()
    expect(page.locator("main")).to_contain_text(factories.PHONE)
    page.get_by_label("Reached them").check()
    page.get_by_role("button", name="Save how it ended").click()

    expect(page.locator("main")).to_contain_text("Call: Reached them")


@pytest.mark.parametrize("scripts", [True, False])
def test_what_was_revealed_leaves_the_open_page_by_itself(
    fables: Callable[..., BrowserContext], actor: Actor, client_of_fable: Victim, scripts: bool
) -> None:
    begun = timezone.now() - limits.CALL + timedelta(seconds=30)  # so that it is over in thirty seconds
    attempt = contacts.begin(
        actor=actor,
        ref=client_of_fable.ref,
        channel=Channel.CALL,
        submission=f"call {scripts}",
        at=begun,
    )
    page = fables(java_script_enabled=scripts).new_page()
    page.goto(f"/contacts/attempts/{attempt}/")
    main = page.locator("main")
    expect(main).to_contain_text(factories.PHONE)
    if scripts:
        page.locator("textarea").first.fill("Typed so far")

    expect(main).not_to_contain_text(factories.PHONE, timeout=60_000)

    assert factories.PHONE not in page.content()
    if scripts:
        assert page.locator("textarea").first.input_value() == "Typed so far"
        expect(main).to_contain_text("Masked again")


def test_the_howto_shows_the_pages_as_they_are(
    fables: Callable[..., BrowserContext], actor: Actor, client_of_fable: Victim
) -> None:
    page = fables(viewport=looking.WIDE).new_page()
    now = timezone.now()
    ref = client_of_fable.ref
    victims.consent(actor=actor, ref=ref, purposes=[Purpose.UPDATES], on=now.date(), how=How.PHONE, at=now)
    factories.update(victim=ref, on=now.date(), received_at=now - timedelta(hours=3))

    for name, path in (("calls-to-make", ""), ("safe-contact", "contacts/{}/"), ("updates", "updates/{}/")):
        page.goto(f"/{path.format(client_of_fable.ref)}")
        expect(page.locator("main")).to_contain_text("Robin Hollow")
        looking.picture(page, name)
