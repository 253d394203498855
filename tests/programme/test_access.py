"""Every address of the programme, for every role, in the own and in another area: the expected code and no other."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.programme import factories

from desist.accounts.models import Account
from desist.programme.policy import ROUTES, RULES
from desist.references import LENGTH
from desist.sites import Zone
from desist.wall.actors import Role, roles_of

pytestmark = pytest.mark.django_db

ELSEWHERE = "Elsewhere"


def address(route: str, area: str, account: Account) -> str:
    """The address of a route for a person of an area, made for this test, allocated to the account."""
    slice_name = route.partition(":")[0]
    if reverse_plain := plain(route):
        return reverse_plain
    allocated = factories.practitioner(account=account, area=area)
    referral = factories.referral(area=area)
    if slice_name == "referrals":
        return reverse(route, args=[referral.ref])
    episode = factories.episode(referral=referral, practitioner=allocated, area=area)
    if slice_name in {"episodes", "planner"} or route == "chains:person":
        return reverse(route, args=[episode.ref])
    session = factories.session(episode=episode)
    if slice_name in {"sessions", "concerns"} or route == "chains:start":
        return reverse(route, args=[session.ref])
    chain = factories.chain(session=session, links=2)
    link = chain.links.first()
    return reverse(route, args=[chain.ref, link.ref] if route == "chains:change" and link else [chain.ref])


def plain(route: str) -> str:
    """The address of a route without a reference, else nothing."""
    return (
        reverse(route)
        if route in {"home:home", "referrals:referrals", "episodes:episodes", "concerns:concerns"}
        else ""
    )


CASES = [(route, role) for route in ROUTES for role in roles_of(Zone.PROGRAMME)]


@pytest.mark.parametrize(("route", "role"), CASES)
def test_in_the_own_area_a_role_of_the_rule_gets_the_page_and_any_other_403(
    route: str, role: Role, kit: Account, signed_in: Callable[..., Client]
) -> None:
    browser = signed_in(role=role)

    status = browser.get(address(route, factories.AREA, kit)).status_code

    allowed = role in RULES[ROUTES[route]].roles
    elsewhere = (
        302 if route == "home:home" else 403
    )  # the first page sends a role without cases to its account
    assert (status in {200, 302, 405}) if allowed else (status == elsewhere), status


@pytest.mark.parametrize(
    ("route", "role"), [(route, role) for route, role in CASES if role in RULES[ROUTES[route]].roles]
)
def test_in_another_area_a_person_is_not_there(
    route: str, role: Role, kit: Account, signed_in: Callable[..., Client]
) -> None:
    if plain(route):
        return
    browser = signed_in(role=role)
    elsewhere = address(route, ELSEWHERE, kit)

    absent = "/".join(
        "absent" if part.isalnum() and len(part) == LENGTH else part for part in elsewhere.split("/")
    )

    for send in (browser.get, browser.post):
        there, nowhere = send(elsewhere), send(absent)
        # A form that is wrong in itself is refused before any row is asked for: alike for both.
        assert there.status_code in {404, 405, 422}, there.status_code
        assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)


@pytest.mark.parametrize("route", ROUTES)
def test_without_sign_in_every_address_leads_to_the_sign_in_page(route: str, kit: Account) -> None:
    response = Client().get(address(route, factories.AREA, kit))

    assert response.status_code == 302
    assert response["Location"].startswith("/account/sign-in/")
