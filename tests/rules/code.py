"""The project's own code, read as text and as syntax, for rules that hold over all of it."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

N = TypeVar("N", bound=ast.AST)
ROOT = Path(__file__).parent.parent.parent
SOURCE = ROOT / "src" / "desist"
TOOLS = ROOT / "tools"
LIBRARIES = tuple(sorted(ROOT.glob("packages/*/src")))
ZONES = ("programme", "advocacy", "partnership", "commission", "public")


@dataclass(frozen=True)
class Module:
    """One Python file: its path within `desist`, for a library within its sources, for a tool in the checkout."""

    path: str
    text: str

    @property
    def name(self) -> str:
        dotted = self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        return dotted if dotted.startswith(("desist_", "tools.")) else f"desist.{dotted}"

    @property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return parsed(self.text)

    @property
    def is_migration(self) -> bool:
        return "/migrations/" in self.path


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file of the product, the libraries and the tools, migrations included."""
    return tuple(
        Module(path.relative_to(start).as_posix(), path.read_text("utf-8"))
        for start, folder in ((SOURCE, SOURCE), (ROOT, TOOLS), *((one, one) for one in LIBRARIES))
        for path in sorted(folder.rglob("*.py"))
        if "vendor" not in path.parts and "collected" not in path.parts
    )


@cache
def parsed(text: str) -> ast.Module:
    """Return the syntax of a file, read once for all rules: none changes it."""
    return ast.parse(text)


@cache
def walk(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Return the nodes of a file or a function as `ast.walk` does, found once for all rules."""
    return tuple(ast.walk(tree))


def every(tree: ast.AST, *kinds: type[N]) -> Iterator[N]:
    """Yield the nodes of a file or a function that are of these classes themselves, one class after the other."""
    known = _by_kind(tree)
    for kind in kinds:
        yield from known.get(kind, ())  # type: ignore[misc]  # the nodes of a class stand under it


@cache
def _by_kind(tree: ast.AST) -> Mapping[type[ast.AST], Sequence[ast.AST]]:
    found: dict[type[ast.AST], list[ast.AST]] = {}
    for node in walk(tree):
        found.setdefault(type(node), []).append(node)
    return found


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Every function and method, at any depth."""
    return every(tree, ast.FunctionDef)
