"""The records of a zone that can be of one person: settings.DESIST_MERGES names the table of each zone."""

import importlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet, UniqueConstraint, Value

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


def rows_of(model: type[Model]) -> QuerySet[Any]:
    """The rows of a table, for a merge that moves some of them."""
    return model._default_manager.order_by("pk")


def itself(record: Any) -> Any:  # noqa: ANN401 -- a record of any kind
    """Return the record: most rows belong to it."""
    return record


def always(*_: Any) -> bool:  # noqa: ANN401 -- two records of any kind
    """Let the rows go along."""
    return True


@dataclass(frozen=True)
class Along:
    """Rows that go along with the second record: their table, the column that names their owner, and a row in words.

    `owner` is the row of a record that the column names, None where a record has none yet; `goes` says of a first and
    a second record whether the rows go, `which` of each row. Of rows that are `one`, such as versions of one plan,
    those of the first hold. Where a row of a `group` has no room, the whole group stays. A split asks whose the rows
    are that were written since where it `asks`; others stay with the first.
    """

    model: type[Model]
    column: str
    name: str
    words: Callable[[Any], str]
    owner: Callable[[Any], Any] = itself
    goes: Callable[[Any, Any], bool] = always
    which: Q = field(default_factory=Q)
    one: bool = False
    group: str = ""
    asks: bool = False

    @property
    def table(self) -> str:
        """The table's name."""
        return str(self.model._meta.db_table)

    @property
    def key(self) -> str:
        """The field by which a merge remembers a row."""
        return "ref" if any(field.name == "ref" for field in self.model._meta.fields) else "pk"

    def of(self, record: Model) -> QuerySet[Any]:
        """The rows of a record, without what they hold in bytes."""
        owner = self.owner(record)
        rows = rows_of(self.model).defer(*self._bytes)
        return rows.filter(**{self.column: self.value(owner)}) if owner else rows.none()

    def keys(self, record: Model) -> list[Any]:
        """What the rows of a record are remembered by."""
        return list(self.of(record).values_list(self.key, flat=True))

    def with_key(self, keys: Collection[Any]) -> QuerySet[Any]:
        """The rows that a merge remembers."""
        return rows_of(self.model).filter(**{f"{self.key}__in": keys})

    def value(self, owner: Model) -> Any:  # noqa: ANN401 -- a row, or its reference
        """What the column holds: the owner, or its reference where no foreign key leads to it."""
        return owner if self.model._meta.get_field(self.column).is_relation else getattr(owner, "ref")  # noqa: B009 -- every record has one

    def has_room(self, row: Model, owner: Model) -> bool:
        """Whether the database would take a row as one of another owner's."""
        setattr(row, self.column, self.value(owner))
        try:
            row.validate_unique(exclude={field.name for field in row._meta.fields} - {self.column})
            for constraint in row._meta.constraints:
                if isinstance(constraint, UniqueConstraint | ExclusionConstraint):
                    constraint.validate(self.model, row, exclude=set(self._bytes))
        except ValidationError:
            return False
        return True

    @property
    def _bytes(self) -> frozenset[str]:
        return frozenset(
            field.name for field in self.model._meta.fields if field.get_internal_type() == "BinaryField"
        )


def dated(
    model: type[Model],
    column: str,
    name: str,
    day: str,
    **more: Any,  # noqa: ANN401 -- what else Along takes
) -> Along:
    """Rows that are told apart by a day or a moment: "Letters", "Letter of 3 March 2026"."""

    def words(row: Any) -> str:  # noqa: ANN401 -- a row of any table
        said, on = str(model._meta.verbose_name).capitalize(), getattr(row, day)
        if on is None:
            return said
        return f"{said} of {dates.at(on) if isinstance(on, datetime) else dates.on(on)}"

    return Along(model, column, name, words, **more)


@dataclass(frozen=True)
class Carried:
    """What becomes of the second record's rows of one table: which go along, and which stay in words."""

    along: Along
    goes: tuple[Any, ...]
    stays: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """One kind of record: the rule about who sees it, its page, the answers to compare, and the rows that go along."""

    action: policy.BaseAction
    model: type[Model]
    route: str
    name: Callable[[Any], str]
    labels: Mapping[str, str]
    along: tuple[Along, ...]
    #: table.column of what leads to a record or to an owner, and does not go along -> why
    stays: Mapping[str, str] = field(default_factory=dict)
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

    def carried(self, first: Any, second: Any) -> tuple[Carried, ...]:  # noqa: ANN401 -- records of any kind
        """What becomes of the second record's rows if it is merged into the first now, by table."""
        there = _present(self.along, second)
        rows = {along: _sorted(along, first, second) for along in self.along if along.table in there}
        held = {along.group for along, (_, stays) in rows.items() if stays} - {""}
        return tuple(
            Carried(along, (), tuple(map(along.words, (*goes, *stays))))
            if along.group in held
            else Carried(
                along, tuple(getattr(one, along.key) for one in goes), tuple(map(along.words, stays))
            )
            for along, (goes, stays) in rows.items()
            if goes or stays
        )

    def carry(self, along: Along, key: Any, source: Model, target: Model) -> None:  # noqa: ANN401, ARG002 -- a key
        """Let one row be another record's; `source` is the record that it leaves."""
        owner = along.owner(target)
        along.with_key([key]).update(**{along.column: along.value(owner)})

    def _field(self, name: str) -> Any:  # noqa: ANN401 -- a field of any type
        return self.model._meta.get_field(name)


def _present(alongs: tuple[Along, ...], record: Any) -> set[str]:  # noqa: ANN401 -- a record of any kind
    """The tables that hold a row of a record, in one statement."""
    rows = [along.of(record).order_by().annotate(of_table=Value(along.table)) for along in alongs]
    first, *others = (one.values_list("of_table", flat=True)[:1] for one in rows)
    return set(first.union(*others, all=True))


def _sorted(along: Along, first: Any, second: Any) -> tuple[list[Any], list[Any]]:  # noqa: ANN401 -- records of any kind
    """The second record's rows of a table that go along, and those that stay."""
    rows, owner = list(along.of(second)), along.owner(first)
    if owner is None or not along.goes(first, second) or (along.one and along.of(first).exists()):
        return [], rows
    able = set(along.of(second).filter(along.which).values_list("pk", flat=True))
    fits = {row.pk: row.pk in able and along.has_room(row, owner) for row in rows}
    return [row for row in rows if fits[row.pk]], [row for row in rows if not fits[row.pk]]


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
