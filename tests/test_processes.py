"""What tests ask about processes is answered for one that ended a moment ago."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.processes import alive, below, printed_to, title, until, words


@pytest.fixture
def ended() -> int:
    """The number of a process that ended and was collected."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


@pytest.mark.parametrize("ask", [below, words, title, printed_to, lambda pid: alive({pid})])
def test_a_process_that_ended_has_nothing(ended: int, ask: Callable[[int], Any]) -> None:
    assert not ask(ended)


def test_a_process_that_runs_has_words_and_a_file_that_it_prints_to() -> None:
    command = [sys.executable, "-c", "input()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        until(lambda: bool(words(process.pid)), 10)
        asked = (words(process.pid), title(process.pid), printed_to(process.pid), alive({process.pid}))
        assert process.stdin is not None
        process.stdin.write(b"\n")

    assert asked == (command, " ".join(command), "null", {process.pid})
