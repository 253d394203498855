"""The README's example, run as it stands there."""

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


def test_the_example_reads_packs_and_verifies(tmp_path: Path) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

    shell = subprocess.run(
        ["/bin/sh", "-eu", "-c", block("sh", "chat.txt")],
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    python = subprocess.run(
        [sys.executable, "-c", block("python", "chat.txt")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert shell.returncode == 0, shell.stderr
    assert "4 records in all." in shell.stdout
    assert "ok      " in shell.stdout
    assert (tmp_path / "bag" / "data" / "chronology-01.pdf").exists()
    assert python.stdout.endswith("4 True\n"), python.stderr
