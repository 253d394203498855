"""Every route is in the policy or on the short open list, and every action has one rule, of the zone's own roles."""

import dataclasses
import importlib
from collections import Counter
from collections.abc import Iterable

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from desist.sites import Zone
from desist.wall.actors import SYSTEM_ROLES, Role, roles_of
from desist.wall.policy import BaseAction, Rule, everything
from desist.zones import base

STAFF_ZONES = [Zone.PROGRAMME, Zone.PARTNERSHIP, Zone.ADVOCACY, Zone.COMMISSION]
#: The routes that answer without sign-in: a list kept short on purpose.
OPEN = {
    "accounts:sign-in",
    "accounts:exit",
    "accounts:policy-report",
    "accounts:sign-in-password",
    "accounts:recover",
    "accounts:accept",
    "accounts:accept-password",
    "accounts:accept-code",
    "accounts:provider",
    "accounts:provider-back",
    "feeds:ics",
    # referrers without an account (docs/adr/referrers-without-an-account.md)
    "refer:services",
    "refer:person",
    "refer:myself",
    # agencies that answer by a link (docs/adr/agencies-answer-by-a-link.md)
    "answers:start",
    "answers:link",
    "answers:say",
    # clients who send something by a link (docs/adr/clients-send-without-an-account.md)
    "send:start",
    "send:code",
    "send:files",
    "send:piece",
    "send:end",
    "send:away",
    # guests of a panel, who read one paper by a link and a code (docs/adr/panels-give-exact-copies.md)
    "guest:read",
}


@dataclasses.dataclass(frozen=True)
class Table:
    """One policy table, as in its module."""

    name: str
    actions: frozenset[BaseAction]
    RULES: dict[BaseAction, Rule]
    ROUTES: dict[str, BaseAction]
    OPEN: frozenset[str]
    FRESH: frozenset[str]
    WITHOUT_WRITING: frozenset[str]


def table(name: str) -> Table:
    module = importlib.import_module(name)
    actions: Iterable[BaseAction] = getattr(module, "Action", ())
    routes: dict[str, BaseAction] = getattr(module, "ROUTES", {})
    sets = (frozenset[str](getattr(module, name, ())) for name in ("OPEN", "FRESH", "WITHOUT_WRITING"))
    return Table(name, frozenset(actions), module.RULES, routes, *sets)


def tables(zone: Zone) -> list[Table]:
    """Return the policy tables that a zone serves."""
    return [table(name) for name in base.policies(zone)]


def routes(zone: Zone) -> set[str]:
    """Return the name of every route of a zone."""

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


class Planted(BaseAction):
    """An action that is in no table."""

    ELSEWHERE = "elsewhere.do_it"


def unlisted(found: set[str], served: Iterable[Table]) -> set[str]:
    """Return the routes that neither a table's action nor the open list names."""
    return found - set().union(*(one.ROUTES for one in served), OPEN)


def nowhere(found: set[str], served: Iterable[Table]) -> set[str]:
    """Return the routes that a table names and that do not exist."""
    return set().union(*({*one.ROUTES, *one.OPEN} for one in served)) - found


def opened(served: Iterable[Table]) -> set[str]:
    """Return the routes that a table opens without sign-in and that the short list does not name."""
    return set().union(*(one.OPEN for one in served)) - OPEN


def unguarded(served: Iterable[Table]) -> set[str]:
    """Return routes that want a fresh sign-in step in vain: they do not exist, or need no sign-in."""
    return set().union(*(one.FRESH - set(one.ROUTES) for one in served))


def not_looking(served: Iterable[Table]) -> set[str]:
    """Return the routes that answer while nothing can be written and that do more than look, or do not exist."""
    return {
        route
        for one in served
        for route in one.WITHOUT_WRITING
        if route not in one.ROUTES or not one.ROUTES[route].looks
    }


def unruled(served: Iterable[Table]) -> set[BaseAction]:
    """Return the actions without a rule, and the rules of actions of another table."""
    return set().union(*(set(one.RULES) ^ one.actions for one in served))


def twice(served: Iterable[Table]) -> set[str]:
    """Return the actions and routes that two tables name: the later table would silently replace the earlier."""
    named = Counter(str(name) for one in served for name in {*one.RULES, *one.ROUTES, *one.OPEN})
    return {name for name, times in named.items() if times > 1}


def strangers(one: Table) -> set[Role]:
    """Return a table's roles that exist in no zone that serves it and that do not act for the system."""
    known = {role for zone in STAFF_ZONES if one.name in base.policies(zone) for role in roles_of(zone)}
    return {role for rule in one.RULES.values() for role in rule.roles} - known - SYSTEM_ROLES


def planted(whole: Table, **parts: object) -> Table:
    """Return the same table with one thing planted in it."""
    return dataclasses.replace(whole, **parts)  # type: ignore[arg-type]  # the parts of a table, by their names


