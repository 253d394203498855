"""In a real browser, by clicks alone: a practitioner writes the risk form, and the manager whom they ask signs it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, expect
from tests import staff
from tests.programme import factories

from desist.programme.episodes.models import Episode
from desist.wall.actors import Role

pytestmark = pytest.mark.browser


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


def test_a_risk_form_is_written_and_signed_by_clicks(
    browsing: Callable[..., BrowserContext], kit_browser: Client, episode: Episode
) -> None:
    ola = staff.browser(account=factories.account(name="Ola Reed"), role=Role.MANAGER)
    kit, manager = browsing(client=kit_browser).new_page(), browsing(client=ola).new_page()
    kit.goto("/")
    kit.get_by_role("link", name="People", exact=True).click()
    kit.get_by_role("link", name="Robin Example").click()
    kit.get_by_role("link", name="Risk and concerns").click()
    kit.get_by_role("link", name="Risk form", exact=True).click()
    kit.get_by_role("button", name="Begin the risk form").click()
    kit.get_by_role("textbox", name="The day it must be reviewed by").first.fill("1/3/2027")
    kit.get_by_role("button", name="Begin", exact=True).click()
    kit.get_by_role("button", name="Add a scenario").click()
    kit.get_by_label("Whom would it harm?").select_option("Children")
    kit.get_by_label("Whom exactly, in kind?").fill("Two children of a former partner")
    kit.get_by_label("What might happen?").fill("He waits at the school gate.")
    kit.get_by_label("Possible").check()
    kit.get_by_label("Within weeks").check()
    kit.get_by_label("What would warn of it?").fill("He asks about term dates.")
    kit.get_by_role("button", name="Save the scenario").click()
    expect(kit.get_by_role("main")).to_contain_text("Possible; within weeks")
    kit.get_by_role("link", name="Ask for the second signature").click()
    kit.get_by_label("Ola Reed").check()
    kit.get_by_role("button", name="Ask for the signature").click()
    expect(kit.get_by_role("main")).to_contain_text("Waiting for the second signature")

    manager.goto("/")
    manager.get_by_role("link", name="Read and sign the risk form").click()
    manager.get_by_role("link", name="Robin Example").click()
    manager.get_by_role("button", name="Sign or give back").click()
    manager.get_by_label("Sign the risk form").check()
    manager.get_by_role("button", name="Save").click()
    expect(manager.get_by_role("main")).to_contain_text("Signed by")

    manager.goto("/")
    expect(manager.get_by_role("heading", name="Done today")).to_be_visible()
