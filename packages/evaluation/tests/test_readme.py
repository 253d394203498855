"""The README's examples, run as they stand there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[1] / "README.md").read_text("utf-8")

pytestmark = pytest.mark.slow


def block(language: str, about: str) -> str:
    """The fenced block of a language in which a word stands."""
    blocks: list[str] = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return next(one for one in blocks if about in one)


def test_the_commands_print_two_results_and_a_figure() -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

    shell = subprocess.run(
        ["/bin/sh", "-eu", "-c", block("sh", "kaplan_meier")],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )

    assert shell.returncode == 0, shell.stderr
    assert '"low": 0.038' in shell.stdout
    assert '"survival": [0.38' in shell.stdout
    assert "Source       " in shell.stdout


def test_the_program_prints_a_sentence() -> None:
    python = subprocess.run(
        [sys.executable, "-c", block("python", "sentence")], capture_output=True, text=True, check=False
    )

    assert "4 of 29" in python.stdout, python.stderr
