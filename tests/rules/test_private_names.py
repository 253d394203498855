"""No private name of a library is imported, read, written or replaced: an update may silently remove it."""

import ast
import builtins
import importlib
import inspect
import re
from collections.abc import Iterable, Iterator

import pytest
from django.core.handlers.wsgi import WSGIRequest
from tests.rules.code import Module, every, modules

#: the libraries from whose classes ours derive
WATCHED = frozenset(
    {
        *("django", "jinja2", "psycopg", "pghistory", "pgtrigger", "markupsafe", "click", "typer"),
        *("pypdf", "pikepdf", "reportlab"),
    }
)
#: what a library documents although its name looks private
DOCUMENTED = frozenset({"_meta", "_default_manager", "_replace", "_asdict", "_exit"})
#: Python's own names with two underscores on both sides: those of the built-in classes and a few more
PYTHONS = frozenset(
    {
        *(name for one in vars(builtins).values() for name in dir(one)),
        *("__all__", "__code__", "__dataclass_fields__", "__file__", "__getattr__", "__missing__"),
        *("__post_init__", "__slots__"),
    }
)


def is_private(name: str) -> bool:
    """Return whether a name has one underscore: Python's own names have two on both sides."""
    return name.startswith("_") and not name.startswith("__")


def imported(module: Module) -> list[str]:
    """Return the lines that import a private name, or a private module, of a library."""
    found = []
    for node in every(module.tree, ast.ImportFrom, ast.Import):
        match node:
            case ast.ImportFrom(module=str(source)) if not source.startswith("desist"):
                names = [*source.split("."), *(one.name for one in node.names)]
            case ast.Import():
                names = [part for one in node.names for part in one.name.split(".")]
            case _:
                continue
        found += [f"{module.path}:{node.lineno}" for name in names if is_private(name)]
    return found


def test_no_private_name_of_a_library_is_imported() -> None:
    assert [line for module in modules() for line in imported(module)] == []


def test_an_import_of_a_private_name_is_found() -> None:
    planted = Module("wall/fast.py", "from psycopg import _queries\nimport a._b\nfrom desist.x import _own\n")

    assert imported(planted) == ["wall/fast.py:1", "wall/fast.py:2"]


def is_foreign(node: ast.AST) -> bool:
    """Return whether something names what a library keeps to itself, or makes its object one of another class."""
    match node:
        case ast.Attribute(value=ast.Name(id="self" | "cls") | ast.Call(func=ast.Name(id="super"))):
            name = ""
        case ast.Attribute(attr="__class__", ctx=ast.Store()):
            return True
        case ast.Attribute(attr=name):
            pass
        case ast.Name(id=name) if name.startswith("__"):
            pass
        case ast.FunctionDef(name=name) if name.startswith("__"):
            pass
        case _:
            return False
    if name.startswith("__"):
        return name not in PYTHONS
    return is_private(name) and name not in DOCUMENTED


def reached(module: Module) -> list[str]:
    """Return the lines that reach for a private name of something else, or write a magic one that is not Python's."""
    nodes: Iterator[ast.expr | ast.stmt] = every(module.tree, ast.Attribute, ast.Name, ast.FunctionDef)
    return [f"{module.path}:{node.lineno}" for node in nodes if is_foreign(node)]


def test_the_libraries_of_the_product_are_read_too() -> None:
    assert {"desist_chronicle", "desist_evaluation"} <= {one.path.partition("/")[0] for one in modules()}


def test_no_private_name_of_a_library_is_read_or_written() -> None:
    assert [line for module in modules() for line in reached(module)] == []


@pytest.mark.parametrize(
    "line",
    [
        "canvas._code.append(begins)",
        "stamp = self._canvas._doc._timeStamp",
        "canvas._code = []",
        "page.__class__ = Tagged",
        "class Page(PDFPage):\n    __NoDefault__ = [*PDFPage.__NoDefault__, 'Tabs']",
        "class Page(PDFPage):\n    __RefOnly__ = 1",
        "class Page(PDFPage):\n    def __Comment__(self):\n        pass",
    ],
)
def test_a_private_name_that_is_reached_for_is_found(line: str) -> None:
    assert reached(Module("desist_chronicle/outputs/fast.py", line)) != []


def test_own_private_names_and_what_is_documented_may_be_used() -> None:
    text = (
        "__all__ = []\nclass One:\n    def __post_init__(self):\n        self._x = super()._y\n"
        "row._replace(a=1)\nraise One from error.__cause__\n"
    )

    assert reached(Module("desist_chronicle/outputs/fine.py", text)) == []


def written(node: ast.ClassDef) -> set[str]:
    """Return the private names that a class defines, or sets on itself."""
    defined = {one.name for one in node.body if isinstance(one, ast.FunctionDef)}
    set_there = {
        target.attr if isinstance(target, ast.Attribute) else target.id
        for one in ast.walk(node)
        if isinstance(one, ast.Assign | ast.AnnAssign)
        for target in (one.targets if isinstance(one, ast.Assign) else [one.target])
        if isinstance(target, ast.Name)
        or (
            isinstance(target, ast.Attribute)
            and isinstance(target.value, ast.Name)
            and target.value.id == "self"
        )
    }
    return {name for name in defined | set_there if is_private(name)}


def replaced(kind: type, names: Iterable[str]) -> Iterator[str]:
    """Return which of these names a library's base class of `kind` already has."""
    above = [one for one in kind.__mro__[1:] if one.__module__.partition(".")[0] in WATCHED]
    texts = "\n".join(map(inspect.getsource, above))
    yield from (
        name for name in sorted(names) if re.search(rf"\b(?:def {name}|self\.{name}|{name} =)", texts)
    )


def loaded(module: Module) -> Iterator[tuple[type, ast.ClassDef]]:
    """Return the classes of a module, each with its syntax; a module of a migration or of a process is not loaded."""
    names = [node for node in module.tree.body if isinstance(node, ast.ClassDef) and written(node)]
    if names and not module.is_migration:
        code = importlib.import_module(module.name)
        yield from ((getattr(code, node.name), node) for node in names)


def test_no_class_replaces_what_a_library_keeps_to_itself() -> None:
    found = [
        f"{module.path} {kind.__name__}.{name}"
        for module in modules()
        for kind, node in loaded(module)
        for name in replaced(kind, written(node))
    ]

    assert found == []


class Planted(WSGIRequest):
    """A form that reads its data in its own way."""

    def _load_post_and_files(self) -> None:
        self._post: dict[str, str] = {}


def test_a_class_that_replaces_one_is_found() -> None:
    (node,) = ast.parse(inspect.getsource(Planted)).body

    assert isinstance(node, ast.ClassDef)
    assert list(replaced(Planted, written(node))) == ["_load_post_and_files", "_post"]
