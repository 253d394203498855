"""Only the gate knows versions and repeated forms: no command compares or raises a version, or catches a double."""

import ast
from collections.abc import Iterator

import pytest
from tests.rules.code import Module, every, functions, modules

GATE = "wall/gate.py"
VERSION, SUBMISSION = "version", "submission"
#: names with "version" that are not a row's: of an envelope, an instrument, definitions, a layout, a form, an internet address
OTHERS = (
    *(
        "post/",
        "instruments/",
        "questionnaires/",
        "chronicle/",
        "evaluation/",
        "public/",
        "returns/",
        "embedded/",
        "keys/",
    ),
    *("ui/", "accounts/callers.py", "answering/answer_files/"),
)
#: parts of the code that are not converted yet; the developer who converts one removes its entry
OPEN: tuple[str, ...] = ()


def breaks(module: Module) -> list[str]:
    """Return what a module does itself with versions and repeated forms, which only the gate may: line and finding."""
    if module.path == GATE or module.is_migration:
        return []
    found = [(node.lineno, "raises a version") for node in _raises(module.tree)]
    if not module.path.startswith(OTHERS):
        found += [(node.lineno, "compares a version") for node in _compares(module.tree)]
    for function in functions(module.tree):
        if _knows_submission(function):
            found += [(node.lineno, "catches a form that came twice") for node in _catches(function)]
    return [f"{module.path}:{line} {what}" for line, what in sorted(found)]


def _is_version(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == VERSION


def _compares(tree: ast.Module) -> Iterator[ast.Compare]:
    for node in every(tree, ast.Compare):
        if any(map(_is_version, (node.left, *node.comparators))):
            yield node


def _raises(tree: ast.Module) -> Iterator[ast.BinOp | ast.AugAssign]:
    """Yield what says `row.version += 1` or `row.version + 1`, in any company."""
    for node in every(tree, ast.BinOp):
        if isinstance(node.op, ast.Add) and (_is_version(node.left) or _is_version(node.right)):
            yield node
    yield from (node for node in every(tree, ast.AugAssign) if _is_version(node.target))


def _knows_submission(function: ast.FunctionDef) -> bool:
    return any(node.arg == SUBMISSION for node in every(function, ast.arg)) or any(
        node.arg == SUBMISSION for node in every(function, ast.keyword)
    )


def _catches(function: ast.FunctionDef) -> Iterator[ast.ExceptHandler]:
    for node in every(function, ast.ExceptHandler):
        if node.type is not None:
            named = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(isinstance(one, ast.Name) and one.id == "IntegrityError" for one in named):
                yield node


def test_the_gate_alone_compares_and_raises_versions_and_knows_forms_that_come_twice() -> None:
    assert [line for one in modules() if not one.path.startswith(OPEN) for line in breaks(one)] == []


def test_what_is_open_is_not_done_yet() -> None:
    assert [
        part for part in OPEN if not any(breaks(one) for one in modules() if one.path.startswith(part))
    ] == []


PLANTED = """
def change(*, row, version, submission):
    {line}
"""


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("if row.version != version: raise Changed", "compares a version"),
        ("return version == row.version", "compares a version"),
        ("row.version += 1", "raises a version"),
        ("row.state, row.version = 1, row.version + 1", "raises a version"),
        ("try: make(row)\n    except IntegrityError: return None", "catches a form that came twice"),
        (
            "try: make(row)\n    except (KeyError, IntegrityError): return None",
            "catches a form that came twice",
        ),
    ],
)
def test_a_planted_violation_is_found(line: str, what: str) -> None:
    module = Module("advocacy/planted/commands.py", PLANTED.format(line=line))

    assert [found.split(" ", 1)[1] for found in breaks(module)] == [what]


def test_a_list_of_names_that_is_taken_is_no_form_that_came_twice() -> None:
    module = Module(
        "desk/planted/commands.py",
        "def add(*, row):\n    try: make(row)\n    except IntegrityError: raise Refused('Listed') from None\n",
    )

    assert breaks(module) == []


def test_a_form_that_is_drawn_anew_may_take_the_newer_version() -> None:
    module = Module("advocacy/planted/views.py", "def anew(form, newer):\n    form.version = newer.version\n")

    assert breaks(module) == []
