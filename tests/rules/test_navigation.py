"""In the menu of every role each place is listed once, under a name of its own."""

import uuid
from collections import Counter
from collections.abc import Sequence

import pytest
from django.test import RequestFactory, override_settings
from django.utils.module_loading import import_string

from desist.sites import Zone
from desist.ui.context import Link, Navigation
from desist.wall import policy
from desist.wall.actors import ROLES, Actor, Role
from desist.zones import base

ZONES = (Zone.PROGRAMME, Zone.PARTNERSHIP, Zone.ADVOCACY, Zone.COMMISSION)


def twice(links: Sequence[Link]) -> list[str]:
    """Return names and addresses that a menu lists more than once."""
    found = Counter([link.text for link in links]) + Counter([link.href for link in links])
    return [name for name, times in found.items() if times > 1]


def menu(zone: Zone, role: Role) -> Sequence[Link]:
    found = navigation(zone, role)
    return (*(link for group in found.groups for link in group.links), *found.account)


def navigation(zone: Zone, role: Role) -> Navigation:
    request = RequestFactory().get("/")
    request.actor = Actor(who="somebody", role=role, area="North", correlation=uuid.uuid4())  # type: ignore[attr-defined]  # as the middleware sets it
    settings = {
        "ROOT_URLCONF": f"desist.zones.{zone}_urls",
        "DESIST_ZONE": zone.value,
        "DESIST_POLICIES": base.policies(zone),
    }
    with override_settings(**settings):
        policy.forget()
        found: Navigation = import_string(f"desist.{zone}.navigation.navigation")(request)
    policy.forget()
    return found


@pytest.mark.parametrize(("zone", "role"), [(zone, role) for zone in ZONES for role in ROLES[zone]])
def test_no_place_stands_twice(zone: Zone, role: Role) -> None:
    assert twice(menu(zone, role)) == []


@pytest.mark.parametrize(("zone", "role"), [(zone, role) for zone in ZONES for role in ROLES[zone]])
def test_no_group_of_a_menu_is_empty(zone: Zone, role: Role) -> None:
    assert all(group.links for group in navigation(zone, role).groups)


def test_a_place_that_stands_twice_is_found() -> None:
    assert twice([Link("Alerts", "/alerts/"), Link("Post", "/post/"), Link("Alerts", "/alerts/")]) == [
        "Alerts",
        "/alerts/",
    ]
