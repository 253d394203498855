"""Every migration after an app's first keeps the code before it working: it adds, and removes only unused things.

A migration that removes something names as `contract` the last version that used it, which must be an earlier version
(docs/developing/change-a-table.md).
"""

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.metadata import version
from typing import Any, TypeAlias

import pytest
from django.db import migrations, models
from django.db.migrations import operations as made
from django.db.migrations.operations.base import Operation
from tests.rules.code import ROOT

from desist.postgresql.migrations import AtOnce

#: operations that must never run while the code before still runs, even in a contract
NEVER = (made.RenameField, made.RenameModel, made.AlterModelTable)
TAKES_AWAY = re.compile(r"\b(DROP\s+(COLUMN|TABLE)|SET\s+NOT\s+NULL|RENAME)\b", re.IGNORECASE)

#: model and field, in small letters -> the field
Fields: TypeAlias = "dict[tuple[str, str], models.Field[Any, Any]]"


def landed() -> Iterator[list[type[migrations.Migration]]]:
    """Return every app's migrations in their order, which their numbers give, without those that new sites begin with."""
    for folder in sorted(ROOT.glob("src/desist/*/migrations")):
        names = sorted(file.stem for file in folder.glob("[0-9]*.py"))
        every = [import_module(f"desist.{folder.parent.name}.migrations.{name}").Migration for name in names]
        yield [one for one in every if not one.replaces]


def breaking(app: Iterable[type[migrations.Migration]], *, now: str) -> list[str]:
    """Return the operations of an app's later migrations with which the code before cannot work."""
    found: list[str] = []
    fields: Fields = {}
    for number, migration in enumerate(app):
        new = {one.name.lower() for one in flat(migration.operations) if isinstance(one, made.CreateModel)}
        for operation in flat(migration.operations):
            why = complaint(operation, fields, new)
            if why and number and not (contracts(migration, now) and not isinstance(operation, NEVER)):
                found.append(f"{migration.__module__.rpartition('.')[2]}: {why}")
            note(operation, fields)
    return found


def flat(operations: Iterable[Operation]) -> Iterator[Operation]:
    """Return what is done to the database, without the operations that only wrap others."""
    for one in operations:
        if isinstance(one, AtOnce):
            yield from flat(one.operations)
        elif isinstance(one, made.SeparateDatabaseAndState):
            yield from flat(one.database_operations)
        else:
            yield one


def contracts(migration: type[migrations.Migration], now: str) -> bool:
    """Return whether the migration names an earlier version as the last to use what it removes."""
    last = getattr(migration, "contract", "")
    return bool(last) and numbers(last) < numbers(now)


def numbers(written: str) -> list[int]:
    return [int(part) for part in written.split(".")]


def complaint(one: Operation, fields: Fields, new: set[str]) -> str:
    """Return why the code before cannot live with an operation; "" where it can."""
    if isinstance(one, made.AddField) and one.model_name.lower() not in new:
        return (
            ""
            if fills_itself(one.field)
            else f"{one.model_name}.{one.name} has no db_default and may not be null"
        )
    if isinstance(one, NEVER):
        return f"{type(one).__name__}: add the new one beside the old"
    if isinstance(one, made.RemoveField | made.DeleteModel):
        return f"{type(one).__name__} of {getattr(one, 'model_name', one.name)}"
    if isinstance(one, made.AlterField):
        before = fields[one.model_name.lower(), one.name.lower()]
        return f"{one.model_name}.{one.name} takes less than before" if narrower(before, one.field) else ""
    if isinstance(one, made.RunSQL) and TAKES_AWAY.search(str(one.sql)):
        return "its SQL takes away"
    return ""


def fills_itself(field: "models.Field[Any, Any]") -> bool:
    return field.null or field.many_to_many or "db_default" in field.deconstruct()[3]


def narrower(before: "models.Field[Any, Any]", after: "models.Field[Any, Any]") -> bool:
    """Return whether a column accepts less: no empty values any more, fewer letters, or another type."""
    if before.null and not fills_itself(after):
        return True
    longest, shortest = before.max_length, after.max_length
    fewer = shortest is not None and (longest is None or shortest < longest)
    return fewer or before.get_internal_type() != after.get_internal_type()


def note(one: Operation, fields: Fields) -> None:
    """Record the fields as they are after an operation."""
    if isinstance(one, made.CreateModel):
        fields.update({(one.name.lower(), name.lower()): field for name, field in one.fields})
    elif isinstance(one, made.AddField | made.AlterField):
        fields[one.model_name.lower(), one.name.lower()] = one.field


def test_every_migration_lets_the_code_before_it_work_on() -> None:
    apps = list(landed())

    assert len([migration for app in apps for migration in app]) > 20
    assert [line for app in apps for line in breaking(app, now=version("desist"))] == []


def app(*operations: Operation, contract: str = "") -> list[type[migrations.Migration]]:
    """An app whose second migration is planted."""
    words: list[tuple[str, models.Field[Any, Any]]] = [("words", models.CharField(max_length=40, null=True))]
    first = type("Migration", (migrations.Migration,), {"operations": [made.CreateModel("Note", words)]})
    told = {"operations": list(operations), "contract": contract}
    return [first, type("Migration", (migrations.Migration,), told)]


@pytest.mark.parametrize(
    "planted",
    [
        made.AddField("note", "more", models.CharField(max_length=40, default="")),
        AtOnce([made.AddField("note", "more", models.IntegerField(default=0))]),
        made.RemoveField("note", "words"),
        made.DeleteModel("Note"),
        made.AlterField("note", "words", models.CharField(max_length=40)),
        made.AlterField("note", "words", models.CharField(max_length=20, null=True)),
        made.AlterField("note", "words", models.IntegerField(null=True)),
        made.RunSQL("ALTER TABLE note DROP COLUMN words"),
        made.SeparateDatabaseAndState([made.RemoveField("note", "words")]),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_the_code_before_cannot_live_with_is_found_unless_an_earlier_version_was_the_last_to_use_it(
    planted: Operation,
) -> None:
    assert len(breaking(app(planted), now="0.2.0")) == 1
    assert len(breaking(app(planted, contract="0.2.0"), now="0.2.0")) == 1
    assert breaking(app(planted, contract="0.1.0"), now="0.2.0") == []


@pytest.mark.parametrize(
    "planted", [made.RenameField("note", "words", "text"), made.RenameModel("Note", "Line")]
)
def test_nothing_is_ever_renamed(planted: Operation) -> None:
    assert len(breaking(app(planted, contract="0.1.0"), now="0.2.0")) == 1


@pytest.mark.parametrize(
    "planted",
    [
        made.AddField("note", "more", models.CharField(max_length=40, db_default="")),
        made.AddField("note", "more", models.DateField(null=True)),
        made.AlterField("note", "words", models.CharField(max_length=60, null=True)),
        made.SeparateDatabaseAndState(state_operations=[made.RemoveField("note", "words")]),
        made.RunSQL("CREATE INDEX planted ON note (words)"),
        made.CreateModel("Line", [("id", models.BigAutoField(primary_key=True))]),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_only_adds_is_none(planted: Operation) -> None:
    assert breaking(app(planted), now="0.2.0") == []
