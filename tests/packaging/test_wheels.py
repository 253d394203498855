"""What ships: the wheels are built, installed where neither Node nor a network is, and run there."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import get_resolver
from tests.rules.code import ROOT
from tests.rules.test_page_addresses import routes
from tests.rules.test_policy import STAFF_ZONES

from desist.embedded.throwaway import throwaway_cluster
from desist.running import deploy
from desist.sites import Site, Zone

pytestmark = [pytest.mark.slow, pytest.mark.processes]

#: distribution -> its folder, and the one package in its wheel
DISTRIBUTIONS = {
    "desist": (ROOT, "desist"),
    "desist_chronicle": (ROOT / "packages" / "chronicle", "desist_chronicle"),
    "desist_evaluation": (ROOT / "packages" / "evaluation", "desist_evaluation"),
}
#: lines of Python in the product's wheel for each page that staff can open, empty lines included and migrations not
LINES_A_PAGE = 215
#: what stays in the checkout, at whatever depth a folder of that name lies
NEVER = {"tests", "tools", "packages", "synthetic", "bench", "leaks"}
NEEDLESS = ("test_", "conftest")
CHAT = "12/03/2024, 21:05 - Sam Sample: Answer me\n12/03/2024, 21:40 - Robin Example: Do not write again\n"


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Distribution -> its wheel, built without a network: what the build needs is in the environment of the tests."""
    folder = tmp_path_factory.mktemp("wheels")
    for home, _ in DISTRIBUTIONS.values():
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
        subprocess.run(command, cwd=home, capture_output=True, check=True)
    return {path.name.partition("-")[0]: path for path in folder.glob("*.whl")}


