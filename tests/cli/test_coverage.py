"""`./desist test --coverage` counts what ran in every process of the tests, and fails where a branch is left out."""

import os
import re
import textwrap
from pathlib import Path

import pytest
from tests.rules.code import ROOT
from typer.testing import CliRunner

from tools.cli import test

pytestmark = [pytest.mark.slow, pytest.mark.processes]

COMMANDS = """
def decide(*, accepted):
    if accepted:
        return "accepted"
    return "declined"
"""
TESTS = """
import pytest
from planted.commands import decide

@pytest.mark.parametrize("accepted", {answers})
def test_decide(accepted):
    assert decide(accepted=accepted) == ("accepted" if accepted else "declined")
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one command that is measured as ours is."""
    ours = (ROOT / "pyproject.toml").read_text("utf-8")
    measured = ours[ours.index("[tool.coverage.run]") : ours.index("[tool.django-stubs]")]
    (tmp_path / "pyproject.toml").write_text(
        re.sub(r"source_pkgs = .*", 'source_pkgs = ["planted"]', measured)
    )
    (tmp_path / "planted").mkdir()
    (tmp_path / "planted" / "__init__.py").touch()
    (tmp_path / "planted" / "commands.py").write_text(textwrap.dedent(COMMANDS))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    monkeypatch.setattr(test, "find_browser", lambda: "chromium")
    return tmp_path


@pytest.mark.parametrize(("answers", "code"), [((True, False), 0), ((True,), 2)])
def test_a_branch_that_no_test_takes_fails(
    project: Path, capfd: pytest.CaptureFixture[str], answers: tuple[bool, ...], code: int
) -> None:
    (project / "test_planted.py").write_text(TESTS.format(answers=answers))

    result = CliRunner().invoke(test.app, ["--coverage", "test_planted.py"])

    said = capfd.readouterr().out
    assert result.exit_code == code, said
    assert ("planted/commands.py" in said) == bool(code)
