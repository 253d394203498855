"""Statements that the ORM writes once and every request runs with its own values.

The gate opens a row by one; four pages, To do, the session and the menu are read by them.

They exist for speed: without them the caseload costs 2.4 times as much, a search three times and one person's page five
times (docs/adr/busy-pages-in-fewer-steps.md). Writing a statement with its scope costs the ORM more than the database needs to answer it. A scope depends on the
actor's role alone, apart from the values in it, so one statement serves every account in a role:

    def _caseload(rows: QuerySet[Episode]) -> QuerySet[Any]:
        return rows.filter(state="open", opened_at__gte=Cast(Slot.value("since"), DateField())).values_list("ref")

    CASELOAD = Question(Episode, _caseload)          # gate.read(actor, Action.SEE_EPISODES, CASELOAD, at=at, since=...)
    NOTES = Statement(lambda: Note.objects.filter(episode__ref=Slot("ref")).values_list("text"))   # NOTES.rows(ref=ref)
    HELD = Instances(lambda: Session.objects.filter(pk__in=among("keys")), "ref", "room__name")    # HELD.rows(keys=keys)
"""

import functools
import re
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import CharField, DateField, DateTimeField, Model, Q, QuerySet, UUIDField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from psycopg.sql import Literal

from desist.wall.actors import Actor, Role

#: where the ORM leaves room for a value, or writes a sign of per cent
MARK = re.compile("%[%s]")
#: a length in the name of a type: varchar(40)[]
LENGTH = re.compile(r"\([0-9, ]+\)")


class Slot(str):
    """A placeholder in a queryset for a text that is only known when the statement runs."""

    __slots__ = ()

    @classmethod
    def value(cls, name: str) -> Value:
        """A slot as an expression, to be cast to a day or a number."""
        return Value(cls(name), output_field=CharField())


def among(name: str) -> RawSQL:
    """The keys in a slot, which holds a list of them: `episode__in=among("people")`."""
    return RawSQL("SELECT unnest(%s::bigint[])", [Slot(name)])


def texts(name: str) -> RawSQL:
    """The texts in a slot, which holds a list of them."""
    return RawSQL("SELECT unnest(%s::text[])", [Slot(name)])


def day(name: str) -> Cast:
    """The day in a slot."""
    return Cast(Slot.value(name), DateField())


def moment(name: str) -> Cast:
    """The moment in a slot."""
    return Cast(Slot.value(name), DateTimeField())


@dataclass(frozen=True, eq=False)  # each is itself, so that a kept statement is found at once
class Question:
    """A question about an actor's rows of a model: `narrow` ends in `values_list`."""

    model: type[Model]
    narrow: Callable[[QuerySet[Any]], QuerySet[Any]]


@dataclass(frozen=True)
class Change:
    """Fields of a model that get new values where one of `new` would differ; `along` are set with them."""

    model: type[Model]
    new: Mapping[str, object]
    along: Mapping[str, object]

    def sql(self, keys: str) -> tuple[str, list[Any]]:
        """The update of the rows whose keys a common table expression holds in its column `key`, and its values.

        Each new value is sent once: it may be a long text, and the driver keeps the reading of a statement with few values.
        """
        statement, fields = _update(self.model, tuple(self.new), tuple(self.along), keys)
        given = zip(fields, (*self.along.values(), *self.new.values()), strict=True)
        return statement, [field.get_db_prep_save(value, connection) for field, value in given]


@functools.cache
def _update(
    model: type[Model], new: tuple[str, ...], along: tuple[str, ...], keys: str
) -> tuple[str, tuple[Any, ...]]:
    """The update of these fields, written once, and the fields in the order in which it takes their values."""
    table, others, fields = model._meta.db_table, _named(model, along), _named(model, new)
    names, set_too = ([connection.ops.quote_name(one.column) for one in each] for each in (fields, others))
    sets = ", ".join([f"{name} = new.{name}" for name in names] + [f"{name} = %s" for name in set_too])
    # A length in a cast would cut what is too long without a word.
    casts = ", ".join(f"%s::{LENGTH.sub('', one.db_type(connection))}" for one in fields)
    own, theirs = (", ".join(f"{of}.{name}" for name in names) for of in (table, "new"))
    statement = (
        f"UPDATE {table} SET {sets} FROM {keys}, (SELECT {casts}) AS new ({', '.join(names)}) "  # noqa: S608 -- names of the model
        f"WHERE {table}.id = {keys}.key AND ({own}) IS DISTINCT FROM ({theirs})"
    )
    return statement, (*others, *fields)


def _named(model: type[Model], names: Collection[str]) -> list[Any]:
    return [model._meta.get_field(name) for name in names]


