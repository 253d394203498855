"""The command line itself: it lists its commands and refuses unknown ones."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from desist.cli.__main__ import COMMANDS
from tools.__main__ import FOR_DEVELOPERS

EVERY = {**COMMANDS, **FOR_DEVELOPERS}

ENTRY = Path(__file__).parents[1] / "desist"
DAYS = ("--from", "2027-04-19", "--to", "2027-04-23")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tools", *arguments], capture_output=True, text=True, check=False
    )


def test_without_arguments_it_lists_every_command() -> None:
    result = run()

    assert result.returncode == 0
    assert all(name in result.stdout for name in EVERY)


def test_an_unknown_command_is_named_and_exits_2() -> None:
    result = run("frobnicate")

    assert result.returncode == 2
    assert "'frobnicate'" in result.stderr


@pytest.mark.parametrize("name", EVERY)
def test_every_command_can_be_imported(name: str) -> None:
    assert importlib.import_module(EVERY[name][0]).app


def test_files_named_on_the_command_line_are_the_callers(tmp_path: Path) -> None:
    result = subprocess.run(
        [ENTRY, "public", "new-campaign", "here", "--title", "Here", "--organisation", "Here Police", *DAYS],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stderr
    assert (tmp_path / "here" / "site.yaml").exists()
