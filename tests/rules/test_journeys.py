"""A journey opens the sign-in page by its address, as a person does, and reaches all other pages by clicking.

Journeys are the tests in tests/e2e, and every other browser test whose name says where it starts: test_from_...
They may also open a link that a person receives, an invitation: the link that a page shows or `link_to` makes.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.rules.code import ROOT, walk

JOURNEYS = ROOT / "tests" / "e2e"
#: a call that opens an address, or requests one past the page
OPENING = {"goto", "get", "post", "fetch", "set_content"}
#: of these calls, those on a page, a window or its network and not on a mapping
OF_A_BROWSER = {"goto", "set_content"}
NETWORK = "request"
#: the calls that open a link that was sent
SENT = re.compile(r"link(_to\(.*\))?")
#: the one place that opens a page by its address: the sign-in page, to which an empty address leads
SIGN_IN = ("conftest.py", "sign_in", "/")


def opened(text: str, *, named: str = "") -> Iterator[tuple[str, str, int]]:
    """Return each address that a file's functions of such a name open: the function, the address, and the line."""
    for function in ast.walk(ast.parse(text)):
        if isinstance(function, ast.FunctionDef) and function.name.startswith(named):
            for node in _own(function):
                if _opens(node):
                    first = node.args[0]
                    written = first.value if isinstance(first, ast.Constant) else ast.unparse(first)
                    yield function.name, str(written), node.lineno


def _own(function: ast.FunctionDef) -> Iterator[ast.Call]:
    """Return the calls of a function, without those of functions inside it."""
    inner = {
        id(node)
        for one in walk(function)
        if isinstance(one, ast.FunctionDef) and one is not function
        for node in ast.walk(one)
    }
    yield from (node for node in walk(function) if isinstance(node, ast.Call) and id(node) not in inner)


def _opens(call: ast.Call) -> bool:
    """Return whether it opens an address, requests one behind the page's back, or lets a script go there."""
    if not isinstance(call.func, ast.Attribute) or not call.args:
        return False
    of = call.func.value
    if call.func.attr in OF_A_BROWSER:
        return True
    if call.func.attr in OPENING:
        return isinstance(of, ast.Attribute) and of.attr == NETWORK
    return call.func.attr == "evaluate" and any("location" in ast.unparse(one) for one in call.args)


def side_doors(files: Iterable[tuple[str, str]], *, named: str = "") -> list[str]:
    """Return what journeys open by address though a person would click."""
    return [
        f"{name}:{line}: {function} opens {address}"
        for name, text in files
        for function, address, line in opened(text, named=named)
        if (name, function, address) != SIGN_IN and not SENT.fullmatch(address)
    ]


def read(paths: Iterable[Path]) -> list[tuple[str, str]]:
    return [(path.name, path.read_text("utf-8")) for path in sorted(paths)]


def in_browsers() -> list[tuple[str, str]]:
    """Return the other test files that open pages."""
    others = (path for path in (ROOT / "tests").rglob("test_*.py") if JOURNEYS not in path.parents)
    return [(name, text) for name, text in read(others) if "from playwright" in text]


def test_a_journey_opens_nothing_but_the_sign_in_page_by_its_address() -> None:
    assert side_doors(read(JOURNEYS.glob("*.py"))) == []


def test_nor_does_one_that_stands_elsewhere() -> None:
    assert any(name == "test_passkeys_in_browser.py" for name, _ in in_browsers())
    assert side_doors(in_browsers(), named="test_from_") == []


PLANTED = """
def look(page, ref):
    page.goto(f"/episodes/{ref}/")
    page.context.request.get("/alerts/")
    page.evaluate("location.assign('/orders/')")
    {}.get("goto")
    page.reload()

def sign_in(page):
    page.goto("/")
    page.goto("/referrals/")

def test_from_the_invitation(page, link, ada):
    page.goto(link)
    page.goto(link_to(ada))
    page.goto(f"{link}password/")
"""


def test_a_side_door_is_found() -> None:
    assert side_doors([("conftest.py", PLANTED)]) == [
        "conftest.py:3: look opens f'/episodes/{ref}/'",
        "conftest.py:4: look opens /alerts/",
        "conftest.py:5: look opens location.assign('/orders/')",
        "conftest.py:11: sign_in opens /referrals/",
        "conftest.py:16: test_from_the_invitation opens f'{link}password/'",
    ]
    assert "test_planted.py:10: sign_in opens /" in side_doors([("test_planted.py", PLANTED)])
    assert len(side_doors([("test_planted.py", PLANTED)], named="test_from_")) == 1
