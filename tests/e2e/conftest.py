"""The running demo, as `./desist demo` starts it, and browsers that look at it."""

import functools
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests import tables
from tests.processes import ctrl_c, free_ports

from desist.embedded import Cluster
from desist.sites import Zone

#: opens a window in a running area, in a zone, as a named member of staff
Windows = Callable[..., Page]
PORTS = {"programme": 0, "partnership": 1, "advocacy": 2, "commission": 3}


@dataclass(frozen=True)
class Area:
    """A running area: its first port, its data and its supervisor."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    def address(self, zone: str, path: str = "/") -> str:
        return f"http://{zone}.localhost:{self.port + PORTS[zone]}{path}"


@contextmanager
def running(folder: Path, *options: str) -> Iterator[Area]:
    """Run `./desist demo` in a folder of its own, from the first start to Ctrl-C."""
    folder.chmod(0o711)
    port = free_ports()
    zones = [Zone(option) for option in options if option != "--only"]
    if not (folder / "data").exists():
        tables.before_a_demo(folder / "data", *zones, on=date.today())  # noqa: DTZ011 -- as the demo does
    command = [sys.executable, "-m", "tools", "demo", *options]
    command += ["--data", str(folder / "data"), "--port-base", port]
    with (folder / "demo.out").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    area = Area(int(port), folder / "data", process)
    try:
        _wait(area)
        yield area
    finally:
        if process.poll() is None:
            ctrl_c(process)


@pytest.fixture(scope="session")
def area(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Area]:
    """One demo that all end-to-end tests of this worker share."""
    with running(tmp_path_factory.mktemp("demo")) as area:
        _make_room(area)
        yield area


@pytest.fixture(scope="session")
def alone(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Area]:
    """Run the zone that a test names by `indirect`, as an organisation without Desist partners would; one at a time."""
    with running(tmp_path_factory.mktemp("alone"), "--only", request.param) as area:
        yield area


def _make_room(area: Area) -> None:
    """Let a practitioner take on any number of people: one worker may run every journey, and each brings one or two."""
    with Cluster(area.folder).connect("northmere_programme") as superuser:
        superuser.execute("UPDATE programme_practitioner SET capacity = 99")


def _wait(area: Area) -> None:
    """Wait until every zone answers: the demo prints its table then."""
    said = area.folder.parent / "demo.out"
    end = time.monotonic() + 300
    while time.monotonic() < end and area.process.poll() is None:
        if "Everybody is invented" in said.read_text():
            return
        time.sleep(0.1)
    raise AssertionError(said.read_text())


@pytest.fixture
def windows(browser: Browser) -> Iterator[Windows]:
    """Sign in by name, as on the demo's sign-in page: windows(area, "programme", "Morgan Fernwell")."""
    contexts = []

    def sign_in(area: Area, zone: str, name: str, **wishes: Any) -> Page:
        context = browser.new_context(base_url=area.address(zone, ""), **wishes)
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.goto("/")
        page.get_by_role("button", name=name).click()
        return page

    yield sign_in
    for context in contexts:
        context.close()


@pytest.fixture
def somebody(area: Area, windows: Windows) -> Callable[[str, str], Page]:
    """Sign in to the area that tests share, as a named member of staff: windows are asked for by zone and name."""
    return functools.partial(windows, area)
