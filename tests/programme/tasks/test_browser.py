"""In a real browser: a task goes to a colleague, comes back and is done, and the clicks are counted."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page, expect
from tests import staff
from tests.programme import factories

from desist.programme.episodes.models import Allocation, Episode
from desist.tasks.models import Task
from desist.ui import dates
from desist.wall.actors import Role

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("own_keys")]

WORDS = "Ring the housing officer"


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


class Clicks:
    """Counts what a hand does with the mouse."""

    def __init__(self) -> None:
        self.number = 0

    def on(self, element: Locator) -> None:
        self.number += 1
        element.click()


def write(page: Page, clicks: Clicks, *, to: str) -> None:
    """Fill in a new task."""
    page.get_by_label("What is to be done?").fill(WORDS)
    choose(page, clicks, to)
    day = dates.day_of(factories.NOW).replace(year=2027)
    for part in ("day", "month", "year"):
        page.locator(f"[name=due_on-{part}]").fill(str(getattr(day, part)))
    clicks.on(page.get_by_role("button", name="Save the task"))


def choose(page: Page, clicks: Clicks, who: str) -> None:
    clicks.number += 1
    page.get_by_label(who, exact=True).check()


def test_a_task_goes_to_a_colleague_comes_back_and_is_done(
    browsing: Callable[..., BrowserContext], kit_browser: Client, episode: Episode
) -> None:
    noor = staff.account(name="Noor Hale")
    colleague = factories.practitioner(account=noor)
    Allocation.objects.create(
        episode=episode, practitioner=colleague, leave=factories.leave(practitioner=episode.allocations.get().practitioner, cover=colleague), made_by="carol", made_at=factories.NOW
    )  # fmt: skip
    kit = browsing(client=kit_browser, viewport={"width": 390, "height": 844}).new_page()
    hers = browsing(client=staff.browser(account=noor, role=Role.PRACTITIONER)).new_page()
    clicks = Clicks()

    kit.goto(f"/episodes/{episode.ref}/")
    clicks.on(kit.get_by_role("link", name="New task"))
    write(kit, clicks, to="Noor Hale")
    expect(kit.locator("main")).to_contain_text("The task is in the To do of Noor Hale")
    assert clicks.number == 3  # the link, who, save

    hers.goto("/")
    clicks.on(hers.get_by_role("link", name=WORDS))
    choose(hers, clicks, "Kit Marlow")
    hers.get_by_label("A line for them").fill("He prefers you.")
    clicks.on(hers.get_by_role("button", name="Hand the task over"))
    expect(hers.locator("main")).to_contain_text("Handed over to Kit Marlow")
    assert clicks.number == 6  # the line, who, hand over

    kit.goto("/")
    clicks.on(kit.get_by_role("button", name="Done"))
    expect(kit.locator("main")).to_contain_text("Done today")
    assert clicks.number == 7
    assert Task.objects.exclude(done_at=None).count() == 1
    assert kit.evaluate("document.documentElement.scrollWidth") <= 390
