"""Every address of the partnership, for every role, in the own and in another area: the expected code and no other."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.partnership import factories

from desist.partnership.policy import ROUTES, RULES
from desist.post.models import Partner
from desist.references import LENGTH
from desist.sites import Zone
from desist.wall.actors import Role, roles_of

pytestmark = pytest.mark.django_db

ELSEWHERE = "Elsewhere"
PLAIN = {"home:home", "referrals:referrals", "referrals:start", "alerts:alerts"}


def address(route: str, area: str) -> str:
    """The address of a route for a row of an area, made for this test."""
    if route in PLAIN:
        return reverse(route)
    if route in {"referrals:section", "referrals:check"}:
        draft = factories.finished(area=area)
        return reverse(route, args=[draft.ref, *(["person"] if route == "referrals:section" else [])])
    referral = factories.sent(area=area)
    if route == "referrals:amend":
        return reverse(route, args=[referral.ref, "person"])
    if route.startswith("referrals:"):
        return reverse(route, args=[referral.ref])
    return reverse(route, args=[factories.alert(referral=referral).ref])


CASES = [(route, role) for route in ROUTES for role in roles_of(Zone.PARTNERSHIP)]


@pytest.mark.parametrize(("route", "role"), CASES)
def test_in_the_own_area_a_role_of_the_rule_gets_the_page_and_any_other_403(
    route: str, role: Role, programme: Partner, signed_in: Callable[..., Client]
) -> None:
    browser = signed_in(role=role)

    status = browser.get(address(route, factories.AREA)).status_code

    allowed = role in RULES[ROUTES[route]].roles
    elsewhere = 302 if route == "home:home" else 403
    assert (status in {200, 302, 405}) if allowed else (status == elsewhere), status


@pytest.mark.parametrize(
    ("route", "role"), [(route, role) for route, role in CASES if role in RULES[ROUTES[route]].roles]
)
def test_in_another_area_a_row_is_not_there(
    route: str, role: Role, programme: Partner, signed_in: Callable[..., Client]
) -> None:
    if route in PLAIN:
        return
    browser = signed_in(role=role)
    elsewhere = address(route, ELSEWHERE)
    absent = "/".join(
        "absent" if part.isalnum() and len(part) == LENGTH else part for part in elsewhere.split("/")
    )

    for send in (browser.get, browser.post):
        there, nowhere = send(elsewhere), send(absent)
        assert there.status_code in {404, 405, 422}, there.status_code
        assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)


@pytest.mark.parametrize("route", ROUTES)
def test_without_sign_in_every_address_leads_to_the_sign_in_page(route: str, db: None) -> None:
    response = Client().get(address(route, factories.AREA))

    assert response.status_code == 302
    assert response["Location"].startswith("/account/sign-in/")
