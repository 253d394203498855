"""The running demo, as `./desist demo` starts it, and browsers that look at it."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

PORTS = {"programme": 0, "partnership": 1, "advocacy": 2, "commission": 3}


@dataclass(frozen=True)
class Area:
    """A running area: its first port, its data and its supervisor."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    def address(self, zone: str, path: str = "/") -> str:
        return f"http://{zone}.localhost:{self.port + PORTS[zone]}{path}"


@pytest.fixture(scope="session")
def area(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Area]:
    """One demo for all end-to-end tests of this worker."""
    folder = tmp_path_factory.mktemp("demo")
    folder.chmod(0o711)
    port = 18400 + 20 * (int(worker_id[2:]) if worker_id.startswith("gw") else 0)
    command = [
        sys.executable,
        "-m",
        "desist.cli",
        "demo",
        "--data",
        str(folder / "data"),
        "--port-base",
        str(port),
    ]
    with (folder / "demo.out").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    running = Area(port, folder / "data", process)
    _wait(running)
    yield running
    process.send_signal(signal.SIGINT)
    process.wait(30)


def _wait(area: Area) -> None:
    """The demo prints its table once every zone answers."""
    said = area.folder.parent / "demo.out"
    end = time.monotonic() + 300
    while time.monotonic() < end and area.process.poll() is None:
        if "Everybody is invented" in said.read_text():
            return
        time.sleep(0.1)
    raise AssertionError(said.read_text())


@pytest.fixture
def somebody(area: Area, browser: Browser) -> Iterator[Callable[[str, str], Page]]:
    """Sign in by name, as the demo's sign-in page offers: somebody("programme", "Morgan Fernwell")."""
    contexts = []

    def sign_in(zone: str, name: str) -> Page:
        context = browser.new_context(base_url=area.address(zone, ""))
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.goto("/")
        page.get_by_role("button", name=name).click()
        return page

    yield sign_in
    for context in contexts:
        context.close()
