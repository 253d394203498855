"""Every model has a command, an envelope or a page that writes its first row: none is filled by the demo alone."""

import ast
import re
from collections.abc import Iterable, Iterator

import pytest
from django.apps import apps
from django.db import models
from tests.rules.code import Module, every, modules

from desist.programme.concerns.models import Concern, ConcernStep

WRITES = {"create", "bulk_create", "get_or_create", "update_or_create"}
#: model -> why no code of ours makes a row of it
EXCEPT = {
    "accounts.BrowserSession": "Django's session store makes it, by get_model_class",
    "advocacy.RevealAlert": "alerts of the time before account alerts, kept for the audit",
}
INTO = re.compile(r'INSERT INTO "?(\w+)|\\?COPY "?(\w+)')


def ours() -> list[type[models.Model]]:
    """Return our models; the history of rows is written by its triggers."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("desist.") and not hasattr(model, "pgh_tracked_model")
    ]


def unwritten(kinds: Iterable[type[models.Model]], code: Iterable[Module]) -> list[str]:
    """Return models of which nothing that ships makes a row."""
    shipped = [one for one in code if not one.path.startswith(("tools/", "desist_"))]
    written = {name for module in shipped for name in written_by(module)}
    return sorted(model._meta.label for model in kinds if not names(model) & written)


def names(model: type[models.Model]) -> set[str]:
    """Return how code that makes a row may name it: module and class, a relation to it, or its table."""
    relations = (
        field.remote_field.related_name
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.OneToOneField)
    )
    near = {f".{name}" for name in relations if name and name != "+"}
    return {short(f"{model.__module__}.{model.__name__}"), f"table {model._meta.db_table}", *near}


def short(dotted: str) -> str:
    """Return the part of Desist and the class: the models of a part are also named by its own models.py."""
    _, part, *_, name = dotted.split(".")
    return f"{part} {name}"


def written_by(module: Module) -> Iterator[str]:
    """Yield how a module names the rows that it makes."""
    yield from (f"table {name}" for found in INTO.findall(module.text) for name in found if name)
    if module.is_migration:
        return
    known = dict(imported(module))
    for node in every(module.tree, ast.Call):
        made = node.func
        if isinstance(made, ast.Attribute) and made.attr in WRITES:
            # Model.objects.create, or row.relation.create
            made = made.value
            if isinstance(made, ast.Attribute) and made.attr == "objects":
                made = made.value
            elif isinstance(made, ast.Attribute):
                yield f".{made.attr}"
        yield from filter(None, (known.get(ast.unparse(made)),))


def imported(module: Module) -> Iterator[tuple[str, str]]:
    """Yield each name by which a module knows a model, and whose it is."""
    for node in every(module.tree, ast.ImportFrom):
        if re.fullmatch(r"desist\..*models", node.module or ""):
            for one in node.names:
                yield one.asname or one.name, short(f"{node.module}.{one.name}")
    if module.path.endswith("models.py"):
        for model in every(module.tree, ast.ClassDef):
            yield model.name, short(f"{module.name}.{model.name}")


def test_each_model_is_written_by_what_ships() -> None:
    assert unwritten(ours(), modules()) == list(EXCEPT)


@pytest.mark.parametrize(
    ("path", "text", "left"),
    [
        ("tools/synthetic/rows.py", "ConcernStep.objects.create()", True),
        ("programme/concerns/queries.py", "ConcernStep.objects.filter()", True),
        ("programme/concerns/commands.py", "ConcernStep.objects.create()", False),
        ("programme/concerns/commands.py", "row = ConcernStep(concern=one)", False),
        ("programme/concerns/commands.py", "concern.steps_taken.create()", False),
        ("programme/migrations/0099.py", "SQL = 'INSERT INTO programme_concernstep VALUES (1)'", False),
    ],
)
def test_a_model_that_only_the_demo_writes_is_found(path: str, text: str, *, left: bool) -> None:
    planted = Module(path, f"from {Concern.__module__} import ConcernStep\n{text}\n")

    assert unwritten([ConcernStep], [planted]) == (["programme.ConcernStep"] if left else [])
