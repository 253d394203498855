"""The cases of a zone that a task can be about: settings.DESIST_TASKS names the table of each zone."""

import functools
import importlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model, Q, QuerySet

from desist.accounts import queries as accounts
from desist.desk.policy import DUTY
from desist.sites import Zone
from desist.wall import policy
from desist.wall.actors import Actor, Role
from desist.wall.statements import Question, fetch, key_of, of_role, texts

#: everyone who can have a task
HOLDERS = DUTY | {Role.SUPERVISOR}


@dataclass(frozen=True)
class Kind:
    """One kind of case: whose rule says who sees it, its page, and its name on a page.

    `names` makes the names, by reference, of rows of the reference and these columns.
    """

    action: policy.BaseAction
    model: type[Model]
    route: str
    names: Callable[[Sequence[tuple[Any, ...]]], Mapping[str, str]]
    columns: tuple[str, ...] = ()


def of_zone() -> tuple[Kind, ...]:
    """The kinds of case of this zone."""
    module, _, table = settings.DESIST_TASKS[Zone(settings.DESIST_ZONE)].rpartition(".")
    found: tuple[Kind, ...] = getattr(importlib.import_module(module), table)
    return found


def seen(actor: Actor) -> Q:
    """The tasks about no case, and those about a case that the actor may see now."""
    rows = Q(case="")
    for _, theirs in _visible(actor):
        rows |= Q(case__in=theirs.values("ref"))
    return rows


def named(actor: Actor, refs: Collection[str]) -> dict[str, tuple[str, str]]:
    """The name and the route of cases that the actor may see, by reference."""
    found: dict[str, tuple[str, str]] = {}
    known = {"who": actor.who, "area": actor.area, "reach": actor.reach, "refs": list(refs)}
    for kind in of_zone() if refs else ():
        rule = policy.rule(kind.action)
        if actor.role in rule.roles:
            asked = of_role(_called(kind), rule.scope, actor.role, in_emergency=bool(actor.reach))
            rows = fetch(*asked.bound(known))
            found |= {ref: (name, kind.route) for ref, name in kind.names(rows).items()} if rows else {}
    return found


def called(rows: Sequence[tuple[Any, ...]]) -> dict[str, str]:
    """The names of people, from rows of a reference, given names and a family name."""
    return {ref: f"{given} {family}".strip() for ref, given, family in rows}


@functools.cache
def _called(kind: Kind) -> Question:
    """What the names of cases are made of; the references are in the slot `refs`."""
    return Question(
        kind.model, lambda rows: rows.filter(ref__in=texts("refs")).values_list("ref", *kind.columns)
    )


def _visible(actor: Actor) -> Iterator[tuple[Kind, QuerySet[Any]]]:
    """Each kind of case with the rows that the actor may see."""
    for kind in of_zone():
        rule = policy.rule(kind.action)
        if actor.role in rule.roles:
            yield kind, kind.model._default_manager.filter(rule.scope(actor))


def colleagues(actor: Actor, case: str) -> Iterator[tuple[str, str]]:
    """The accounts of the area, by reference and name, that may hold a task about a case; the actor first."""
    yield actor.who, "Me"
    able = set(_able(accounts.everybody_at_work(), actor.area, case))
    others = accounts.names(refs=able - {actor.who})
    yield from sorted(others.items(), key=lambda one: one[1])


def may_hold(account: str, area: str, case: str) -> bool:
    """Whether an account that works in the area may see the case."""
    held = [one for one in accounts.everybody_at_work() if one.account == account]
    return account in _able(held, area, case)


def _able(people: Iterable[accounts.AtWork], area: str, case: str) -> Iterator[str]:
    """The accounts among these that hold tasks in an area and may see the case."""
    # Only the kinds that have a case of this reference are asked about for each colleague.
    kinds = [one for one in of_zone() if case and one.model._default_manager.filter(ref=case).exists()]
    for one in people:
        if one.role in HOLDERS and one.area == area:
            known = {"who": one.account, "area": area, "reach": "", "ref": case}
            if not case or any(_sees(one.role, kind, known) for kind in kinds):
                yield one.account


def _sees(role: Role, kind: Kind, known: Mapping[str, str]) -> bool:
    """Whether an account of a role, with its own values, may see the case of this kind."""
    rule = policy.rule(kind.action)
    return role in rule.roles and bool(of_role(key_of(kind.model), rule.scope, role).rows(**known))
