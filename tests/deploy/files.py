"""The files of deploy/, read for the tests: units, environment files, commands."""

import importlib
import os
import shutil

import pytest
from tests.rules.code import ROOT
from typer.testing import CliRunner

from desist.cli.__main__ import COMMANDS

DEPLOY = ROOT / "deploy"
PROGRAM = "/opt/desist/current/bin/"

#: section -> name -> its values, in the order of the file
Unit = dict[str, dict[str, list[str]]]


def unit(text: str) -> Unit:
    """Read a unit of systemd, in which a name may come several times."""
    found: Unit = {}
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            section = line.strip("[]")
            found[section] = {}
        elif line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found[section].setdefault(name, []).append(value)
    return found


def settings(text: str) -> dict[str, str]:
    """Return the settings of an environment file, those that stand as an example included."""
    lines = (line.removeprefix("#") for line in text.splitlines() if not line.startswith("# "))
    return dict(line.split("=", 1) for line in lines if "=" in line)


def installed(name: str) -> str:
    """Return where a program of the system is; the test that needs it is skipped by name where it is not."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if found is None:
        pytest.skip(f"{name} is not installed here, so it did not read its file")
    return found


def not_understood(words: list[str]) -> str:
    """Return why `desist WORDS` is no command of an installed Desist; "" where it is one."""
    name, *rest = words
    if name not in COMMANDS:
        return f"there is no command {name}"
    app = importlib.import_module(COMMANDS[name][0]).app
    told = CliRunner().invoke(
        app, [*rest, "--help"]
    )  # unknown options and commands are refused before the help
    return "" if told.exit_code == 0 else told.output
