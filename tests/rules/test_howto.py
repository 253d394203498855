"""A how-to calls a button or a page by the name that it bears: bold words in docs/howto stand in the product.

Its list names every page, and every role of every zone.
"""

import ast
import html
import re
from functools import cache
from pathlib import Path

import pytest
from tests.rules.code import every, parsed

from desist.wall.actors import ROLES, STAFF_ROLES, Role

ROOT = Path(__file__).parents[2]
SOURCES = (".html", ".py", ".js", ".yaml")
#: what no reader sees on a page: comments of a template, of a script, of data
COMMENTS = {
    ".html": re.compile(r"\{#.*?#\}", re.DOTALL),
    ".js": re.compile(r"/\*.*?\*/|(?:^|(?<=\s))//[^\n]*", re.DOTALL),
    ".yaml": re.compile(r"(?:^|(?<=\s))#[^\n]*"),
}
BOLD = re.compile(r"\*\*([^*]+)\*\*")
LINK = re.compile(r"\]\(([a-z-]+\.md)\)")

#: bold words that only stress something
STRESSED = {
    "accounts": {"Eight hours", "End a role", "Someone leaves", "Your own account"},
    "agree-and-assess": {"Any answer above nought about death or self-harm"},
    "campaign": {"Numbers are named, not typed."},
    "chronology": {"and read every page before it leaves"},
    "disclose": {"A programme by hand", "A police force by hand", "It identifies nobody."},
    "evaluate-a-service": {
        *("Power first", "Flow and baseline", "Curves", "Three analyses side by side", "Missing data")
    },
    "high-availability": {
        "Decide.",
        "Fence the old primary, before anything else.",
        "The worker runs on one host only.",
    },
    "keys": {"Without it a backup cannot be opened, by anyone."},
    "measure-pages": {"Processor time a request", "The floor", "Every answer is looked at."},
    "pair": {
        "The programme never learns whether a referral has a linked victim case",
        "A service without Desist",
    },
    "public-site": {"Check every helpline."},
    "refer-a-person": {
        "Words that look like an address, postcode, telephone number or e-mail.",
        "A PNC or CRO number whose last letter does not fit.",
        "Someone else changed the referral.",
    },
    "run-a-session": {"It catches", "It lets through", "It refuses too much", "It cannot catch"},
    "settings": {"With an identity provider"},
    "supervise": {"what you agreed about the practice"},
}
#: names that a page puts together from parts
PUT_TOGETHER = {
    "advocate": {"Start the call"},
    "evaluate-a-service": {"GAPS.csv"},
    "tell-a-victim": {"Tell them by call"},
}


@cache
def product() -> str:
    """Return every page, form, message and script of the product, in one line."""
    folders = (ROOT / "src" / "desist", ROOT / "tools", *ROOT.glob("packages/*/src"))
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in SOURCES]
    found = (said(path.suffix, path.read_text(encoding="utf-8")) for path in files)
    return one_line(html.unescape("\n".join(found)))


def said(suffix: str, text: str) -> str:
    """Return the text of a file that can reach a page: code's strings without docstrings, else all but comments."""
    if suffix != ".py":
        return COMMENTS[suffix].sub("", text)
    tree = parsed(text)
    alone = {id(node.value) for node in every(tree, ast.Expr)}
    strings = [node for node in every(tree, ast.Constant) if id(node) not in alone]
    return "\n|\n".join(node.value for node in strings if isinstance(node.value, str))


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def unknown(guide: str, text: str, product: str) -> list[str]:
    """Return the bold words of a how-to that name nothing in the product."""
    excused = STRESSED.get(guide, set()) | PUT_TOGETHER.get(guide, set())
    names = [name for name in BOLD.findall(one_line(text)) if name not in excused]
    return [name for name in names if name.split(" ...")[0].rstrip(". ") not in product]


def test_a_name_in_a_how_to_is_a_name_in_the_product() -> None:
    whole = product()
    guides = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "howto").glob("*.md")}

    assert {guide: found for guide, text in guides.items() if (found := unknown(guide, text, whole))} == {}


def test_a_button_that_was_renamed_is_found() -> None:
    assert unknown("run-a-session", "Press **Frobnicate the record**.", product()) == [
        "Frobnicate the record"
    ]


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".py", '"""Frobnicate the record."""\n\nNAME = "Finish the record"  # Frobnicate the record'),
        (".py", 'def do() -> None:\n    """Frobnicate the record."""\n    say("Finish the record")'),
        (".html", "{# Frobnicate the record #}<h1>Finish the record</h1>"),
        (".js", "// Frobnicate the record\nconst NAME = 'Finish the record';"),
        (".yaml", "# Frobnicate the record\nname: Finish the record"),
    ],
)
def test_a_name_that_only_a_docstring_or_a_comment_says_is_no_name(suffix: str, text: str) -> None:
    words = "Press **Frobnicate the record**, then **Finish the record**."

    assert unknown("run-a-session", words, said(suffix, text)) == ["Frobnicate the record"]


def test_no_excuse_outlives_its_words() -> None:
    stale = [
        (guide, words)
        for table in (STRESSED, PUT_TOGETHER)
        for guide, excused in table.items()
        for words in excused
        if f"**{words}**" not in one_line((ROOT / "docs" / "howto" / f"{guide}.md").read_text("utf-8"))
    ]

    assert stale == []


def listed() -> str:
    """Return the list of how-tos."""
    return (ROOT / "docs" / "howto" / "README.md").read_text(encoding="utf-8")


def without_a_line(words: str) -> set[Role]:
    """Return the roles that a person can hold and that no table names."""
    first_cells = {line.split("|")[1].strip() for line in words.splitlines() if line.startswith("| ")}
    people = {role for roles in ROLES.values() for role in roles} - {Role.PARTICIPANT}
    return {role for role in {*people, *STAFF_ROLES} if role.label.lower() not in first_cells}


def test_every_page_is_linked_and_every_link_leads_to_a_page() -> None:
    linked = set(LINK.findall(listed()))

    assert linked == {page.name for page in (ROOT / "docs" / "howto").glob("*.md")} - {"README.md"}


def test_every_role_of_every_zone_has_its_line() -> None:
    words = listed()

    assert without_a_line(words) == set()
    assert without_a_line(words.replace("| panel chair |", "| somebody |")) == {Role.PANEL_CHAIR}
