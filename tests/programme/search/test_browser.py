"""In a real browser: a person is found from the first page with one field, and Back returns to what was found."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, expect
from tests import looking
from tests.programme import factories

from desist.programme.practitioners.models import Practitioner

pytestmark = pytest.mark.browser

PAST_THE_DOOR = 2.0  # seconds


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


@pytest.mark.parametrize("scripts", [True, False])
def test_a_person_is_found_from_the_first_page_with_one_field_and_one_click(
    browsing: Callable[..., BrowserContext], kit_browser: Client, practitioner: Practitioner, *, scripts: bool
) -> None:
    for given, phone in (("Quill", "07700 900152"), ("Quilla", "07700 900153")):
        person = factories.referral(given_names=given, family_name="Thornwick", own_phone=phone)
        factories.episode(referral=person, practitioner=practitioner)
    window = browsing(client=kit_browser, viewport=looking.PHONE, java_script_enabled=scripts).new_page()
    window.goto("/")
    box = window.get_by_role("searchbox")
    fields = clicks = 0

    began = time.monotonic()
    box.fill("thronwick quil")
    fields += 1
    box.press("Enter")
    hit = window.get_by_role("link", name="Quill Thornwick", exact=True)
    expect(hit).to_be_visible()
    took = time.monotonic() - began
    assert "hornwick" not in window.url
    assert "hronwick" not in window.url
    hit.click()
    clicks += 1
    expect(window.get_by_text("Quill Thornwick").first).to_be_visible()

    assert (fields, clicks) == (1, 1)
    assert took < PAST_THE_DOOR
    window.go_back()
    expect(hit).to_be_visible()
    expect(window.get_by_role("searchbox")).to_have_value("thronwick quil")
    window.get_by_role("searchbox").fill("+44 7700 900153")
    window.get_by_role("button", name="Search").click()
    expect(window.get_by_text("Quilla Thornwick").first).to_be_visible()
    assert "/episodes/" in window.url
