"""Settings for every test, the product's and the libraries': where its files lie, its browser, what comes first."""

import compileall
import gc
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, expect
from tests.browsers import Browsers

# No test is timed: a busy machine says nothing about the code.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# Nothing that is read before the first test is garbage (pytest_collection_finish).
gc.disable()
# What is compiled while tests are collected is kept, also where the machine says otherwise; no test keeps any then, since
# one under a limit on the size of files would keep half.
KEEP_NOTHING = sys.dont_write_bytecode
sys.dont_write_bytecode = False

#: files in memory, on Linux: the thousands of files of a database are copied there in a thirtieth of the time
MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder of one's own is made in it
ROOM, BESIDE = 6 * 2**30, 6 * 2**30  # bytes


def pytest_configure(config: pytest.Config) -> None:
    """Compile for the hundreds of processes that tests start; let temporary files lie in memory where there is room."""
    if not hasattr(config, "workerinput"):
        for code in ("src", "tools"):
            compileall.compile_dir(config.rootpath / code, quiet=2)
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and _room_in_memory() > ROOM:
        folder = _in_memory()
        os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def _room_in_memory() -> int:
    """Return how many bytes fit into memory beside the browser, the servers and the tests themselves."""
    kilobytes = re.search(r"MemAvailable: +(\d+)", Path("/proc/meminfo").read_text(encoding="utf-8"))
    available = int(kilobytes[1]) * 1024 if kilobytes else 0
    return min(shutil.disk_usage(MEMORY).free, available - BESIDE)


def _in_memory() -> Path:
    """Make a folder for this run's temporary files; remove those of runs that were killed."""
    for left in MEMORY.glob("desist-tests-*"):
        if not Path("/proc", left.name.rpartition("-")[2]).exists():
            shutil.rmtree(left, ignore_errors=True)
    folder = MEMORY / f"desist-tests-{os.getpid()}"
    folder.mkdir(mode=0o711)  # the server may run as another user
    return folder


#: a test whose Chromium died runs again; what fails in another way fails at once
AGAIN = pytest.mark.flaky(reruns=1, only_rerun=["browser has been closed"])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with tests that are slow because of processes come first, then those of other slow tests.

    No worker begins with one when the other has no test left. Only a test with a browser may run again: each that may
    asks the other process, which costs 40 ms.
    """
    first: dict[Path, int] = {}
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(AGAIN)
        processes = item.get_closest_marker("processes") is not None
        if item.get_closest_marker("slow"):
            first[item.path] = max(1 + processes, first.get(item.path, 0))
    items.sort(key=lambda item: -first.get(item.path, 0))


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what stays until the end: modules, and sixteen thousand tests."""
    sys.dont_write_bytecode = KEEP_NOTHING
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Start Debian's Chromium, also as root; each zone's name leads to this machine and no other name anywhere."""
    installed = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    found = os.environ.get("DESIST_CHROMIUM") or installed
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    cut = ["--host-resolver-rules=MAP *.localhost 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    chosen = {"executable_path": found} if found else {}
    return {**chosen, "args": [*flags, *quiet, *cut]}


@pytest.fixture(scope="session")
def browsers(launch_browser: Callable[[], Browser]) -> Iterator[Browsers]:
    """The browser of all tests of a process, started anew after it died."""
    expect.set_options(timeout=20_000)  # milliseconds; five seconds are few on a busy machine
    started = Browsers(launch_browser)
    yield started
    started.close()


@pytest.fixture
def browser(browsers: Browsers) -> Browser:
    """The browser that runs; takes the place of the plugin's, whose death would fail every later test."""
    return browsers.running()
