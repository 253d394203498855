"""Every module and function stays short enough to read."""

import ast

import pytest
from tests.rules.code import Module, functions, modules

LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
#: Tables of data may be long.
DATA = {"tools/synthetic/names.py", "programme/policy.py", "partnership/policy.py"}


def too_long(module: Module) -> list[str]:
    """Return what is too long in one module."""
    found = []
    lines = module.text.count("\n")
    if lines > LONGEST_MODULE and module.path not in DATA:
        found.append(f"{module.path}: {lines} lines")
    for function in functions(module.tree):
        length = (function.end_lineno or 0) - function.lineno + 1 - told(function)
        if length > LONGEST_FUNCTION:
            found.append(f"{module.path}:{function.lineno} {function.name}: {length} lines")
    return found


def told(function: ast.FunctionDef) -> int:
    """Return the lines of a function's docstring: shapes, units and sources do not count."""
    first = function.body[0]
    documented = ast.get_docstring(function) is not None
    return (first.end_lineno or 0) - first.lineno + 1 if documented else 0


def test_no_module_and_no_function_is_too_long() -> None:
    assert [line for module in modules() if not module.is_migration for line in too_long(module)] == []


def test_a_long_module_and_a_long_function_are_found() -> None:
    long = "def f() -> None:\n" + "    pass\n" * 400

    assert too_long(Module("planted.py", long)) == ["planted.py: 401 lines", "planted.py:1 f: 401 lines"]


@pytest.mark.parametrize("name", ["utils.py", "helpers.py", "common.py", "misc.py"])
def test_no_module_is_named_for_nothing(name: str) -> None:
    assert not [module.path for module in modules() if module.path.endswith(f"/{name}")]


def test_every_module_says_what_it_is() -> None:
    silent = [
        m.path for m in modules() if m.text.strip() and not m.is_migration and not ast.get_docstring(m.tree)
    ]

    assert silent == []
