"""A program that takes over is run as it was called, says why it cannot be, and knows who listens where."""

import os
import socket
import sys
from pathlib import Path

import pytest

from desist.running import handover

pytestmark = pytest.mark.processes


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program behind a link, called with its arguments."""
    script = tmp_path / "desist"
    monkeypatch.setattr(sys, "argv", [str(script), "up"])
    return script


@pytest.mark.parametrize(("body", "starts"), [('[ "$1 $2" = "up --check" ]', True), ("exit 1", False)])
def test_a_program_is_asked_whether_it_would_start(script: Path, body: str, starts: bool) -> None:
    script.write_text(f"#!/bin/sh\n{body}\n")
    script.chmod(0o755)

    assert handover.would_start() is starts


def test_a_program_that_cannot_be_run_is_said(script: Path, capfd: pytest.CaptureFixture[str]) -> None:
    script.write_text("#!/not/there\n")
    script.chmod(0o755)

    assert not handover.would_start()
    assert capfd.readouterr().err == f"desist: {script} cannot be run: No such file or directory.\n"


def test_a_module_is_run_again_by_its_python(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    module = tmp_path / "__main__.py"
    module.touch()
    monkeypatch.setattr(sys, "argv", [str(module), "up"])
    monkeypatch.setattr(sys, "orig_argv", ["python", "-m", "desist.cli", "up"])

    assert handover.program() == [sys.executable, "-m", "desist.cli", "up"]


def test_the_children_of_the_version_before_are_named_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(handover.BEFORE, "12 345")

    assert handover.before() == [12, 345]
    assert handover.before() == []


def test_who_listens_is_known() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        assert handover.listens(os.getpid(), port)
        assert not handover.listens(os.getpid(), port + 1)
        assert not handover.listens(0, port)
    assert not handover.listens(os.getpid(), port)
