"""docs/wall.md: who may do what in each zone, and what may cross between them."""

import dataclasses
import importlib
import inspect
from collections.abc import Iterator

from desist.phones import FUNCTIONS
from desist.post.door import Door
from desist.post.doors import DOORS
from desist.sites import Zone
from desist.wall.policy import BaseAction, Rule
from desist.zones import base

ZONES = (Zone.PROGRAMME, Zone.PARTNERSHIP, Zone.ADVOCACY, Zone.COMMISSION)
SHARED = {
    "Accounts, in every staff zone": "desist.accounts.policy",
    "The post, in every staff zone": "desist.post.policy",
    "The audit, in every staff zone": "desist.audit.policy",
    "The duty desk, in three zones": "desist.desk.policy",
    "One’s own calendar, in two zones": "desist.feeds.policy",
    "Tasks of one’s own, in three zones": "desist.tasks.policy",
    "Declarations of interests, in three zones": "desist.declarations.policy",
    "Two records of one person, in three zones": "desist.merges.policy",
    "Caseloads that move in, in two zones": "desist.moving_in.policy",
    "Quarterly returns, in three zones": "desist.quarterly.policy",
    "Answers of agencies by a link, in two zones": "desist.answering.policy",
    "People offered to another service, in two zones": "desist.moving_in.offers.policy",
    "Restricted cases, in every staff zone": "desist.restrictions.policy",
}


def page() -> str:
    """The whole page, as Markdown."""
    return "\n".join([*_head(), *_policies(), *_phones(), *_doors()]) + "\n"


def _head() -> Iterator[str]:
    yield "# The wall"
    yield ""
    yield "This page is printed from the tables in the code by `./desist docs`; a test keeps it true."
    yield ""
    yield "A rule says which roles may do something and to which rows. What no rule names, nobody may do. Every use of a"
    yield "rule, allowed or refused, leaves an audit event. Exclusions and restricted cases are part of every scope about a"
    yield "case."


def tables() -> dict[str, dict[str, str]]:
    """Chapter -> title -> the module of a policy table: each zone's slices, and what the zones share."""
    own = {
        zone.value.capitalize(): {
            _slice(name): name for name in base.policies(zone) if name.startswith(f"desist.{zone}.")
        }
        for zone in ZONES
    }
    return {**own, "In several zones": SHARED}


def _policies() -> Iterator[str]:
    for chapter, named in tables().items():
        yield from ("", f"## {chapter}")
        yield from _tables(named)


def _phones() -> Iterator[str]:
    yield from ("", "## Participant", "")
    yield "The person's own pages have no policy table: their login may call these functions of the programme's database and has"
    yield "no right on any table. Each that looks or writes takes the secret of an open sign-in and answers of that person alone"
    yield "(docs/adr/the-database-is-the-phones-wall.md)."
    yield from ("", "| function | arguments |", "|---|---|")
    yield from (f"| {name} | `{types}` |" for name, types in FUNCTIONS.items())


def _slice(name: str) -> str:
    """Return the name of a table in a zone: that of its slice, or the zone's own."""
    _, zone, *slices, _ = name.split(".")
    return f"{zone.capitalize()}: {slices[-1] if slices else 'every slice'}"


def _tables(named: dict[str, str]) -> Iterator[str]:
    found = {title: importlib.import_module(name) for title, name in named.items()}
    routes = {
        route: action for table in found.values() for route, action in getattr(table, "ROUTES", {}).items()
    }
    for title, table in found.items():
        if table.RULES:
            yield from ("", f"### {title}", "", "| action | roles | rows | pages |", "|---|---|---|---|")
            yield from (_rule(action, rule, routes) for action, rule in table.RULES.items())


def _rule(action: BaseAction, rule: Rule, routes: dict[str, BaseAction]) -> str:
    roles = ", ".join(sorted(role.label for role in rule.roles))
    pages = ", ".join(f"`{route}`" for route, named in routes.items() if named == action)
    scope = inspect.getdoc(_named(rule)) or ""
    return f"| {action.value.partition('.')[2].replace('_', ' ')} | {roles} | {scope.splitlines()[0]} | {pages} |"


def _named(rule: Rule) -> object:
    """Return the function whose docstring says what the scope is: the one that made it, where it is a closure."""
    scope = rule.scope
    maker = scope.__qualname__.partition(".<locals>")[0]
    return getattr(inspect.getmodule(scope), maker, scope)


def _doors() -> Iterator[str]:
    yield from ("", "## What may cross", "")
    yield "Sites meet only through sealed envelopes of these kinds. A field that is not listed cannot cross."
    for door in DOORS:
        yield from _door(door)


def _door(door: Door) -> Iterator[str]:
    payload = door.payload
    yield from (
        "",
        f"### {payload.KIND}, version {payload.VERSION}: {_side(door.sender)} to {_side(door.receiver)}",
        "",
    )
    yield f"{door.purpose} Approvals needed: {door.approvals}."
    yield from ("", "| field | type |", "|---|---|")
    for field in dataclasses.fields(payload):
        kind = field.type if isinstance(field.type, str) else getattr(field.type, "__name__", str(field.type))
        yield f"| {field.name} | `{kind}` |"


def _side(zone: Zone) -> str:
    return zone.value
