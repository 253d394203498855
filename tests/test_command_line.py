"""The command line itself: it lists its commands and refuses unknown ones."""

import importlib
import subprocess
import sys

import pytest

from desist.cli.__main__ import COMMANDS


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "desist.cli", *arguments], capture_output=True, text=True, check=False
    )


def test_without_arguments_it_lists_every_command() -> None:
    result = run()

    assert result.returncode == 0
    assert all(name in result.stdout for name in COMMANDS)


def test_an_unknown_command_is_named_and_exits_2() -> None:
    result = run("frobnicate")

    assert result.returncode == 2
    assert "'frobnicate'" in result.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_be_imported(name: str) -> None:
    assert importlib.import_module(COMMANDS[name][0]).app
