"""The records of a zone that can be of one person: settings.DESIST_MERGES names the table of each zone."""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Model, Q, QuerySet

from desist.audit import cases
from desist.merges.models import Merge
from desist.merges.states import State
from desist.sites import Zone
from desist.ui import dates
from desist.wall import policy
from desist.wall.actors import Actor, Role

#: the roles that compare records; each sees those of which the zone's own rule says so
MERGING = frozenset(
    {
        Role.MANAGER,
        Role.SUPERVISOR,
        Role.FORCE_LEAD,
        Role.ORDER_COORDINATOR,
        Role.ADVOCACY_MANAGER,
        Role.ADVOCATE,
    }
)


def nothing(*_: Any) -> str:  # noqa: ANN401 -- whatever a zone's own function would get
    """Return no objection, and do nothing."""
    return ""


@dataclass(frozen=True)
class Along:
    """Rows that go along with the second record: the column that names the record, and a row in words."""

    model: type[Model]
    column: str
    words: Callable[[Any], str]

    @property
    def table(self) -> str:
        """The table's name."""
        return str(self.model._meta.db_table)

    def of(self, record: Model) -> QuerySet[Any]:
        """The rows of a record."""
        return self.model._default_manager.filter(**{self.column: record})


@dataclass(frozen=True)
class Kind:
    """One kind of record: the rule about who sees it, its page, the answers to compare, and the rows that go along."""

    action: policy.BaseAction
    model: type[Model]
    route: str
    name: Callable[[Any], str]
    labels: Mapping[str, str]
    along: tuple[Along, ...]
    #: why a first and a second record are not merged, "" where they can be
    unfit: Callable[[Any, Any], str] = nothing
    #: writes a line of a record's own history: the record, the other's reference, the merge's state, who and when
    happened: Callable[[Any, str, State, str, datetime], object] = nothing

    @property
    def table(self) -> str:
        """The table's name."""
        return str(self.model._meta.db_table)

    def read(self, row: Model) -> dict[str, Any]:
        """The answers of a record, as JSON can hold them."""
        found = {name: getattr(row, name) for name in self.labels}
        return {name: one.isoformat() if isinstance(one, date) else one for name, one in found.items()}

    def write(self, row: Model, answers: Mapping[str, Any]) -> None:
        """Set some answers of a record, which the caller saves."""
        for name, answer in answers.items():
            setattr(row, name, self._field(name).to_python(answer))

    def said(self, name: str, answer: Any) -> str:  # noqa: ANN401 -- an answer of any type
        """An answer in words, "" where there is none."""
        if isinstance(answer, list):
            return ", ".join(answer)
        field = self._field(name)
        if field.get_internal_type() == "DateField":
            return dates.on(date.fromisoformat(answer)) if answer else ""
        return str(dict(field.flatchoices).get(answer, answer or ""))

    def _field(self, name: str) -> Any:  # noqa: ANN401 -- a field of any type
        return self.model._meta.get_field(name)


def of_zone() -> tuple[Kind, ...]:
    """The kinds of record of this zone."""
    module, _, table = settings.DESIST_MERGES[Zone(settings.DESIST_ZONE)].rpartition(".")
    found: tuple[Kind, ...] = getattr(importlib.import_module(module), table)
    return found


def kind_of(merge: Merge) -> Kind:
    """The kind of the records of a merge."""
    return next(kind for kind in of_zone() if kind.table == merge.table)


def visible(kind: Kind, actor: Actor) -> QuerySet[Any]:
    """The records of a kind that the actor, whose role may merge, can compare."""
    return kind.model._default_manager.filter(policy.rule(kind.action).scope(actor))


def seen(actor: Actor) -> Q:
    """The merges of two records that the actor may both see now."""
    each = ((kind, visible(kind, actor).values("ref")) for kind in of_zone())
    return reduce(or_, (Q(table=kind.table, first__in=rows, second__in=rows) for kind, rows in each))


def found(ref: str, actor: Actor) -> tuple[Kind, Any] | None:
    """The record that a reference of any of its rows leads to, where the actor may compare it."""
    case = cases.case_of(ref=ref)
    for kind in of_zone() if case else ():
        if case and case[0] is kind.model and (row := visible(kind, actor).filter(ref=case[1]).first()):
            return kind, row
    return None


def leading(ref: str) -> str:
    """The reference under which the person of a record is found: its own, or that of the record it was merged into."""
    while (
        into := Merge.objects.filter(second=ref, state=State.STANDS).values_list("first", flat=True).first()
    ):
        ref = into
    return ref


def together(ref: str) -> frozenset[str]:
    """The references of all records that are merged with this one, with its own."""
    known, waiting = set(), [leading(ref)]
    while waiting:
        known.add(one := waiting.pop())
        waiting += Merge.objects.filter(first=one, state=State.STANDS).values_list("second", flat=True)
    return frozenset(known)
