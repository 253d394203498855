"""Areas are added and renamed on a page, so that a second one needs no console."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.accounts.conftest import AREA

from desist.accounts.models import Account, Area
from desist.wall.models import AuditEvent

SignedIn = Callable[..., Client]


@pytest.fixture
def administrator(ada: Account, signed_in: SignedIn) -> Client:
    return signed_in(ada)


def add(browser: Client, name: str) -> str:
    return browser.post("/account/areas/add/", {"name": name}, follow=True).content.decode()


def test_a_role_is_given_in_an_area_that_was_added(administrator: Client, kit: Account) -> None:
    assert "The area was added" in add(administrator, "Southmere")

    offered = administrator.get(f"/account/people/{kit.ref}/give-role/").content.decode()
    administrator.post(f"/account/people/{kit.ref}/give-role/", {"role": "manager", "area": "Southmere"})

    assert 'value="Southmere"' in offered
    assert kit.grants.filter(role="manager", area="Southmere").exists()
    assert AuditEvent.objects.filter(action="accounts.add_area", allowed=True).exists()


def test_a_renamed_area_is_shown_by_its_new_name_and_rows_keep_the_old_one(
    administrator: Client, kit: Account
) -> None:
    add(administrator, "Southmere")
    administrator.post(f"/account/people/{kit.ref}/give-role/", {"role": "manager", "area": "Southmere"})
    area = Area.objects.get(code="Southmere")

    administrator.post(f"/account/areas/{area.ref}/rename/", {"name": "South and coast"})

    listed = administrator.get("/account/areas/").content.decode()
    people = administrator.get("/account/people/").content.decode()
    assert "South and coast" in listed
    assert "Southmere" in listed  # what partners call it
    assert "Programme manager, South and coast" in people
    assert "South and coast" in administrator.get(f"/account/people/{kit.ref}/").content.decode()
    assert kit.grants.get(role="manager", area="Southmere")
    assert AREA in listed


@pytest.mark.parametrize("name", ["Southmere", "southmere", AREA, "", "x" * 41])
def test_a_name_that_is_taken_or_none_is_refused_and_kept(
    administrator: Client, kit: Account, name: str
) -> None:
    add(administrator, "Southmere")

    response = administrator.post("/account/areas/add/", {"name": name})

    assert response.status_code == 422
    assert f'value="{name}"' in response.content.decode() or not name
    assert Area.objects.count() == 1


def test_an_area_keeps_its_own_name_and_takes_nobody_elses(administrator: Client) -> None:
    add(administrator, "Southmere")
    add(administrator, "Westmere")
    area = Area.objects.get(code="Southmere")

    same = administrator.post(f"/account/areas/{area.ref}/rename/", {"name": "Southmere"})
    other = administrator.post(f"/account/areas/{area.ref}/rename/", {"name": "Westmere"})

    assert same.status_code == 302
    assert other.status_code == 422
    area.refresh_from_db()
    assert area.name == "Southmere"


def test_nobody_but_an_administrator_names_areas(kit: Account, signed_in: SignedIn) -> None:
    browser = signed_in(kit)

    for path in ("/account/areas/", "/account/areas/add/", "/account/areas/acdefghjkl/rename/"):
        assert browser.get(path).status_code == 403
