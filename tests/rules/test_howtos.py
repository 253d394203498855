"""The list of how-tos: every page stands in it, every link leads somewhere, and every role finds its line."""

import re

from tests.rules.code import ROOT

from desist.wall.actors import ROLES, STAFF_ROLES, Role

HOWTO = ROOT / "docs" / "howto"
LINK = re.compile(r"\]\(([a-z-]+\.md)\)")


def without_a_line(words: str) -> set[Role]:
    """Roles that a person can hold and no table names."""
    first_cells = {line.split("|")[1].strip() for line in words.splitlines() if line.startswith("| ")}
    people = {role for roles in ROLES.values() for role in roles} - {Role.PARTICIPANT}
    return {role for role in {*people, *STAFF_ROLES} if role.label.lower() not in first_cells}


def test_every_page_is_linked_and_every_link_leads_to_a_page() -> None:
    linked = set(LINK.findall((HOWTO / "README.md").read_text("utf-8")))

    assert linked == {page.name for page in HOWTO.glob("*.md")} - {"README.md"}


def test_every_role_of_every_zone_has_its_line() -> None:
    words = (HOWTO / "README.md").read_text("utf-8")

    assert without_a_line(words) == set()
    assert without_a_line(words.replace("| panel chair |", "| somebody |")) == {Role.PANEL_CHAIR}
