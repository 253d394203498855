"""The access matrix finds the violations that it exists for: each one is planted and found."""

import pytest
from tests import access, staff
from tests.programme import factories

from desist.accounts.models import Account
from desist.sites import Zone

pytestmark = pytest.mark.django_db

ZONE, ROUTE = Zone.PROGRAMME, "episodes:episode"


@pytest.fixture
def kit(db: None) -> Account:
    return staff.account()


def episode(area: str) -> list[str]:
    return [factories.episode(referral=factories.referral(area=area)).ref]


def test_a_route_that_names_rows_and_has_no_maker_is_an_error(kit: Account) -> None:
    with pytest.raises(access.NoAddress):
        access.answers(zone=ZONE, route=ROUTE, makers={}, account=kit)


def test_a_row_that_is_seen_from_another_area_is_found(kit: Account) -> None:
    leaking: access.Makers = {"episodes": lambda _: episode(staff.AREA)}

    pairs = access.absent_and_out_of_scope(zone=ZONE, route=ROUTE, makers=leaking, account=kit)

    assert any(there != nowhere for _, _, there, nowhere in pairs)


def test_a_role_of_the_rule_that_gets_nothing_is_found(kit: Account) -> None:
    empty: access.Makers = {"episodes": lambda _: episode(staff.ELSEWHERE)}

    answers = access.answers(zone=ZONE, route=ROUTE, makers=empty, account=kit)

    assert answers != access.expected(zone=ZONE, route=ROUTE)