def fixed(sql: str, values: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
    """A statement with its texts and truths written into it, and the values that are left: numbers, moments and slots.

    PostgreSQL keeps a plan for all askers where that costs no more than a plan for each, and it must know the codes to
    say so: few rows have `state = 'waiting'`; of a state that comes with each question it expects many.
    """
    rest = iter(values)
    left: list[Any] = []

    def mark(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return found[0]
        value = next(rest)
        if isinstance(value, str | bool) and not isinstance(value, Slot):
            return Literal(value if isinstance(value, bool) else str(value)).as_string().replace("%", "%%")
        left.append(value)
        return found[0]

    return MARK.sub(mark, sql), tuple(left)


class Statement:
    """A statement and its values, some of them slots; written when it is first run."""

    def __init__(self, build: Callable[[], QuerySet[Any]]) -> None:
        """`build` makes the queryset, which ends in `values_list`."""
        self._build = build

    @functools.cached_property
    def _written(self) -> tuple[str, tuple[Any, ...]]:
        return fixed(*self._build().query.sql_with_params())

    def bound(self, known: Mapping[str, object]) -> tuple[str, list[Any]]:
        """The statement with a value in every slot. Raises KeyError for a slot without a value."""
        sql, values = self._written
        return sql, [known[value] if isinstance(value, Slot) else value for value in values]

    def rows(self, **known: object) -> list[tuple[Any, ...]]:
        """The rows that it finds."""
        return fetch(*self.bound(known))


@dataclass(frozen=True)
class _Part:
    """The columns of a statement from `first` on that belong to one model; `path` leads to it, from `above`."""

    path: str
    above: str
    model: type[Model]
    fields: tuple[Any, ...]
    first: int

    @functools.cached_property
    def names(self) -> list[str]:
        """The attributes of the instance, as `from_db` takes them."""
        return [one.attname for one in self.fields]

    @functools.cached_property
    def key(self) -> int:
        """The place of the key among the columns of the statement."""
        return self.first + [one.primary_key for one in self.fields].index(True)

    @functools.cached_property
    def stored(self) -> list[tuple[int, Any]]:
        """The places of the fields that read a value in another way than the driver does."""
        return [(place, one) for place, one in enumerate(self.fields) if hasattr(one, "from_db_value")]

    def made(self, values: Sequence[Any]) -> Any:  # noqa: ANN401 -- an instance of some model
        """The instance in the values of these columns; None where the row points to none."""
        if values[self.key] is None:
            return None
        own = list(values[self.first : self.first + len(self.fields)])
        for place, field in self.stored:
            own[place] = field.from_db_value(own[place], None, connection)
        return self.model.from_db(connection.alias, self.names, own)


class Instances:
    """A statement whose rows are instances with some of their fields, and with those that they point to.

    As `only` and `select_related`, but written once: `columns` are those of a `values_list`, each model's key is added;
    `"*"` and `"room__*"` are every field of a model. An annotation comes as the driver reads it: no JSON, nothing locked.
    """

    def __init__(self, build: Callable[[], QuerySet[Any]], *columns: str) -> None:
        """`build` makes the queryset of the instances; its annotations may be among the columns."""
        self._build, self._columns = build, columns

    @functools.cached_property
    def _parts(self) -> tuple[list[_Part], list[str]]:
        """The models of the columns, the one of the rows first, and the annotations."""
        model, known = self._build().model, {"": {"pk"}}
        for column in self._columns:
            path, _, name = column.rpartition("__")
            steps = path.split("__") if path else []
            for number in range(len(steps)):
                known.setdefault("__".join(steps[: number + 1]), {"pk"})
            known[path].add(name)
        parts: list[_Part] = []
        # what points comes before what it points to
        for path in sorted(known, key=lambda one: (one.count("__"), one)):
            here = model
            for step in path.split("__") if path else ():
                here = here._meta.get_field(step).related_model
            first = sum(len(one.fields) for one in parts)
            parts.append(_Part(path, path.rpartition("__")[0], here, _fields(here, known[path]), first))
        return parts, sorted(name for name in known[""] - {"pk", "*"} if not _is_field(model, name))

    @functools.cached_property
    def _statement(self) -> Statement:
        parts, annotations = self._parts
        columns = [f"{part.path}__{one.name}".removeprefix("__") for part in parts for one in part.fields]
        return Statement(lambda: self._build().values_list(*columns, *annotations))

    def rows(self, **known: object) -> list[Any]:
        """The instances that it finds."""
        (own, *others), annotations = self._parts
        found = []
        for values in self._statement.rows(**known):
            made = {"": own.made(values)}
            for part in others:
                made[part.path] = part.made(values)
                if made[part.above] is not None:
                    setattr(made[part.above], part.path.rpartition("__")[2], made[part.path])
            for name, value in zip(annotations, values[len(values) - len(annotations) :], strict=True):
                setattr(made[""], name, value)
            found.append(made[""])
        return found


def _is_field(model: type[Model], name: str) -> bool:
    return any(one.name == name for one in model._meta.get_fields())


def _fields(model: type[Model], names: Collection[str]) -> tuple[Any, ...]:
    """The fields of these names, and the key, in the order of the model, as `from_db` takes them."""
    every: list[Any] = [one for one in model._meta.get_fields() if one.concrete and not one.many_to_many]
    return tuple(one for one in every if one.primary_key or one.name in names or "*" in names)


@functools.cache
def key_of(model: type[Model]) -> Question:
    """The key of the actor's one row of a reference, which is in the slot `ref`."""
    is_uuid = isinstance(model._meta.get_field("ref"), UUIDField)
    ref = Cast(Slot.value("ref"), UUIDField()) if is_uuid else Slot("ref")
    return Question(model, lambda rows: rows.filter(ref=ref).order_by().values_list("pk"))


@functools.cache
def of_role(
    question: Question, scope: Callable[[Actor], Q], role: Role, *, in_emergency: bool = False
) -> Statement:
    """The statement of a question for any holder of a role, with the slots `who`, `area` and `reach` of the actor."""
    reach = Slot("reach") if in_emergency else ""
    return Statement(lambda: _scoped(question, scope(anybody(role, reach=reach))))


def anybody(role: Role, *, reach: str = "") -> Actor:
    """Any holder of a role, for a scope in a statement: with the slots `who` and `area`."""
    return Actor(Slot("who"), role, Slot("area"), uuid.UUID(int=0), reach=reach)


def _scoped(question: Question, scope: Q) -> QuerySet[Any]:
    rows = question.model._default_manager.all()
    asked = question.narrow(rows.filter(scope))
    try:
        asked.query.sql_with_params()
    except EmptyResultSet:  # a scope of no rows at all, of which the ORM writes no statement
        return question.narrow(rows.extra(where=["false"]))
    return asked


def fetch(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    """Run a statement and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
