"""docs/howto/install.md and the pages of deploy/ name files, units and commands that there are."""

import re
from pathlib import Path

import pytest
from tests.deploy.files import DEPLOY, PROGRAM, not_understood
from tests.rules.code import ROOT

from tools.release.making import SUMS, version_of

HOWTO = ROOT / "docs" / "howto" / "install.md"
PAGES = (HOWTO, DEPLOY / "README.md", DEPLOY / "compose" / "README.md")
PLACE = re.compile(r"\bdeploy/[\w./@*-]*[\w*]")
UNIT = re.compile(r"\bdesist[\w-]*@?(?:northmere)?\.(?:service|timer)")
#: a command in a container: `programme` is a service, whose entry is desist, or a program of its image follows
IN_A_SERVICE = re.compile(
    r"docker compose (?:run --rm --no-deps|exec) programme (?:desist )?(.*?)(?: \||`|$)", re.M
)


def absent(text: str) -> list[str]:
    """Return the files and units that a page names and that are not there."""
    places = [place for place in PLACE.findall(text) if not list(ROOT.glob(place))]
    units = [
        unit
        for unit in UNIT.findall(text)
        if not (DEPLOY / "systemd" / unit.replace("northmere", "")).exists()
    ]
    return [*places, *units]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_file_and_unit_that_a_page_names_is_there(page: Path) -> None:
    assert absent(page.read_text("utf-8")) == []


def test_a_file_and_a_unit_that_are_not_there_are_found() -> None:
    assert absent("cp deploy/frobnicate.conf; systemctl start desist-frobnicate@northmere.service") == [
        "deploy/frobnicate.conf",
        "desist-frobnicate@northmere.service",
    ]


def test_the_page_has_a_line_for_every_unit() -> None:
    text = HOWTO.read_text("utf-8")
    units = {path.name for path in (DEPLOY / "systemd").iterdir()}
    by_timer = {name.replace(".timer", ".service") for name in units if name.endswith(".timer")}

    assert units - by_timer <= {unit.replace("northmere", "") for unit in UNIT.findall(text)}


def test_every_command_of_the_pages_is_one() -> None:
    named = [
        match for page in PAGES for match in re.findall(rf"{PROGRAM}desist (.+)", page.read_text("utf-8"))
    ]
    named += IN_A_SERVICE.findall((DEPLOY / "compose" / "README.md").read_text("utf-8"))

    assert len(named) >= 4
    assert [
        told for one in named if (told := not_understood(one.removesuffix("--help").split() or ["up"]))
    ] == []


def test_the_page_names_every_file_of_a_release() -> None:
    text = HOWTO.read_text("utf-8")

    for name in (
        "desist-VERSION-py3-none-any.whl",
        "requirements.txt",
        "desist-VERSION-deploy.tar.gz",
        "desist-VERSION.cdx.json",
        SUMS,
    ):
        assert f"`{name}`" in text


@pytest.mark.parametrize(
    "page", ["docs/howto/install.md", "deploy/Containerfile", "deploy/compose/compose.yaml"]
)
def test_what_an_administrator_copies_names_the_version_of_now(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")

    assert set(re.findall(r"(?:/opt/desist/|desist:|desist-)(\d+\.\d+\.\d+)", text)) == {version_of(ROOT)}
