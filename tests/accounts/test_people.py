"""The administrator's pages: who has an account, roles given and ended, leavers."""

from collections.abc import Callable
from datetime import datetime

import html5lib
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.accounts.conftest import AREA

from desist.accounts.models import Account
from desist.wall.actors import Role

SignedIn = Callable[..., Client]


@pytest.fixture
def administrator(ada: Account, signed_in: SignedIn) -> Client:
    return signed_in(ada)


def test_every_account_is_listed_leavers_last(
    administrator: Client, kit: Account, person: Callable[..., Account], now: datetime
) -> None:
    Account.objects.filter(pk=person("Aaron Gone").pk).update(left_at=now)

    page = administrator.get("/account/people/").content.decode()

    assert page.index("Kit Marlow") < page.index("Aaron Gone")
    assert "Behaviour change practitioner, northmere" in page
    assert "Accounts" in administrator.get("/account/").content.decode()


def test_a_role_is_given_and_ended(administrator: Client, kit: Account) -> None:
    administrator.post(f"/account/people/{kit.ref}/give-role/", {"role": "supervisor", "area": AREA})
    given = kit.grants.get(role=Role.SUPERVISOR)

    page = administrator.post(f"/account/people/{kit.ref}/roles/{given.ref}/end/", follow=True)
    again = administrator.post(f"/account/people/{kit.ref}/roles/{given.ref}/end/", follow=True)

    assert "by Ada Linnet" in page.content.decode()
    assert "ended that role before you" in again.content.decode()
    assert kit.grants.get(pk=given.pk).ended_at is not None


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"role": "manager", "area": AREA}, "already holds this role"),
        ({"role": "advocate", "area": AREA}, "Role"),
        ({"role": "supervisor", "area": "elsewhere"}, "Area"),
        ({"x": ""}, "Role"),
    ],
)
def test_a_refused_role_is_a_sentence(
    administrator: Client, kit: Account, sent: dict[str, str], said: str
) -> None:
    answer = administrator.post(f"/account/people/{kit.ref}/give-role/", sent)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert kit.grants.count() == 2


def test_a_leaver_is_recorded_once(administrator: Client, kit: Account) -> None:
    assert "cannot be undone" in administrator.get(f"/account/people/{kit.ref}/leave/").content.decode()

    left = administrator.post(f"/account/people/{kit.ref}/leave/", follow=True).content.decode()
    again = administrator.post(f"/account/people/{kit.ref}/leave/", follow=True).content.decode()
    role = administrator.post(f"/account/people/{kit.ref}/give-role/", {"role": "manager", "area": AREA})

    assert "Kit Marlow has left." in left
    assert "recorded this before you" in again
    assert "has left the site, so this can no longer be done" in role.content.decode()


def test_ones_own_account_is_shown_and_not_changed(administrator: Client, ada: Account) -> None:
    page = administrator.get(f"/account/people/{ada.ref}/").content.decode()

    assert "You cannot change your own roles" in page
    assert f"/account/people/{ada.ref}/give-role/" not in page
    given = administrator.post(f"/account/people/{ada.ref}/give-role/", {"role": "manager", "area": AREA})
    assert given.status_code == 404
    assert administrator.post(f"/account/people/{ada.ref}/leave/").status_code == 404
    assert administrator.get("/account/").status_code == 200


@pytest.mark.parametrize("path", ["", "{ref}/", "{ref}/give-role/", "{ref}/leave/"])
def test_nobody_but_an_administrator_sees_these(kit: Account, signed_in: SignedIn, path: str) -> None:
    assert signed_in(kit).get(f"/account/people/{path.format(ref=kit.ref)}").status_code == 403


def test_somebody_who_does_not_exist_is_not_found(administrator: Client) -> None:
    assert administrator.get("/account/people/nobody/").status_code == 404


def test_the_pages_are_well_formed(administrator: Client, kit: Account) -> None:
    for path in (
        "people/",
        f"people/{kit.ref}/",
        f"people/{kit.ref}/give-role/",
        f"people/{kit.ref}/leave/",
        "",
    ):
        parser = html5lib.HTMLParser(strict=True)
        parser.parse(administrator.get(f"/account/{path}").content)


def test_the_list_costs_a_constant_number_of_queries(
    administrator: Client,
    person: Callable[..., Account],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(5):
        person(f"Person {number}", Role.PRACTITIONER, Role.MANAGER)

    with django_assert_num_queries(20):
        assert administrator.get("/account/people/").status_code == 200
