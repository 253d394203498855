"""The words of pages, messages and refusals are those that a practitioner says: no riddle, and a button names its thing."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from tests.rules.code import SOURCE, Module, every, modules

#: what is not written -> what is written instead
BANNED = {
    r"\bsomebody\b": "someone, or who it is",
    r"\banybody\b": "anyone, or who it is",
    r"\bwho(m|so)?ever\b": "who, or everyone who",
    r"\bby what means\b": "how",
    r"\b(thereof|hereby|whereby|wherein|hitherto|forthwith|thence|whence|aforesaid|thereupon)\b": "plain words",
    r"\bno longer theirs\b": "they no longer use it",
    r"^what came of it\b": "outcome",
    r"\bis (noted|struck) by\b": "who did it",
    # A button says what it does to what, also to a person who hears it alone.
    r"^(do not |never )?(accept|acknowledge|add|add to|answer|arrange|begin|book|cancel|close|complete|confirm|count|decide"
    r"|declare|delete|destroy|discard|draw|end|enter|finish|issue|let|look at|merge|move|note|pass|put|recall|record|reject"
    r"|release|remove|return|rewrite|save|send|serve|share|sign|start|stop|store|strike|withdraw|write)"
    r" (it|them)( (again|away|for ever|go on|into use|now|off|on|out|to the police))?$": "the verb with its noun",
    r"\bstr(ike|uck) out\b": "entered in error",
    r"\bDesist is not an alarm\b": "Desist does not call for help",
}
#: an answer after saving says what happened, not a word alone
ALONE = re.compile(r"^\w+[.!]?$")
LITERAL = re.compile(r"(\"|')(.*?)\1")


def of_code(module: Module) -> Iterator[str]:
    """Yield the words in a module that may reach a person: its texts but docstrings and comments on columns."""
    comments = (word for word in every(module.tree, ast.keyword) if word.arg == "db_comment")
    unread = {id(part) for comment in comments for part in ast.walk(comment.value)}
    unread |= {id(statement.value) for statement in every(module.tree, ast.Expr)}
    texts = (node for node in every(module.tree, ast.Constant) if id(node) not in unread)
    yield from (node.value for node in texts if isinstance(node.value, str) and " " in node.value.strip())


def of_page(text: str) -> Iterator[str]:
    """Yield the words of a template: between its tags, and in the texts of its statements."""
    text = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
    for statement in re.findall(r"\{[{%].*?[%}]\}", text, flags=re.DOTALL):
        yield from (found[1] for found in LITERAL.findall(statement))
    shown = re.sub(r"\{[{%].*?[%}]\}", " … ", text, flags=re.DOTALL)
    yield from (" ".join(words.split()) for words in re.split(r"<[^>]*>", shown))


def odd(place: str, words: Iterable[str]) -> list[str]:
    """Return the banned words of a place, each with what is said instead."""
    return [
        f"{place}: “{one[:80]}”: say {instead}"
        for one in words
        for banned, instead in BANNED.items()
        if re.search(banned, one.strip(" …."), re.IGNORECASE)
    ]


def alone(module: Module) -> list[str]:
    """Return the messages after saving that are one word."""
    return [
        f"{module.path}:{node.lineno}"
        for call in every(module.tree, ast.Call)
        if ast.unparse(call.func) == "messages.success"
        for words in call.args[1:]
        for node in ((words.body, words.orelse) if isinstance(words, ast.IfExp) else (words,))
        if isinstance(node, ast.Constant) and ALONE.match(str(node.value))
    ]


def pages() -> list[Path]:
    """Return the templates."""
    return sorted(path for ending in ("html", "txt") for path in SOURCE.rglob(f"templates/**/*.{ending}"))


def read(every: Iterable[Module]) -> list[Module]:
    """Return the modules but migrations, which keep the words of their day."""
    return [one for one in every if not one.is_migration]


def test_no_text_of_the_code_is_odd() -> None:
    assert [line for one in read(modules()) for line in odd(one.path, of_code(one))] == []


def test_no_page_is_odd() -> None:
    assert len(pages()) > 300
    assert [
        line for one in pages() for line in odd(str(one.relative_to(SOURCE)), of_page(one.read_text()))
    ] == []


def test_no_message_after_saving_is_one_word() -> None:
    assert [line for one in read(modules()) for line in alone(one)] == []


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ('{% set button = "Save it" %}', "Save it"),
        ("<a>Strike it out</a>", "Strike it out"),
        ("<p>By what means did\n somebody reach you?</p>", "By what means did somebody reach you?"),
        ("<p>Save it before you go.</p>", ""),
        ("{# whoever #}<p>Save the plan</p>", ""),
    ],
)
def test_odd_words_of_a_page_are_found(template: str, found: str) -> None:
    said = odd("page", of_page(template))

    assert bool(said) == bool(found)
    assert all(f"“{found}”" in line for line in said)


def test_odd_words_of_code_are_found() -> None:
    planted = Module(
        "programme/notes/views.py",
        '"""Whoever reads this."""\n'
        'label = "By what means?"\n'
        'note = TextField(db_comment="Why somebody wrote it")\n'
        'messages.success(request, "Noted." if number else "Nothing was different.")\n',
    )

    assert odd("views", of_code(planted)) == ["views: “By what means?”: say how"]
    assert alone(planted) == ["programme/notes/views.py:4"]
