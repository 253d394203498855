"""Every route is in the policy or on the short open list, and every action has a rule."""

import importlib
import types

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from desist.sites import Zone
from desist.wall.actors import SYSTEM_ROLES, Role, roles_of
from desist.wall.policy import Rule
from desist.zones import base

STAFF_ZONES = [Zone.PROGRAMME, Zone.PARTNERSHIP, Zone.ADVOCACY, Zone.COMMISSION]
#: The routes that answer without sign-in: short on purpose.
OPEN = {
    "accounts:sign-in",
    "accounts:sign-in-password",
    "accounts:recover",
    "accounts:accept",
    "accounts:accept-password",
    "accounts:accept-code",
    "accounts:provider",
    "accounts:provider-back",
    "feeds:ics",
}


def tables(zone: Zone) -> list[types.ModuleType]:
    """The policy tables that a zone serves."""
    return [importlib.import_module(name) for name in base.policies(zone)]


def routes(zone: Zone) -> set[str]:
    """The name of every route of a zone."""

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> set[str]:
        found: set[str] = set()
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
                found |= walk(pattern.url_patterns, inner)
            else:
                found.add(f"{prefix}{pattern.name}")
        return found

    return walk(get_resolver(f"desist.zones.{zone}_urls").url_patterns, "")


@pytest.mark.parametrize("zone", STAFF_ZONES)
def test_every_route_is_in_the_policy_or_on_the_open_list(zone: Zone) -> None:
    listed: set[str] = set().union(*(set(table.ROUTES) for table in tables(zone)), OPEN)

    assert routes(zone) - listed == set()


@pytest.mark.parametrize("zone", STAFF_ZONES)
def test_the_policy_names_no_route_that_does_not_exist(zone: Zone) -> None:
    listed: set[str] = set().union(*(set(table.ROUTES) | set(table.OPEN) for table in tables(zone)))

    assert listed - routes(zone) == set()


@pytest.mark.parametrize("zone", STAFF_ZONES)
def test_the_open_list_is_the_short_one(zone: Zone) -> None:
    listed: set[str] = set().union(*(set(table.OPEN) for table in tables(zone)))

    assert listed <= OPEN


@pytest.mark.parametrize("zone", STAFF_ZONES)
def test_every_action_has_a_rule_and_every_rule_an_action(zone: Zone) -> None:
    for table in tables(zone):
        assert set(table.RULES) == set(table.Action)


@pytest.mark.parametrize("zone", STAFF_ZONES)
def test_a_zones_rules_name_its_own_roles_and_the_systems_hands_alone(zone: Zone) -> None:
    own: set[Role] = {*roles_of(zone), *SYSTEM_ROLES}
    rules: dict[str, Rule] = importlib.import_module(f"desist.{zone}.policy").RULES

    assert {role for rule in rules.values() for role in rule.roles} - own == set()
