"""Need sheets: the 43 areas, what is published of each, what is missing, and what the own area's returns say."""

from typing import Any

import pytest
from django.test import Client
from tests import staff
from tests.commission import factories
from tests.programme.reading import text

from desist.commission.needs import published
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def commissioner(settings: Any) -> Client:
    settings.DESIST_SITE, settings.DESIST_ZONE = "northmere-commission", "commission"
    factories.service()
    return staff.browser(account=staff.account(), role=Role.COMMISSIONER)


def test_all_43_areas_and_the_own_one_are_listed_each_with_a_sheet(commissioner: Client) -> None:
    listed = commissioner.get("/needs/").content.decode()

    assert listed.count('href="/needs/') - listed.count('href="/needs/"') == 44
    assert "your area" in listed


def test_every_sheet_opens(commissioner: Client) -> None:

    assert {commissioner.get(f"/needs/{code}/").status_code for code in published.codes()} == {200}


def test_a_sheet_goes_from_the_estimate_to_the_orders_with_sources(commissioner: Client) -> None:
    page = text(commissioner.get("/needs/kent/"))

    # the figures of research: 2.9% of 81% of 1,860,111; 882 recorded, 31 charged, 23 orders
    assert "People stalked in a year: an estimate 43,700 42,400 to 57,200" in page
    assert "Stalking offences recorded by the police 882 – year ending March 2020" in page
    assert "Stalking offences with a charge or summons 31" in page
    assert "Stalking Protection Orders granted 23 – January 2020 to spring 2021" in page
    assert "BBC Shared Data Unit 2021" in page
    assert "Synthetic: national proportions" in page
    assert "2.0 recorded offences (1.5 to 2.1)" in page


def test_what_is_not_published_is_said_to_be_missing_with_the_reason(commissioner: Client) -> None:
    page = text(commissioner.get("/needs/greater_manchester/"))

    assert "recorded by the police – No published figure is stored" in page
    assert "missing, not none" in page


def test_the_returns_of_another_area_are_not_on_its_sheet(commissioner: Client) -> None:
    factories.came()

    page = text(commissioner.get("/needs/kent/"))

    assert "do not come here" in page
    assert "Referrals received" not in page


def test_the_sheet_of_the_own_area_takes_four_quarters_from_the_return_as_they_came(
    commissioner: Client,
) -> None:
    factories.came()
    factories.came_from_the_police()

    page = text(commissioner.get("/needs/own/"))

    assert "Referrals received: Northmere service 231 – October 2025 to September 2026" in page
    assert "Attended session 1: Northmere service – Not in the return: withheld" in page
    assert "Completed: Northmere service 44" in page
    assert "Full orders made: Northmere Police – Not in the return" in page


def test_a_replaced_or_recalled_return_is_on_no_sheet(commissioner: Client) -> None:
    ended = {"ended_at": factories.AT}
    factories.came(state="replaced", **ended)
    factories.came(number=2, state="recalled", ended_why="mistake", figures=[], days=[], **ended)

    assert "no return stands for your area" in text(commissioner.get("/needs/own/"))


def test_a_commissioner_of_one_of_the_43_has_the_returns_on_that_sheet(commissioner: Client) -> None:
    browser = staff.browser(account=staff.account(name="Kay"), role=Role.COMMISSIONER, area="Kent")
    factories.came(area="Kent")

    page = text(browser.get("/needs/kent/"))

    assert "recorded by the police 882" in page
    assert "Referrals received: Northmere service 231" in page
    assert browser.get("/needs/own/").status_code == 404


def test_an_area_that_is_none_is_not_found(commissioner: Client) -> None:
    assert commissioner.get("/needs/northmere/").status_code == 404


def test_an_evaluator_reads_the_sheets(commissioner: Client) -> None:
    evaluator = staff.browser(account=staff.account(name="Ellis"), role=Role.EVALUATOR)

    assert evaluator.get("/needs/kent/").status_code == 200