@pytest.fixture(scope="module")
def fresh(wheels: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an environment that has the wheels, and of everything else what the tests' own has."""
    home = tmp_path_factory.mktemp("fresh")
    uv = [sys.executable, "-m", "uv", "--quiet", "--offline"]
    subprocess.run([*uv, "venv", "--python", sys.executable, str(home)], check=True)
    into = ["--python", str(home / "bin" / "python"), "--no-index", "--no-deps"]
    subprocess.run([*uv, "pip", "install", *into, *map(str, wheels.values())], check=True)
    place = next((home / "lib").glob("python*/site-packages"))
    (place / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin"


def run(fresh: Path, folder: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """One command of that environment, in a folder that is no checkout, where nothing else is on the path."""
    environment = {**os.environ, "PATH": str(fresh), **more}
    program = str(fresh / command[0])
    return subprocess.run(
        [program, *command[1:]], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def strangers(names: Iterable[str], package: str) -> list[str]:
    """Files of a wheel that are not its package's, or are a developer's."""
    found = []
    for name in names:
        first, *parts = name.split("/")
        if first.endswith(".dist-info"):
            continue
        if first != package or NEVER & set(parts) or parts[-1].startswith(NEEDLESS):
            found.append(name)
    return found


@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_a_wheel_holds_its_package_and_nothing_of_the_developers(wheels: dict[str, Path], name: str) -> None:
    names = zipfile.ZipFile(wheels[name]).namelist()

    assert strangers(names, DISTRIBUTIONS[name][1]) == []
    assert f"{name}/py.typed" in names
    assert any(one.endswith(".dist-info/licenses/LICENSE") for one in names)


def test_tests_tools_and_invented_people_are_found() -> None:
    planted = ["tools/cli/test.py", "desist/synthetic/cases.py", "desist/wall/test_gate.py", "tests/clock.py"]

    assert strangers([*planted, "desist/wall/gate.py"], "desist") == planted


def pages() -> set[Callable[..., Any]]:
    """Return every page that staff of a zone can open."""
    return {
        view
        for zone in STAFF_ZONES
        for _, view in routes(get_resolver(f"desist.zones.{zone}_urls").url_patterns)
    }


def lines_a_page(lines: Iterable[int]) -> float:
    """Return how many lines of some modules there are for each page."""
    return sum(lines) / len(pages())


def test_the_product_grows_by_what_people_can_do(wheels: dict[str, Path]) -> None:
    wheel = zipfile.ZipFile(wheels["desist"])
    names = [name for name in wheel.namelist() if name.endswith(".py") and "/migrations/" not in name]

    assert LINES_A_PAGE / 2 < lines_a_page(wheel.read(name).count(b"\n") for name in names) <= LINES_A_PAGE
    assert lines_a_page([(LINES_A_PAGE + 1) * len(pages())]) > LINES_A_PAGE


def test_the_product_asks_for_the_libraries_in_this_version_and_they_ask_for_no_part_of_it(
    wheels: dict[str, Path],
) -> None:
    asked = {}
    for name, path in wheels.items():
        wheel = zipfile.ZipFile(path)
        metadata = next(one for one in wheel.namelist() if one.endswith(".dist-info/METADATA"))
        lines = wheel.read(metadata).decode().splitlines()
        asked[name] = [line.removeprefix("Requires-Dist: ") for line in lines if line.startswith("Requires")]

    assert {"desist-chronicle==0.1.0", "desist-evaluation==0.1.0"} <= set(asked["desist"])
    libraries = [*asked["desist_chronicle"], *asked["desist_evaluation"]]
    assert not [one for one in libraries if one.lower().startswith(("desist", "django"))]


def test_the_installed_command_has_what_a_site_runs_and_no_developers_command(
    fresh: Path, tmp_path: Path
) -> None:
    told = run(fresh, tmp_path, "desist", "--help")
    refused = run(fresh, tmp_path, "desist", "demo")

    listed = [line.split()[0] for line in told.stdout.splitlines() if line.startswith("  ")]
    assert told.stdout.startswith("Usage: desist COMMAND"), told.stderr
    assert {"up", "migrate", "verify", "backup", "restore", "chronicle", "evaluate"} <= set(listed)
    assert not {"test", "check", "lock", "docs", "bench", "leaks", "synthetic", "demo"} & set(listed)
    assert refused.returncode == 2
    assert run(fresh, tmp_path, "python", "-c", "import tools").returncode == 1


def test_every_installed_command_can_be_imported(fresh: Path, tmp_path: Path) -> None:
    code = (
        "import importlib, desist; from desist.cli.__main__ import COMMANDS\n"
        "for module, _ in COMMANDS.values(): importlib.import_module(module)\n"
        "print(desist.__file__)"
    )

    done = run(fresh, tmp_path, "python", "-c", code)

    assert done.stdout.startswith(str(fresh.parent)), done.stderr


def test_the_chronicle_reads_a_chat_and_loads_no_django(fresh: Path, tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_text(CHAT)
    command = ["python", "-m", "desist_chronicle", "report", "chat.txt", "--date-order", "dmy"]

    made = run(fresh, tmp_path, *command, "--subject", "Sam Sample", "--out", "bag")
    verified = run(fresh, tmp_path, "desist-chronicle", "verify", "bag")
    code = "import sys, desist_chronicle.cli.reporting; print({'django', 'desist'} & set(sys.modules))"
    loaded = run(fresh, tmp_path, "python", "-c", code)

    assert made.returncode == 0, made.stderr
    assert verified.returncode == 0, verified.stderr
    assert (tmp_path / "bag" / "data" / "chronology-01.pdf").exists()
    assert loaded.stdout == "set()\n"


def test_the_evaluation_gives_a_figure_and_loads_no_django(fresh: Path, tmp_path: Path) -> None:
    given = run(fresh, tmp_path, "desist-evaluation", "clopper_pearson", '{"events": 4, "n": 29}')
    code = "import sys, desist_evaluation.cli.study; print({'django', 'desist'} & set(sys.modules))"
    loaded = run(fresh, tmp_path, "python", "-c", code)

    assert '"low": 0.038' in given.stdout, given.stderr
    assert loaded.stdout == "set()\n"


@pytest.fixture
def pilot() -> Iterator[Path]:
    """The folder of a programme whose database is there, and empty."""
    site = Site("northmere-programme", Zone.PROGRAMME, "Northmere service", 8799)
    with throwaway_cluster() as cluster:
        deploy.found(cluster.folder, [site], on=date(2026, 3, 2))
        cluster.stop()  # the command starts it for itself
        yield cluster.folder


def test_the_installed_product_migrates_a_zone(fresh: Path, tmp_path: Path, pilot: Path) -> None:
    data = ("--data", str(pilot))
    done = run(fresh, tmp_path, "desist", "migrate", *data, DESIST_EMBEDDED="pilot")

    assert (done.returncode, done.stdout) == (0, "Northmere service: up to date\n"), done.stderr
    assert list((pilot / "static").glob("of-*"))
