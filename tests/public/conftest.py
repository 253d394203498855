"""The site as shipped, built once, and an editor's folder to break."""

import datetime as dt
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desist.public.build import Report, build
from desist.public.problems import CannotBuild
from tools.bench.public import free_port, wait_for

TODAY = dt.date(2026, 11, 25)

SITE = """\
name: Brightwater
organisation: Northmere Police
area: Northmere
adults: 812000
adults_source: invented for the tests
exit_to: https://weather.example/
address: https://brightwater.example
languages: [en]
"""

CAMPAIGN = """\
title: Northmere says no to stalking
tab: Northmere week
summary: A week of talks in Northmere.
from: 2027-04-19
to: 2027-04-23
organiser: Northmere Police
messages:
  - headline: One gift is kind. A pile of them is not.
    words: If you do not want it and it goes on, tell us.
    help: police
"""


@pytest.fixture(scope="session")
def today() -> dt.date:
    """The day on which the tests take place."""
    return TODAY


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as shipped, built."""
    out = tmp_path_factory.mktemp("public") / "site"
    build(out, today=TODAY, preview=True)
    return out


@pytest.fixture
def editor(tmp_path: Path) -> Path:
    """A folder of an invented force, with one campaign."""
    folder = tmp_path / "northmere"
    campaign = folder / "campaigns/2027-04-19-northmere-week"
    (campaign / "en").mkdir(parents=True)
    (campaign / "images").mkdir()
    (folder / "en").mkdir()
    (folder / "site.yaml").write_text(SITE, "utf-8")
    (campaign / "campaign.yaml").write_text(CAMPAIGN, "utf-8")
    return folder


@pytest.fixture
def in_welsh_too(editor: Path) -> None:
    """The editor's folder with the site in both languages."""
    path = editor / "site.yaml"
    path.write_text(path.read_text("utf-8").replace("[en]", "[en, cy]"), "utf-8")


@pytest.fixture
def building(editor: Path, tmp_path: Path) -> Callable[[], Report]:
    """Build the editor's folder."""
    return lambda: build(tmp_path / "out", today=TODAY, site=editor, preview=True)


@pytest.fixture
def mistakes(building: Callable[[], Report]) -> Callable[[], list[str]]:
    """Build the editor's folder and return every mistake, as 'file:line: words'."""

    def found() -> list[str]:
        with pytest.raises(CannotBuild) as caught:
            building()
        return [f"{problem.path.name}:{problem.line}: {problem.says}" for problem in caught.value.problems]

    return found


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the shipped site, whose "Exit this page" leads to a second server on this machine."""
    folder = tmp_path_factory.mktemp("served")
    dull_port, port = free_port(), free_port()
    (folder / "dull").mkdir()
    (folder / "dull/index.html").write_text("<!doctype html><title>Rain later</title><p>Rain later.", "utf-8")
    settings = SITE.replace("https://weather.example/", f"http://127.0.0.1:{dull_port}/").replace(
        "[en]", "[en, cy]"
    )
    (folder / "site.yaml").write_text(settings, "utf-8")
    build(folder / "out", today=TODAY, site=folder, preview=True)
    code = "import sys; from pathlib import Path; from desist.public.serve import serve; serve(Path(sys.argv[1]), port=int(sys.argv[2]))"
    servers = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(folder / "out"), str(port)], stdout=subprocess.DEVNULL
        ),
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "http.server",
                "--bind",
                "127.0.0.1",
                "-d",
                str(folder / "dull"),
                str(dull_port),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ),
    ]
    wait_for(port)
    wait_for(dull_port)
    yield f"http://127.0.0.1:{port}"
    for server in servers:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="session")
def base_url(served: str) -> str:
    """The address at which the browser starts."""
    return served


@pytest.fixture(scope="session")
def browser_context_args(base_url: str) -> dict[str, object]:
    """Where pages begin: set here, because the plugin remembers the address of the first folder that asked."""
    return {"base_url": base_url}
