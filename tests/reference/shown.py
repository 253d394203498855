"""Which fields of a model a page, a report, an envelope or a file given out shows.

The rule reads the code and does not run it. A module shows a field where it reads the field's name, draws or sends (not
only keeps, asks or decides), and knows the model by an import from its slice or by the name of a relation to it.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.db.models import Field, Model
from tests.rules.code import SOURCE, Module, every, modules, parsed

#: folders that show nothing to a site's users, and modules that keep, ask or decide
BESIDES = ("desist.reference.", "desist.cli.", "desist.running.", "desist.embedded.")
NOT_SHOWING = {"models", "forms", "policy", "urls", "migrations"}
#: shared packages that list names about every zone's rows
OF_EVERY_ZONE = {"referral", "disclosure", "questionnaires", "notices", "post", "orders"}


@dataclass(frozen=True)
class Reader:
    """What one module reads, and what it imports."""

    dotted: str
    reads: frozenset[str]
    imports: frozenset[str]

    @property
    def shows(self) -> bool:
        """Return whether the module draws or sends: of the commands only those that make an envelope."""
        parts = self.dotted.split(".")
        sends = any("payload" in name for name in self.imports)
        return not NOT_SHOWING & set(parts) and (parts[-1] != "commands" or sends)

    def knows(self, model: type[Model]) -> bool:
        """Return whether a name in the module may be a field of the model."""
        return any(self._knows(model, one.__module__.rpartition(".")[0]) for one in _with_parents(model))

    def _knows(self, model: type[Model], of: str) -> bool:
        zone = self.dotted.split(".")[1]
        leads = zone == of.split(".")[1] and not self.reads.isdisjoint(_leading(model))
        return of in self.within or leads or zone in OF_EVERY_ZONE

    @cached_property
    def within(self) -> frozenset[str]:
        """The modules that it imports and its own name, each with the packages that it lies in."""
        parts = (one.split(".") for one in (*self.imports, self.dotted))
        return frozenset(".".join(one[:end]) for one in parts for end in range(1, len(one) + 1))


def _with_parents(model: type[Model]) -> Iterator[type[Model]]:
    """Return a model and the abstract ones of ours whose fields it has."""
    yield model
    yield from (
        one for one in model.__mro__ if one is not Model and issubclass(one, Model) and one._meta.abstract
    )


def unshown(model: type[Model], readers: Iterable[Reader]) -> list[str]:
    """Return the model's own fields that none of the readers shows."""
    known = {name for one in readers if one.knows(model) for name in one.reads}
    known |= {name for function, read in _functions(model) if function in known for name in read}
    fields = (field for field in model._meta.concrete_fields if not field.auto_created)
    return [f"{model._meta.label}.{field.name}" for field in fields if not known & _names(field)]


def _names(field: "Field[Any, Any]") -> set[str]:
    """Return the names by which code reads a field; a field that leads to another row has its names from there too."""
    back = {field.remote_field.related_name or ""} if field.remote_field else set[str]()
    return {field.name, field.attname, f"get_{field.name}_display", *back}


@cache
def readers() -> tuple[Reader, ...]:
    """Return every module that shows something."""
    ours = (one for one in modules() if one.name.startswith("desist.") and not one.name.startswith(BESIDES))
    found = (reader(module) for module in ours)
    return tuple(one for one in found if one.shows)


def reader(module: Module) -> Reader:
    """Return what a module reads."""
    reads = {node.attr for node in every(module.tree, ast.Attribute) if isinstance(node.ctx, ast.Load)}
    imports = set[str]()
    for text in every(module.tree, ast.Constant):
        if isinstance(text.value, str) and re.fullmatch(r"-?\w+", text.value):
            # as in values_list("room__name") or order_by("-at")
            reads.add(text.value.lstrip("-").rpartition("__")[2])
    for node in every(module.tree, ast.ImportFrom):
        if node.module:
            imports |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return Reader(module.name, frozenset(reads), frozenset(imports))


@cache
def _leading(model: type[Model]) -> frozenset[str]:
    """Return the names by which other rows reach a row of the model."""
    remote = (field.remote_field for field in model._meta.concrete_fields if field.remote_field)
    back = (one.related_name or model.__name__.lower() for one in remote)
    return frozenset((*back, *(one.field.name for one in model._meta.related_objects)))


def _functions(model: type[Model]) -> Iterator[tuple[str, set[str]]]:
    """Return the model's properties and methods, each with the names that it reads."""
    path = SOURCE.joinpath(*model.__module__.split(".")[1:]).with_suffix(".py")
    classes = [one for one in parsed(path.read_text("utf-8")).body if isinstance(one, ast.ClassDef)]
    own = next(one for one in classes if one.name == model.__name__)
    for function in (one for one in own.body if isinstance(one, ast.FunctionDef)):
        read = {node.attr for node in every(function, ast.Attribute)}
        yield function.name, read
