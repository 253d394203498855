"""Every address of the commission zone, for every role, in the own and in another area: the expected answer and no other."""

import pytest
from tests import access, staff
from tests.commission import factories

from desist.accounts.models import Account
from desist.sites import Zone

pytestmark = pytest.mark.django_db

ZONE = Zone.COMMISSION
MAKERS: access.Makers = {
    "extracts": lambda stand: [factories.extract(area=stand.area).ref],
    "extracts:file": lambda stand: [factories.extract(area=stand.area).ref, "episodes"],
    "extracts:made": lambda stand: [factories.study(of=factories.extract(area=stand.area)).ref],
    "extracts:annex": lambda stand: [
        factories.study(of=factories.extract(area=stand.area)).ref,
        "annex.html",
    ],
    "force_tables": lambda stand: [factories.force_table(area=stand.area).ref],
    "grants": lambda stand: [factories.grant(area=stand.area).ref],
    "needs": lambda stand: ["kent" if stand.own else "nowhere"],
    "returns:enter": lambda stand: [factories.service(stand.area).name, "2026-07-01"],
    "returns": lambda stand: [factories.came(area=stand.area).ref],
}  # slice, or route -> the rows that its address names


@pytest.fixture
def kit(db: None) -> Account:
    return staff.account()


@pytest.mark.parametrize("route", access.routes(ZONE))
def test_a_role_of_the_rule_gets_the_page_and_any_other_403(route: str, kit: Account) -> None:
    answers = access.answers(zone=ZONE, route=route, makers=MAKERS, account=kit)

    assert answers == access.expected(zone=ZONE, route=route)


@pytest.mark.parametrize("route", access.routes(ZONE))
def test_a_row_of_another_area_is_absent_byte_for_byte(route: str, kit: Account) -> None:
    pairs = access.absent_and_out_of_scope(zone=ZONE, route=route, makers=MAKERS, account=kit)

    for role, method, there, nowhere in pairs:
        # A form that is wrong in itself is refused before any row is asked for: alike for both.
        assert there[0] in {404, 405, 422}, (role, method)
        assert there == nowhere, (role, method)


@pytest.mark.parametrize("route", access.routes(ZONE))
def test_without_sign_in_every_address_leads_to_the_sign_in_page(route: str, kit: Account) -> None:
    onward = access.without_sign_in(route=route, makers=MAKERS, account=kit)

    assert onward.startswith("/account/sign-in/")
