"""Which function of the product calls which, read from the syntax: by its own module's names and by what it imports."""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from tests.rules.code import Module


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
    """The functions of some modules, by dotted name, and whom each names: called there, or handed on to be called.

    A function that stands in a table at the top of a module is named by whoever names the table.
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
        """Function -> the functions that it names."""
        return {name: tuple(sorted(self._named(function))) for name, function in self.functions.items()}

    @cached_property
    def namers(self) -> dict[str, set[str]]:
        """Function -> the functions that name it."""
        found: dict[str, set[str]] = {}
        for name, others in self.named.items():
            for other in others:
                found.setdefault(other, set()).add(name)
        return found

    def reached(self, name: str, *, within: str = "") -> set[str]:
        """A function and all that it comes to, by however many calls; `within`: of this module or package alone."""
        found, waiting = {name}, [name]
        while waiting:
            new = {one for one in self.named[waiting.pop()] if one.startswith(within)} - found
            found |= new
            waiting += new
        return found

    def knows(self, module: Module, called: ast.Attribute) -> bool:
        """Whether what is called by an attribute is a function of another module of ours."""
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
        """What a part of a module names, dotted."""
        imports, home = self._imports[module.path], module.name
        found = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                found.add(imports.get(node.id, f"{home}.{node.id}"))
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                found.add(f"{imports.get(node.value.id, home)}.{node.attr}")
        return found


def _imports(tree: ast.Module) -> dict[str, str]:
    """Name in a module -> what of ours it stands for."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("desist")
        for alias in node.names
    }
