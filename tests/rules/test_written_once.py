"""Only the pages used all day use statements that are written once: every other page asks by the ORM."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent.parent / "src" / "desist"
#: the modules that may use them: docs/adr/busy-pages-in-fewer-steps.md has the gain
MEASURED = {
    "accounts/session_store.py",
    "programme/orders/queries.py",  # a part of one person's page
    "programme/pages/person/queries.py",
    "programme/pages/search/queries.py",
    "programme/sessions/commands.py",
    "wall/audit.py",
    "wall/gate.py",
    "wall/places.py",  # what waits in the menu, on every page
}
IMPORT = re.compile(
    r"^\s*(?:from desist\.wall\.statements import|from desist\.wall import .*\bstatements\b)", re.M
)


def using(folder: Path) -> set[str]:
    """Return the modules below a folder that import such statements."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if IMPORT.search(path.read_text("utf-8"))
    }


def test_only_measured_pages_have_statements_of_their_own() -> None:
    assert using(SOURCE) == MEASURED


@pytest.mark.parametrize(
    "line", ["from desist.wall.statements import Question", "from desist.wall import gate, statements"]
)
def test_another_page_is_found(line: str, tmp_path: Path) -> None:
    (tmp_path / "queries.py").write_text(f"import re\n{line}\n")

    assert using(tmp_path) == {"queries.py"}
