"""In a real browser: every page at the width of a telephone with axe finding nothing, and without JavaScript."""

import functools
import os
import threading
from collections.abc import Callable, Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django.fixtures import Settings
from tests.advocacy import factories

from desist.accounts.models import Account
from desist.advocacy.contacts import commands as contacts
from desist.advocacy.contacts.states import Channel
from desist.advocacy.contacts.windows import Window
from desist.advocacy.contacts.words import Words
from desist.advocacy.team.models import Advocate
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault import limits
from desist.advocacy.vault.states import Kind
from desist.advocacy.victims.models import Victim
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.browser

#: where the how-to's pictures go: DESIST_IMAGES=docs/images draws them anew
IMAGES = os.environ.get("DESIST_IMAGES", "")


class Silent(WSGIRequestHandler):
    """Writes no log."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@functools.cache
def handler() -> WSGIHandler:
    return WSGIHandler()


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


@pytest.fixture
def address(db: None, _static_files: None, own_keys: Path, settings: Settings) -> Iterator[str]:
    """The advocacy zone, served from a thread."""
    settings.WHITENOISE_USE_FINDERS = True  # from where they are written
    settings.DESIST_SITE_NAME = "Harbour Advocacy"

    def serve(environ: dict[str, Any], start_response: Any) -> Any:
        return handler()(environ, start_response)

    server = ThreadedWSGIServer(("127.0.0.1", 0), Silent)
    server.set_app(serve)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def browsing(
    browser: Browser, address: str, signed_in: Callable[..., Client], settings: Settings
) -> Iterator[Callable[..., BrowserContext]]:
    """Windows in which somebody is signed in."""
    opened = []

    def browsing(
        *, role: Role = Role.ADVOCATE, account: Account | None = None, **wishes: Any
    ) -> BrowserContext:
        context = browser.new_context(base_url=address, **wishes)
        name = settings.SESSION_COOKIE_NAME
        value = signed_in(role=role, account=account).cookies[name].value
        context.add_cookies([{"name": name, "value": value, "url": address}])
        opened.append(context)
        return context

    yield browsing
    for context in opened:
        context.close()


@pytest.fixture
def client_of_fable(actor: Actor, advocate: Advocate) -> Victim:
    """Robin, whom it is safe to call at any hour, with somebody beside who must wait."""
    now = timezone.now()
    robin = factories.victim(advocate=advocate, received_at=now - timedelta(hours=40))
    words = Words(say="Sam from the library", if_other="Sorry, wrong number", code_word="the blue book")
    contacts.arrange(actor=actor, ref=robin.ref, words=words, version=0, at=now)
    window = Window(Channel.CALL, tuple(range(7)), time(0), time(23, 59, 59))
    contacts.add_time(actor=actor, ref=robin.ref, window=window, at=now)
    other = factories.victim(advocate=advocate, received_at=now - timedelta(hours=60))
    contacts.mark_not_safe(actor=actor, ref=other.ref, at=now)
    return robin


PAGES = (
    "",
    "victims/",
    "victims/start/",
    "victims/{v}/",
    "victims/{v}/consents/",
    "victims/{v}/pause/",
    "victims/{v}/close/",
    "vault/{v}/",
    "vault/{v}/keep/",
    "vault/search/",
    "contacts/{v}/",
    "contacts/{v}/words/",
    "contacts/{v}/times/",
    "contacts/attempts/{a}/",
    "safety/{v}/plan/",
    "safety/{v}/needs/",
    "safety/{v}/choices/",
    "safety/{v}/children/",
    "safety/{v}/notes/",
    "incidents/{v}/",
    "incidents/{v}/record/",
    "incidents/one/{i}/",
    "team/declare/",
    "disclosures/{v}/",
    "disclosures/{v}/start/",
    "disclosures/one/{d}/",
    "disclosures/one/{d}/write/",
    "disclosures/one/{d}/approve/",
    "disclosures/one/{d}/recall/",
    "post/agreements/",
    "measures/of/{v}/",
    "measures/of/{v}/own-safety/",
    "measures/of/{v}/pcl-5/total/",
    "measures/one/{m}/",
    "updates/{v}/",
    "updates/{v}/add/",
    "updates/{v}/entitlement/",
    "updates/tell/{a}/",
    "police/{v}/",
    "police/{v}/ask/",
    "police/{v}/alert/",
    "letters/{v}/",
    "letters/{l}/posted/",
    "packs/of/{i}/",
    "packs/of/{i}/paper/",
    "packs/{p}/",
    "alerts/",
    "alerts/{al}/",
    "alerts/{al}/acknowledge/",
    "duty/",
)
MANAGERS = ("", "team/", "victims/{v}/allocate/", "vault/{v}/destroy/", "post/agreements/keep/")


def complaints(context: BrowserContext, paths: tuple[str, ...], names: dict[str, str]) -> list[str]:
    """What axe, the console and the width find."""
    page = context.new_page()
    found: list[str] = []
    page.on("console", lambda message: found.append(f"{page.url} {message.text}"))
    for path in paths:
        page.goto("/" + path.format(**names))
        found += [
            f"{path} {one['id']}: {node['html'][:150]}"
            for one in Axe().run(page).response["violations"]
            for node in one["nodes"]
            if "aria-expanded" not in node["html"]
        ]
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            found.append(f"{path} is wider than a phone")
        if page.get_by_role("button", name="Exit this page").count() == 0:
            found.append(f"{path} cannot be left quickly")
    return found


def test_every_page_is_accessible_fits_a_phone_and_can_be_left_quickly(
    browsing: Callable[..., BrowserContext], client_of_fable: Victim, actor: Actor
) -> None:
    ref = client_of_fable.ref
    factories.need(victim=ref)
    factories.update(victim=ref)
    letter = factories.letter(victim=ref)
    vault.check_for_post(
        actor=actor,
        locator=factories.locator(victim=ref, kind=Kind.HOME).ref,
        safe=True,
        at=timezone.now(),
    )
    names = {
        "v": ref,
        "l": letter.ref,
        "a": factories.attempt(victim=ref).ref,
        "i": factories.incident(victim=ref).ref,
        "d": factories.disclosure(victim=ref).ref,
        "m": factories.measure(victim=ref).ref,
        "p": factories.pack(incident=factories.incident(victim=ref).ref, rang="The desk").ref,
        "al": factories.alert(case=ref).ref,
    }
    phone = {"viewport": {"width": 320, "height": 640}}

    found = complaints(browsing(**phone), PAGES, names)
    noor = factories.account(name="Noor Quenington")
    found += complaints(browsing(role=Role.ADVOCACY_MANAGER, account=noor, **phone), MANAGERS, names)

    assert found == []


def test_a_call_is_made_without_javascript(
    browsing: Callable[..., BrowserContext], client_of_fable: Victim
) -> None:
    page = browsing(java_script_enabled=False).new_page()
    page.goto("/")

    page.get_by_role("link", name="First contact with Robin Hollow").click()
    page.get_by_role("button", name="Begin: call").click()
    expect(page.locator("main")).to_contain_text(factories.PHONE)
    page.get_by_label("Reached them").check()
    page.get_by_role("button", name="Save how it ended").click()

    expect(page.locator("main")).to_contain_text("Call: Reached them")


@pytest.mark.parametrize("scripts", [True, False])
def test_what_was_revealed_leaves_the_open_page_by_itself(
    browsing: Callable[..., BrowserContext], actor: Actor, client_of_fable: Victim, scripts: bool
) -> None:
    begun = timezone.now() - limits.CALL + timedelta(seconds=12)  # so that it is over in twelve seconds
    attempt = contacts.begin(
        actor=actor,
        ref=client_of_fable.ref,
        channel=Channel.CALL,
        submission=f"call {scripts}",
        at=begun,
    )
    page = browsing(java_script_enabled=scripts).new_page()
    page.goto(f"/contacts/attempts/{attempt}/")
    main = page.locator("main")
    expect(main).to_contain_text(factories.PHONE)
    if scripts:
        page.locator("textarea").first.fill("Typed so far")

    expect(main).not_to_contain_text(factories.PHONE, timeout=30_000)

    assert factories.PHONE not in page.content()
    if scripts:
        assert page.locator("textarea").first.input_value() == "Typed so far"
        expect(main).to_contain_text("Masked again")


def test_the_howto_shows_the_pages_as_they_are(
    browsing: Callable[..., BrowserContext], client_of_fable: Victim, tmp_path: Path
) -> None:
    page = browsing(viewport={"width": 1200, "height": 900}).new_page()
    folder = Path(IMAGES) if IMAGES else tmp_path

    for name, path in (("calls-to-make", "/"), ("safe-contact", f"/contacts/{client_of_fable.ref}/")):
        page.goto(path)
        page.screenshot(path=str(folder / f"{name}.png"))

    assert all((folder / f"{name}.png").stat().st_size > 10_000 for name in ("calls-to-make", "safe-contact"))
