"""docs/wall.md: who may do what in each zone, and what may cross between them."""

import dataclasses
import importlib
import inspect
from collections.abc import Iterator

from desist.post.doors import DOORS, Door
from desist.sites import Zone
from desist.wall.policy import Action, Rule

TABLES = {
    "Programme": "desist.programme.policy",
    "Programme: the team and the curriculum": "desist.programme.planning_policy",
    "Programme: changes to a referral": "desist.programme.changing_policy",
    "Programme: the end and after": "desist.programme.closing_policy",
    "Programme: managing the service": "desist.programme.managing_policy",
    "Partnership": "desist.partnership.policy",
    "Advocacy": "desist.advocacy.policy",
    "Commission": "desist.commission.policy",
    "Accounts, in every staff zone": "desist.accounts.policy",
    "The post, in every staff zone": "desist.post.policy",
    "The audit, in every staff zone": "desist.audit.policy",
    "The duty desk, in three zones": "desist.desk.policy",
    "One’s own calendar, in two zones": "desist.feeds.policy",
    "Restricted cases, in every staff zone": "desist.restrictions.policy",
}


def page() -> str:
    """The whole page, as Markdown."""
    return "\n".join([*_head(), *_policies(), *_doors()]) + "\n"


def _head() -> Iterator[str]:
    yield "# The wall"
    yield ""
    yield "This page is printed from the tables in the code by `./desist docs`; a test keeps it true."
    yield ""
    yield "A rule says which roles may do something and to which rows. What no rule names, nobody may do. Every use of a"
    yield "rule, allowed or refused, leaves an audit event. Exclusions and restricted cases are part of every scope about a"
    yield "case."


def _policies() -> Iterator[str]:
    for title, name in TABLES.items():
        module = importlib.import_module(name)
        yield from ("", f"## {title}", "", "| action | roles | rows | pages |", "|---|---|---|---|")
        for action, rule in module.RULES.items():
            yield _rule(action, rule, module.ROUTES)


def _rule(action: Action, rule: Rule, routes: dict[str, Action]) -> str:
    roles = ", ".join(sorted(role.label for role in rule.roles))
    pages = ", ".join(f"`{route}`" for route, named in routes.items() if named == action)
    scope = inspect.getdoc(_named(rule)) or ""
    return f"| {action.value.partition('.')[2].replace('_', ' ')} | {roles} | {scope.splitlines()[0]} | {pages} |"


def _named(rule: Rule) -> object:
    """The function whose docstring says what the scope is: the one that made it, where it is a closure."""
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
