"""Every setting that the program reads is explained in deploy/environment, and every one that is explained is read."""

import ast
import re
from collections.abc import Iterator

from tests.deploy.files import DEPLOY
from tests.rules.code import ROOT, Module, every, modules

NAME = re.compile(r"DESIST_[A-Z0-9_]*[A-Z0-9]")
#: of a site or a zone: its database, by three logins, and its names
OF_A_SITE = re.compile(r"DESIST_[A-Z0-9_]+_(DATABASE_URL|BACKUP_URL|HOSTS)")
#: set by one process of ours for another, or by the tests
INTERNAL = {
    *("DESIST_LOGIN", "DESIST_ZONE", "DESIST_PUBLIC_FILES", "DESIST_PROCESS", "DESIST_PULSE"),
    "DESIST_BEFORE",
    "DESIST_ADMIN_DATABASE_URL",  # for one run of one command
    *("DESIST_TEST_SOCKET", "DESIST_TEST_PASSWORD"),
    "DESIST_DEMO",  # must not be set for a site
    "DESIST_DATA",  # the units set it
}
#: names that Django's settings have, and no environment
SETTINGS_OF_DJANGO = ("getattr", "hasattr", "setattr")


def named(module: Module) -> Iterator[str]:
    """Yield the names of settings that a module gives to the environment, not to Django's settings."""
    tree = module.tree
    django = {
        id(argument)
        for node in every(tree, ast.Call)
        if isinstance(node.func, ast.Name) and node.func.id in SETTINGS_OF_DJANGO
        for argument in node.args
    }
    for node in every(tree, ast.Constant):
        if isinstance(node.value, str) and id(node) not in django:
            yield from (NAME.fullmatch(node.value) and [node.value]) or []


def read(found: tuple[Module, ...]) -> set[str]:
    """Return the settings that the product reads."""
    return {name for module in found if not module.path.startswith("tools/") for name in named(module)}


def explained() -> set[str]:
    """Return the settings of the environment files, a secret without the _FILE at its end."""
    files = (DEPLOY / "environment").iterdir()
    return {name for path in files for name in NAME.findall(path.read_text("utf-8"))}


def silent(settings: set[str]) -> set[str]:
    """Return the settings that no environment file explains."""
    bare = {name.removesuffix("_FILE") for name in explained()}
    return {name for name in settings - INTERNAL if name.removesuffix("_FILE") not in bare}


def unread(text: str, settings: set[str]) -> set[str]:
    """Return the names in a text that nothing reads."""
    known = settings | INTERNAL | {f"{name}_FILE" for name in settings}
    return {
        name
        for name in NAME.findall(text)
        if name not in known and not OF_A_SITE.fullmatch(name.removesuffix("_FILE"))
    }


def words() -> dict[str, str]:
    """Return every page and file that tells an administrator what to set."""
    places = (
        *DEPLOY.rglob("*"),
        *(ROOT / "docs" / "howto").glob("*.md"),
        ROOT / "README.md",
        ROOT / "SECURITY.md",
    )
    return {path.name: path.read_text("utf-8") for path in places if path.is_file()}


def developers() -> set[str]:
    """Return the settings of tests, tools and the entry of a checkout."""
    places = (
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "tools").rglob("*.py"),
        ROOT / "conftest.py",
        ROOT / "desist",
    )
    return {name for path in places for name in NAME.findall(path.read_text("utf-8"))}


def test_every_setting_that_is_read_is_explained() -> None:
    assert "DESIST_WEB_PROCESSES" in read(modules())
    assert silent(read(modules())) == set()


def test_a_setting_that_nothing_explains_is_found() -> None:
    planted = Module("planted.py", 'import os\nVALUE = os.environ.get("DESIST_FROBNICATE")\n')
    of_django = Module("planted.py", 'VALUE = getattr(settings, "DESIST_FROBNICATE", ())\n')

    assert silent(read((planted,))) == {"DESIST_FROBNICATE"}
    assert silent(read((of_django,))) == set()


def test_every_setting_that_is_named_is_read() -> None:
    settings = read(modules()) | developers()

    assert {name: found for name, text in words().items() if (found := unread(text, settings))} == {}


def test_a_setting_that_nothing_reads_is_found() -> None:
    planted = (
        "DESIST_FROBNICATE=1\nDESIST_HOSTS=a.example\nDESIST_NORTH_DATABASE_URL_FILE=/x\nDESIST_NORTH_URL=x"
    )

    assert unread(planted, read(modules())) == {"DESIST_FROBNICATE", "DESIST_NORTH_URL"}


def test_every_setting_of_a_file_has_a_line_above_it_that_explains_it() -> None:
    for path in (DEPLOY / "environment").iterdir():
        explaining = False
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("# "):
                explaining = True
            elif line:
                assert explaining, f"{path.name}: {line}"
            else:
                explaining = False
