"""A browser that dies takes one test with it, not all that follow."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browsers import Browsers
from tests.processes import below

pytestmark = pytest.mark.browser


def end_the_browser() -> None:
    """Kill the browser that this process started, as a crash would."""
    for pid in below(os.getpid()):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        if b"--remote-debugging-pipe" in words and not any(word.startswith(b"--type=") for word in words):
            os.kill(pid, signal.SIGKILL)


def test_a_browser_that_runs_is_used_again(browsers: Browsers) -> None:
    assert browsers.running() is browsers.running()


def test_after_a_browser_died_there_is_another(browsers: Browsers) -> None:
    first = browsers.running()

    end_the_browser()

    assert browsers.running() is not first
    assert browsers.running().new_page().evaluate("1 + 1") == 2


@pytest.mark.parametrize("mark", ["browser", "processes", ""])
def test_only_a_test_of_a_browser_or_of_processes_has_a_second_try(tmp_path: Path, mark: str) -> None:
    tried, planted = tmp_path / "tried", tmp_path / "test_planted.py"
    planted.write_text(
        f"import pathlib, pytest\n\n{f'@pytest.mark.{mark}' if mark else ''}\ndef test_planted():\n"
        f"    tried = pathlib.Path({str(tried)!r})\n    again = tried.exists()\n    tried.touch()\n    assert again\n"
    )

    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "conftest", "-c", "pyproject.toml", str(planted)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ("1 passed, 1 rerun" in ran.stdout, "RERUN" in ran.stdout) == (bool(mark), bool(mark)), ran.stdout
