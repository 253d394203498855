"""Which function of the product calls which, read from the syntax: from its module's names and its imports."""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from tests.rules.code import Module, every


@dataclass(frozen=True)
class Function:
    """One function at the top of a module, or one class with all its methods."""

    module: Module
    node: ast.FunctionDef | ast.ClassDef

    @property
    def name(self) -> str:
        return f"{self.module.path} {self.node.name}"

    @property
    def is_public(self) -> bool:
        return not self.node.name.startswith("_")

    @property
    def arguments(self) -> set[str]:
        if isinstance(self.node, ast.ClassDef):
            return set()
        return {argument.arg for argument in (*self.node.args.args, *self.node.args.kwonlyargs)}


class Calls:
    """The functions of some modules, by dotted name, and those that each names: it calls them or hands them on.

    A function in a table at the top of a module counts as named by each function that names the table.
    """

    def __init__(self, known: Iterable[Module]) -> None:
        self.functions: dict[str, Function] = {}
        self._imports: dict[str, Mapping[str, str]] = {}
        self._tables: dict[str, tuple[Module, ast.expr]] = {}
        for module in known:
            tree = module.tree
            self._imports[module.path] = _imports(tree)
            for node in tree.body:
                if isinstance(node, ast.FunctionDef | ast.ClassDef):
                    self.functions[f"{module.name}.{node.name}"] = Function(module, node)
                elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                        self._tables[f"{module.name}.{ast.unparse(target)}"] = module, node.value

    @cached_property
    def named(self) -> dict[str, tuple[str, ...]]:
        """Return function -> the functions that it names."""
        return {name: tuple(sorted(self._named(function))) for name, function in self.functions.items()}

    @cached_property
    def namers(self) -> dict[str, set[str]]:
        """Return function -> the functions that name it."""
        found: dict[str, set[str]] = {}
        for name, others in self.named.items():
            for other in others:
                found.setdefault(other, set()).add(name)
        return found

    def reached(self, name: str, *, within: str = "") -> set[str]:
        """Return a function and all that it reaches by any number of calls; `within`: in this module or package."""
        found, waiting = {name}, [name]
        while waiting:
            new = {one for one in self.named[waiting.pop()] if one.startswith(within)} - found
            found |= new
            waiting += new
        return found

    def knows(self, module: Module, called: ast.Attribute) -> bool:
        """Return whether an attribute that is called is a function of another module of ours."""
        imports = self._imports[module.path]
        return (
            isinstance(called.value, ast.Name)
            and f"{imports.get(called.value.id)}.{called.attr}" in self.functions
        )

    def _named(self, function: Function) -> set[str]:
        names = self._names(function.module, function.node)
        for table in names & self._tables.keys():
            names |= self._names(*self._tables[table])
        return (names & self.functions.keys()) - {f"{function.module.name}.{function.node.name}"}

    def _names(self, module: Module, tree: ast.AST) -> set[str]:
        """Return the dotted names in a part of a module."""
        imports, home = self._imports[module.path], module.name
        found = set()
        for word in every(tree, ast.Name):
            if isinstance(word.ctx, ast.Load):
                found.add(imports.get(word.id, f"{home}.{word.id}"))
        for node in every(tree, ast.Attribute):
            if isinstance(node.value, ast.Name):
                found.add(f"{imports.get(node.value.id, home)}.{node.attr}")
        return found


def _imports(tree: ast.Module) -> dict[str, str]:
    """Return name in a module -> the function or module of ours that it stands for."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in every(tree, ast.ImportFrom)
        if (node.module or "").startswith("desist")
        for alias in node.names
    }
