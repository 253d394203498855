"""The rules. Each slice has a table of them beside its addresses, and only these tables decide.

A `policy.py` holds `RULES`, and what else it needs:

* `RULES`: action -> Rule (which roles may do it, and to which rows);
* `ROUTES`: route name -> action (a route that is in no table answers no request);
* `OPEN`: the short list of routes that answer without sign-in;
* `WITHOUT_WRITING`: routes that only look, and answer even while the database can be read and not written;
* `FRESH`: routes that answer only soon after a passkey or a code was given (`desist.accounts.step_up` asks for it).
"""

import functools
import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType, ModuleType

from django.conf import settings
from django.db.models import Q

from desist.wall.actors import Actor, Role


class BaseAction(StrEnum):
    """One thing that can be done; each zone's own enumeration extends this."""

    @property
    def looks(self) -> bool:
        """Whether it is looking at rows and nothing else, as its name says: "programme.see_episode"."""
        return ".see_" in self.value


@dataclass(frozen=True)
class Rule:
    """The roles that may do something (`roles`), and its rows (`scope`, which filters lists and guards single rows)."""

    roles: frozenset[Role]
    scope: Callable[[Actor], Q]


class UnknownAction(Exception):
    """No policy table of this zone lists the action."""


def everything(actor: Actor) -> Q:  # noqa: ARG001 -- a scope takes the actor, even where it does not matter
    """The scope of actions on rows that are not about anyone."""
    return Q()


@functools.cache
def rules() -> Mapping[BaseAction, Rule]:
    """The rules of every policy table that this process serves."""
    merged: dict[BaseAction, Rule] = {}
    for table in _tables():
        merged |= table.RULES
    return MappingProxyType(merged)


@functools.cache
def routes() -> Mapping[str, BaseAction]:
    """Route name -> action, of every policy table that this process serves."""
    merged: dict[str, BaseAction] = {}
    for table in _tables():
        merged |= getattr(table, "ROUTES", {})
    return MappingProxyType(merged)


@functools.cache
def open_routes() -> frozenset[str]:
    """The routes that answer without sign-in, of every policy table that this process serves."""
    return frozenset().union(*(getattr(table, "OPEN", ()) for table in _tables()))


@functools.cache
def fresh_routes() -> frozenset[str]:
    """The routes that want a fresh sign-in step, of every policy table that this process serves."""
    return frozenset().union(*(getattr(table, "FRESH", ()) for table in _tables()))


@functools.cache
def without_writing() -> frozenset[str]:
    """The routes that answer while the database cannot be written, of every policy table that this process serves."""
    return frozenset().union(*(getattr(table, "WITHOUT_WRITING", ()) for table in _tables()))


def _tables() -> list[ModuleType]:
    """The policy tables that this process serves."""
    return [importlib.import_module(name) for name in settings.DESIST_POLICIES]


def forget() -> None:
    """Read the tables anew: for tests, which serve one zone after another from one process."""
    for table in (rules, routes, open_routes, fresh_routes, without_writing):
        table.cache_clear()


def opens(role: Role, route: str) -> bool:
    """Whether a role may go where a route leads, so that a page offers no button in vain."""
    return role in rule(routes()[route]).roles


def rule(action: BaseAction) -> Rule:
    """The rule for an action; raises UnknownAction."""
    try:
        return rules()[action]
    except KeyError:
        raise UnknownAction(action) from None
