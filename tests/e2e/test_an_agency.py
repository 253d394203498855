"""The programme refers a person, who said no, to an alcohol service that answers by a link: two people, and two ways."""

import re

import pytest
from playwright.sync_api import Browser, expect
from tests.e2e.agency_steps import (
    BRIDGE,
    agree_as_the_second,
    answer_by_the_link,
    make_a_link,
    refer_against_a_no,
)
from tests.e2e.steps import SignIn, menu

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_person_is_referred_to_an_alcohol_service_that_answers_by_a_link(
    somebody: SignIn, browser: Browser
) -> None:
    practitioner = somebody("programme", "Ashby Quillon")
    name = refer_against_a_no(practitioner)
    agree_as_the_second(somebody("programme", "Morgan Fernwell"), name)
    link, code = make_a_link(practitioner)

    context = browser.new_context(java_script_enabled=False)
    visitor = context.new_page()
    visitor.goto(link)
    answer_by_the_link(visitor, name, code)
    context.close()

    menu(practitioner, "To do")
    practitioner.locator("main").get_by_role(
        "link", name=re.compile(f"{re.escape(name)}.*{BRIDGE} answered: read it")
    ).first.click()
    expect(practitioner.locator("main")).to_contain_text("A first talk on Monday.")
    practitioner.get_by_role("button", name="I have read it").click()
    expect(practitioner.locator("main")).to_contain_text("Accepted")
