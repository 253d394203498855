"""In a real browser: every kind of page about an order with axe finding nothing, at 320 px too, and one journey."""

import functools
import os
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.fixtures import Settings
from tests.partnership import factories as police
from tests.partnership.orders import factories

from desist.partnership.orders.models import Order
from desist.partnership.pairs.states import Happened

pytestmark = pytest.mark.browser

#: GOV.UK's conditional radios carry aria-expanded on purpose
ALLOWED = {"aria-allowed-attr"}


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
def address(db: None, settings: Settings, tmp_path: Path) -> Iterator[str]:
    """The partnership, served from a thread."""
    settings.WHITENOISE_USE_FINDERS = True  # from where they are written
    settings.STATIC_ROOT = str(tmp_path)

    def serve(environ: dict[str, Any], start_response: Any) -> Any:
        return handler()(environ, start_response)

    server = ThreadedWSGIServer(("127.0.0.1", 0), Silent)
    server.set_app(serve)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(params=[1200, 320])
def window(
    request: pytest.FixtureRequest, browser: Browser, address: str, desk: Client, settings: Settings
) -> Iterator[BrowserContext]:
    """A window in which Emrys is signed in, wide or as narrow as a phone."""
    context = browser.new_context(base_url=address, viewport={"width": request.param, "height": 900})
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": desk.cookies[name].value, "url": address}])
    yield context
    context.close()


@pytest.fixture
def order(db: None) -> Order:
    """An order in force with something of everything."""
    made = timezone.localdate() - timedelta(days=60)
    order = factories.in_force(
        applied_on=made - timedelta(days=9),
        made_on=made,
        served_on=made + timedelta(days=1),
        ends_on=made + timedelta(days=800),
        conditions=2,
    )
    factories.duty(order=order, began_on=made, due_on=made + timedelta(days=3))
    factories.application(order=order, filed_on=made + timedelta(days=20))
    factories.breach(order=order, happened_on=made + timedelta(days=9), reported_on=made + timedelta(days=10))
    factories.copy(order=order)
    order.happenings.create(
        on=made, at=timezone.now(), by="carol", title="Made by the court", note="Northmere"
    )
    return order


def looked_at(page: Page, address: str) -> None:
    """Nothing is wider than the window, and axe finds nothing."""
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]  # it was set
    found = [one["id"] for one in Axe().run(page).response["violations"] if one["id"] not in ALLOWED]
    assert found == [], (address, found)


def test_every_kind_of_page_reads_well(window: BrowserContext, order: Order) -> None:
    page = window.new_page()
    duty, application, breach = (
        order.notifications.get(),
        order.applications.get(),
        order.breaches.get(),
    )

    for address in (
        "/orders/",
        "/orders/due/",
        "/orders/start/",
        f"/orders/{order.ref}/",
        f"/orders/{order.ref}/serve/",
        f"/applications/{order.ref}/file/",
        f"/applications/{order.ref}/{application.ref}/decide/",
        f"/notifications/{order.ref}/{duty.ref}/look/",
        f"/breaches/{order.ref}/record/",
        f"/breaches/{order.ref}/{breach.ref}/",
        f"/copies/{order.ref}/store/",
        "/register/import/",
        "/calendar/",
    ):
        looked_at(page, address)


@pytest.mark.usefixtures("own_keys")
@pytest.mark.parametrize("width", [1200, 320])
def test_the_pages_of_the_switchboard_read_well(
    browser: Browser, address: str, officer: Client, settings: Settings, width: int
) -> None:
    person = police.referral()
    side, asked = police.side(pair=person.pair), police.side(state="asked")
    for one in (side, asked):
        one.happened(Happened.ASKED, by="post", at=timezone.now())
    alert, report = police.alert(referral=person), police.report()
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 900})
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": officer.cookies[name].value, "url": address}])
    page = context.new_page()

    for path in (
        "/",
        "/pairs/",
        "/pairs/type-in/",
        f"/pairs/{side.ref}/",
        f"/pairs/{side.ref}/end/",
        f"/pairs/{asked.ref}/",
        f"/pairs/referral/{person.ref}/",
        f"/switchboard/{person.ref}/ask/",
        "/reports/",
        f"/reports/{report.ref}/",
        "/alerts/",
        f"/alerts/{alert.ref}/",
        f"/alerts/{alert.ref}/acknowledge/",
        "/duty/",
        "/duty/add/",
    ):
        looked_at(page, path)
    context.close()


def test_an_order_page_is_kept_for_the_documentation(window: BrowserContext, order: Order) -> None:
    page = window.new_page()

    page.goto(f"/orders/{order.ref}/")

    expect(page.get_by_role("heading", name="Dates")).to_be_visible()
    expect(page.locator("svg.desist-dates")).to_be_visible()
    folder, wide = os.environ.get("DESIST_PICTURES"), page.viewport_size
    if folder and wide and wide["width"] == 1200:
        page.locator("#dates").scroll_into_view_if_needed()
        page.screenshot(path=Path(folder) / "order.png")


def test_a_register_is_taken_over_by_hand(window: BrowserContext, tmp_path: Path) -> None:
    page = window.new_page()
    page.goto("/register/import/")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download the template").click()
    template = tmp_path / "template.csv"
    downloading.value.save_as(template)

    page.locator("input[type=file]").set_input_files(template)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("no problem found")).to_be_visible()
    page.get_by_role("button", name="Import 1 order").click()

    expect(page.get_by_role("button", name="Enter an order")).to_be_visible()
    assert Order.objects.get().made_on == date(2026, 3, 1)
