"""Docstrings are plain English: short, and each sentence says who does what."""

import ast
import re
from collections.abc import Iterator

import pytest
from tests.rules.code import Module, modules, walk

MOST_LINES = 8
#: of a sentence: more of them, and nobody finds the verb
MOST_PRONOUNS = 2
PRONOUNS = re.compile(r"\b(who|whom|whose|which|that)\b", re.IGNORECASE)
RIDDLES = re.compile(r"\b(somebody|someone|whoever|whomever)\b", re.IGNORECASE)
SENTENCE = re.compile(r"[.;:]\s|\n\n")

Documented = ast.FunctionDef | ast.ClassDef


def unplain(module: Module) -> list[str]:
    """The docstrings of a module that are too long, full of relative pronouns, or riddles: line and what."""
    if module.is_migration:
        return []
    found = [f"{module.path}:{line} {what}" for line, text in docstrings(module) for what in faults(text)]
    riddle = RIDDLES.search(
        ast.get_docstring(module.tree) or ""
    )  # a module's may be long: it has a subject to explain
    return [*found, *([f"{module.path}:1 says {riddle.group().lower()!r}"] if riddle else [])]


def docstrings(module: Module) -> Iterator[tuple[int, str]]:
    """Every docstring of a function or class, with its line."""
    for node in walk(module.tree):
        if isinstance(node, Documented) and (text := ast.get_docstring(node)):
            yield node.lineno, text


def faults(text: str) -> Iterator[str]:
    """What is to be said against a docstring."""
    if len(text.splitlines()) > MOST_LINES:
        yield f"has more than {MOST_LINES} lines"
    if any(len(PRONOUNS.findall(sentence)) > MOST_PRONOUNS for sentence in SENTENCE.split(text)):
        yield f"has a sentence with more than {MOST_PRONOUNS} relative pronouns"
    if found := RIDDLES.search(text):
        yield f"says {found.group().lower()!r}"


def test_docstrings_are_short_and_say_who_does_what() -> None:
    assert [fault for module in modules() for fault in unplain(module)] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("One.\n" * 9, "has more than 8 lines"),
        ("Tell whoever asks.", "says 'whoever'"),
        (
            "That it is the one that whom they asked, who knows.",
            "has a sentence with more than 2 relative pronouns",
        ),
    ],
)
def test_a_planted_docstring_is_found(text: str, fault: str) -> None:
    module = Module("programme/planted/queries.py", f"def ask() -> None:\n    {text!r}\n")

    assert unplain(module) == [f"programme/planted/queries.py:1 {fault}"]


def test_a_riddle_in_a_modules_docstring_is_found() -> None:
    module = Module("programme/planted/queries.py", '"""What somebody asked."""\n')

    assert unplain(module) == ["programme/planted/queries.py:1 says 'somebody'"]
