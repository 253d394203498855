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

from desist.accounts.models import SignIn
from desist.advocacy.clients import commands as victims
from desist.advocacy.contacts import commands as contacts
from desist.advocacy.contacts.states import Channel
from desist.advocacy.team.models import Advocate
from desist.advocacy.vault import limits
from desist.advocacy.victims.identity import Identity
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import How, Purpose
from desist.wall.actors import Actor, Role

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

    page.get_by_role("link", name="Robin Hollow: first contact").click()
    page.get_by_role("button", name="Start the call").click()
    expect(page.locator("main")).to_contain_text(factories.PHONE)
    page.get_by_label("Reached them").check()
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator("main")).to_contain_text("Call: Reached them")


def test_what_is_asked_first_about_an_incident_is_short_on_a_phone(
    fables: Callable[..., BrowserContext], client_of_fable: Victim
) -> None:
    page = fables(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"/incidents/{client_of_fable.ref}/record/")

    shown = page.locator("main .govuk-form-group:visible")
    assert page.evaluate("document.documentElement.scrollHeight") <= 2500
    assert shown.filter(has=page.locator("label, legend")).count() <= 10
    page.get_by_text("More: how long, how often").click()
    expect(page.get_by_label("How did it affect them?")).to_be_visible()


def test_a_phone_shows_one_button_over_the_chronology_and_the_others_in_a_list(
    fables: Callable[..., BrowserContext], client_of_fable: Victim
) -> None:
    factories.kept_export(victim=client_of_fable.ref)
    page = fables(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"/chronology/{client_of_fable.ref}/")

    expect(page.get_by_role("button", name="Put ticked records on an exhibit")).to_be_visible()
    expect(page.get_by_role("button", name="Tag what is ticked")).to_be_hidden()
    page.get_by_role("button", name="More", exact=True).click()
    expect(page.get_by_role("button", name="Tag what is ticked")).to_be_visible()

    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.get_by_role("button", name="More", exact=True)).to_be_hidden()
    expect(page.get_by_role("button", name="Tag all these")).to_be_visible()


def test_a_contact_begins_in_the_row_of_the_first_page(
    fables: Callable[..., BrowserContext], client_of_fable: Victim
) -> None:
    page = fables(viewport=looking.PHONE).new_page()
    page.goto("/")

    page.get_by_role("button", name="Call Robin Hollow").click()

    expect(page.get_by_role("link", name=factories.PHONE)).to_have_attribute("href", "tel:01632960077")
    assert looking.against(page, "call under way") == []


@pytest.mark.parametrize("scripts", [True, False])
def test_whoever_is_asked_in_between_who_they_are_goes_on_to_what_they_asked_for(
    fables: Callable[..., BrowserContext],
    client_of_fable: Victim,
    monkeypatch: pytest.MonkeyPatch,
    scripts: bool,
) -> None:
    monkeypatch.setenv("DESIST_DEMO", "1")
    page = fables(viewport=looking.PHONE, java_script_enabled=scripts).new_page()
    SignIn.objects.update(confirmed_at=None)
    page.goto(f"/vault/{client_of_fable.ref}/")
    card = page.locator(".govuk-summary-card", has_text="Telephone")
    card.get_by_text("Reveal").first.click()
    card.get_by_label("They may be in danger now").check()
    card.get_by_role("button", name="Reveal").click()

    expect(page.get_by_role("heading", name="Confirm that it is you")).to_be_visible()
    if scripts:
        assert looking.against(page, "step up") == []
    page.get_by_role("button", name="Continue as Fable Trelissick").click()

    expect(page.get_by_role("heading", name="Contact details")).to_be_visible()
    expect(page.get_by_role("link", name=factories.PHONE)).to_be_visible()


def test_what_the_officer_wrote_and_who_reached_a_limit_look_right(
    fables: Callable[..., BrowserContext],
    browsing: Callable[..., BrowserContext],
    signed_in: Callable[..., Client],
    client_of_fable: Victim,
    advocate: Advocate,
) -> None:
    said = "Text only, after 6pm on weekdays. Say you are from the dental surgery."
    who = Identity("Wren", "Further", safety=said)
    wren = factories.victim(advocate=advocate, identity=who, way_in="police")
    row = factories.locator(victim=client_of_fable.ref)
    for _ in range(limits.BUDGET):
        factories.reveal(locator=row, by=advocate.ref, at=timezone.now() - 2 * limits.GLANCE)
    noor = signed_in(role=Role.ADVOCACY_MANAGER, account=factories.account(name="Noor Quenington"))
    made = {"w": wren.ref}

    page = fables(viewport=looking.PHONE).new_page()
    found = looking.complaints(page, ("", "victims/{w}/", "contacts/{w}/", "contacts/{w}/times/"), made)
    page.goto(f"/vault/{client_of_fable.ref}/")
    card = page.locator(".govuk-summary-card", has_text="Telephone")
    card.get_by_text("Reveal").first.click()
    card.get_by_label("They may be in danger now").check()
    card.get_by_role("button", name="Reveal").click()
    expect(page.locator("main")).to_contain_text("Ask Noor Quenington to allow more for today")
    found += looking.against(page, "reveals stopped")
    managers = browsing(client=noor, viewport=looking.PHONE).new_page()
    found += looking.complaints(managers, ("", "vault/allow/", "account/alerts/"), made)

    assert found == []


@pytest.mark.parametrize("scripts", [True, False])
def test_what_was_revealed_leaves_the_open_page_by_itself(
    fables: Callable[..., BrowserContext], actor: Actor, client_of_fable: Victim, scripts: bool
) -> None:
    begun = timezone.now() - limits.CALL + timedelta(seconds=12)  # so that it is over in twelve seconds
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

    exhibit = factories.exhibit(victim=ref)
    kept = exhibit.rows.get().original
    exhibit.rows.create(original=kept, number=2)
    page.goto(f"/exhibits/one/{exhibit.ref}/")
    expect(page.locator("main")).to_contain_text("[redacted: private]")
    looking.picture(page, "exhibit")