@pytest.mark.parametrize("zone", STAFF_ZONES)
def test_every_route_is_in_the_policy_or_on_the_open_list(zone: Zone) -> None:
    assert unlisted(routes(zone), tables(zone)) == set()


def test_a_route_that_nobody_listed_is_found() -> None:
    there = routes(Zone.PROGRAMME) | {"referrals:planted"}

    assert unlisted(there, tables(Zone.PROGRAMME)) == {"referrals:planted"}


@pytest.mark.parametrize("zone", STAFF_ZONES)
def test_the_policy_names_no_route_that_does_not_exist(zone: Zone) -> None:
    assert nowhere(routes(zone), tables(zone)) == set()


@pytest.mark.parametrize("zone", STAFF_ZONES)
def test_a_route_that_leads_nowhere_is_found(zone: Zone) -> None:
    first, *others = tables(zone)
    action = next(iter(first.actions))

    for wrong in (planted(first, ROUTES={"old:one": action}), planted(first, OPEN=frozenset({"old:one"}))):
        assert nowhere(routes(zone), [wrong, *others]) == {"old:one"}


@pytest.mark.parametrize("zone", STAFF_ZONES)
def test_the_open_list_is_the_short_one(zone: Zone) -> None:
    assert opened(tables(zone)) == set()


def test_a_route_that_a_table_opens_is_found() -> None:
    first, *others = tables(Zone.ADVOCACY)
    wide = planted(first, OPEN=first.OPEN | {"victims:victim"})

    assert opened([wide, *others]) == {"victims:victim"}


@pytest.mark.parametrize("zone", STAFF_ZONES)
def test_what_wants_a_fresh_sign_in_step_is_a_route_of_its_own_table(zone: Zone) -> None:
    assert unguarded(tables(zone)) == set()


def test_a_slip_in_the_name_of_what_wants_one_is_found() -> None:
    first, *others = tables(Zone.ADVOCACY)
    slip = planted(first, FRESH=frozenset({"vault:revael"}))

    assert unguarded([slip, *others]) == {"vault:revael"}


@pytest.mark.parametrize("zone", STAFF_ZONES)
def test_what_answers_while_nothing_can_be_written_only_looks(zone: Zone) -> None:
    assert not_looking(tables(zone)) == set()


def test_a_route_that_would_do_more_than_look_then_is_found() -> None:
    risk = table("desist.programme.risk.policy")
    wide = planted(risk, WITHOUT_WRITING=frozenset({"risk:risk", "risk:record", "risk:slip"}))

    assert not_looking([wide]) == {"risk:record", "risk:slip"}


@pytest.mark.parametrize("zone", STAFF_ZONES)
def test_every_action_has_a_rule_and_every_rule_an_action(zone: Zone) -> None:
    assert unruled(tables(zone)) == set()


def test_an_action_without_a_rule_and_a_rule_without_an_action_are_found() -> None:
    whole = table("desist.programme.leaving.reports.policy")
    action, rule = next(iter(whole.RULES.items()))
    other = Planted.ELSEWHERE

    assert unruled([planted(whole, RULES={k: v for k, v in whole.RULES.items() if k != action})]) == {action}
    assert unruled([planted(whole, RULES={**whole.RULES, other: rule})]) == {other}


@pytest.mark.parametrize("zone", STAFF_ZONES)
def test_no_action_and_no_route_stands_in_two_tables(zone: Zone) -> None:
    assert twice(tables(zone)) == set()


def test_an_action_and_a_route_of_two_tables_are_found() -> None:
    first, second, *_ = tables(Zone.PROGRAMME)
    action, rule = next(iter(first.RULES.items()))
    route = next(iter(first.ROUTES))

    assert twice([first, planted(second, RULES={action: rule}, ROUTES={route: action})]) == {action, route}


@pytest.mark.parametrize("name", sorted({name for zone in STAFF_ZONES for name in base.policies(zone)}))
def test_a_table_names_roles_of_the_zones_that_serve_it_and_the_systems_hands_alone(name: str) -> None:
    assert strangers(table(name)) == set()


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("desist.programme.policy", Role.ADVOCATE),
        ("desist.programme.calendar.planner.policy", Role.ADVOCATE),
        ("desist.programme.leaving.reports.policy", Role.OFFICER),
        ("desist.programme.supervision.quality.policy", Role.ADVOCACY_MANAGER),
        ("desist.advocacy.policy", Role.PRACTITIONER),
        ("desist.feeds.policy", Role.ADVOCATE),
        ("desist.desk.policy", Role.EVALUATOR),
    ],
)
def test_a_role_of_another_zone_is_found(name: str, role: Role) -> None:
    whole = table(name)
    action = next(iter(whole.actions))
    wide = planted(whole, RULES={**whole.RULES, action: Rule(frozenset({role}), everything)})

    assert strangers(wide) == {role}
