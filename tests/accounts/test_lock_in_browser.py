"""In a real browser: a page that is covered in place, with and without scripts, and pages on a phone."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db.models import F
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests import looking
from tests.accounts.pages import OF_AN_ADMINISTRATOR

from desist.accounts.models import Account, Area, SignIn
from desist.wall.actors import Role

pytestmark = pytest.mark.browser

SignedIn = Callable[..., Client]
Browsing = Callable[..., BrowserContext]


@pytest.fixture
def db(committed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Real commits, since the server answers in threads of its own; and the demo, where a name is enough."""
    monkeypatch.setenv("DESIST_DEMO", "1")


@pytest.fixture
def address(db: None) -> Iterator[str]:
    """The programme, served from a thread."""

    with looking.served() as served:
        yield served


@pytest.fixture
def browsing(browser: Browser, address: str, ada: Account, signed_in: SignedIn) -> Iterator[Browsing]:
    """Windows in which the administrator is signed in, all in one session."""
    opened = []
    value = signed_in(ada, device="Firefox on Linux").cookies[settings.SESSION_COOKIE_NAME].value

    def browsing(**wishes: Any) -> BrowserContext:
        context = browser.new_context(base_url=address, **wishes)
        context.set_default_timeout(10_000)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": address}])
        opened.append(context)
        return context

    yield browsing
    for context in opened:
        context.close()


def pause(now: datetime) -> None:
    """Sixteen minutes go by for the server."""
    SignIn.objects.update(last_seen_at=now - timedelta(minutes=16))


def chosen(page: Page) -> str:
    return str(page.evaluate("document.querySelector('[name=role]:checked')?.value"))


def test_an_idle_page_is_covered_and_comes_back_as_it_was(
    browsing: Browsing, kit: Account, now: datetime
) -> None:
    page = browsing().new_page()
    page.clock.install()
    page.goto(f"/account/people/{kit.ref}/give-role/")
    page.get_by_label("Clinical supervisor").check()
    page.evaluate(
        "Object.assign(document.querySelector('main').appendChild(document.createElement('textarea')), {id: 'long'})"
    )
    page.locator("#long").fill("Typed words")
    page.evaluate("document.querySelector('#long').setSelectionRange(2, 5)")
    pause(now)

    page.clock.fast_forward("16:00")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Locked")).to_be_visible()
    expect(page.get_by_role("button", name="Continue as Ada Linnet")).to_be_focused()
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Enter")

    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("#long")).to_be_focused()
    assert page.locator("#long").input_value() == "Typed words"
    assert page.evaluate("document.querySelector('#long').selectionStart") == 2
    assert chosen(page) == Role.SUPERVISOR
    assert SignIn.objects.get().last_seen_at > now - timedelta(minutes=1)


def test_somebody_who_types_is_not_locked(browsing: Browsing, kit: Account, now: datetime) -> None:
    page = browsing().new_page()
    page.clock.install()
    page.goto(f"/account/people/{kit.ref}/give-role/")
    SignIn.objects.update(last_seen_at=now - timedelta(minutes=10))

    page.clock.fast_forward("10:00")
    with page.expect_response("**/account/here/"):
        page.keyboard.press("ArrowDown")
    page.clock.fast_forward("10:00")

    expect(page.locator("dialog")).to_have_count(0)
    assert SignIn.objects.get().last_seen_at >= now - timedelta(minutes=1)


def test_a_page_covered_while_signed_out_elsewhere_says_so(browsing: Browsing, now: datetime) -> None:
    page = browsing().new_page()
    page.clock.install()
    page.goto("/account/people/")
    SignIn.objects.update(ended_at=now, ended_by="somebody")

    page.clock.fast_forward("16:00")

    expect(page.locator("dialog")).to_contain_text("You are signed out")
    expect(page.get_by_role("button", name="Try again")).to_be_focused()


def test_confirming_in_one_tab_opens_the_others(browsing: Browsing, now: datetime) -> None:
    context = browsing()
    first, second = context.new_page(), context.new_page()
    context.clock.install()
    for tab in (first, second):
        tab.goto("/account/")
    pause(now)
    context.clock.fast_forward("16:00")
    for tab in (first, second):
        expect(tab.locator("dialog")).to_be_visible()

    first.bring_to_front()
    expect(first.get_by_role("button", name="Continue as")).to_be_visible()
    first.keyboard.press("Enter")

    expect(second.locator("dialog")).to_have_count(0)


def test_without_scripts_the_words_come_back_and_are_sent_again(
    browsing: Browsing, kit: Account, now: datetime
) -> None:
    page = browsing(java_script_enabled=False).new_page()
    page.goto(f"/account/people/{kit.ref}/give-role/")
    page.get_by_label("Clinical supervisor").check()
    page.get_by_label("northmere").check()
    pause(now)

    page.get_by_role("button", name="Give the role").click()
    expect(page.get_by_role("heading", name="Locked")).to_be_visible()
    assert not kit.grants.filter(role=Role.SUPERVISOR).exists()
    page.get_by_role("button", name="Continue as").click()
    page.get_by_role("button", name="Send the form again").click()

    expect(page.locator("main")).to_contain_text("The role was given.")
    assert kit.grants.filter(role=Role.SUPERVISOR).exists()


def test_without_scripts_a_locked_page_leads_back(browsing: Browsing, now: datetime) -> None:
    page = browsing(java_script_enabled=False).new_page()
    pause(now)

    page.goto("/account/people/")
    page.get_by_role("button", name="Continue as").click()

    expect(page.get_by_role("heading", name="Accounts", exact=True)).to_be_visible()


@pytest.fixture
def refs(ada: Account, kit: Account, person: Callable[..., Account]) -> dict[str, str]:
    """Whose pages are looked at, and an area: K Marlow looks like Kit Marlow."""
    twin = person("K Marlow", Role.PRACTITIONER).ref
    area = Area.objects.create(code="Southmere", name="South", added_by=ada.ref, added_at=kit.invited_at)
    return {"ada": ada.ref, "kit": kit.ref, "twin": twin, "area": area.ref}


def test_every_page_is_accessible_and_fits_a_phone(
    browsing: Browsing, address: str, ada: Account, refs: dict[str, str], signed_in: SignedIn
) -> None:
    signed_in(ada, device="Safari on iPhone")
    page = browsing(viewport=looking.PHONE).new_page()
    SignIn.objects.update(confirmed_at=F("began_at"))

    found = looking.complaints(page, OF_AN_ADMINISTRATOR, refs)

    assert set(found) == looking.answered(address, "account/lock/", "401 (Unauthorized)")
