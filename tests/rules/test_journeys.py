"""A journey opens the sign-in page by its address, as a person does, and reaches everything else by clicking."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.rules.code import ROOT

JOURNEYS = ROOT / "tests" / "e2e"
#: a call that opens an address, or asks for one past the page
OPENING = {"goto", "get", "post", "fetch", "set_content"}
#: of these, what asks a page, a window or its network and not a mapping
OF_A_BROWSER = {"goto", "set_content"}
NETWORK = "request"
#: the one place where a page is opened by its address: the sign-in page, to which an empty address leads
SIGN_IN = ("conftest.py", "sign_in", "/")


def opened(text: str) -> Iterator[tuple[str, str, int]]:
    """Every address that a file opens: the function that does, the address if it is written there, and the line."""
    for function in ast.walk(ast.parse(text)):
        if isinstance(function, ast.FunctionDef):
            for node in _own(function):
                if _opens(node):
                    first = node.args[0] if node.args else None
                    written = first.value if isinstance(first, ast.Constant) else ""
                    yield function.name, str(written), node.lineno


def _own(function: ast.FunctionDef) -> Iterator[ast.Call]:
    """The calls of a function, without those of functions in it."""
    inner = {
        id(node)
        for one in ast.walk(function)
        if isinstance(one, ast.FunctionDef) and one is not function
        for node in ast.walk(one)
    }
    yield from (node for node in ast.walk(function) if isinstance(node, ast.Call) and id(node) not in inner)


def _opens(call: ast.Call) -> bool:
    """Whether it opens an address, asks for one behind the page's back, or lets a script go there."""
    if not isinstance(call.func, ast.Attribute) or not call.args:
        return False
    of = call.func.value
    if call.func.attr in OF_A_BROWSER:
        return True
    if call.func.attr in OPENING:
        return isinstance(of, ast.Attribute) and of.attr == NETWORK
    return call.func.attr == "evaluate" and any("location" in ast.unparse(one) for one in call.args)


def side_doors(files: Iterable[tuple[str, str]]) -> list[str]:
    """What journeys open by address though a person would click."""
    return [
        f"{name}:{line}: {function} opens {address or 'an address'}"
        for name, text in files
        for function, address, line in opened(text)
        if (name, function, address) != SIGN_IN
    ]


def journeys(folder: Path = JOURNEYS) -> list[tuple[str, str]]:
    return [(path.name, path.read_text("utf-8")) for path in sorted(folder.glob("*.py"))]


def test_a_journey_opens_nothing_but_the_sign_in_page_by_its_address() -> None:
    assert side_doors(journeys()) == []


def test_the_one_who_signs_in_opens_the_sign_in_page() -> None:
    assert [one for name, text in journeys() for one in opened(text) if name == "conftest.py"]


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
"""


def test_a_side_door_is_found() -> None:
    assert side_doors([("conftest.py", PLANTED)]) == [
        "conftest.py:3: look opens an address",
        "conftest.py:4: look opens /alerts/",
        "conftest.py:5: look opens location.assign('/orders/')",
        "conftest.py:11: sign_in opens /referrals/",
    ]
    assert "test_planted.py:10: sign_in opens /" in side_doors([("test_planted.py", PLANTED)])
