"""The logs of a deployment bear being rotated as deploy/logrotate says: copied, then emptied, while they are written."""

import os
import re
import shutil
import signal
import subprocess
import time
from fnmatch import fnmatch
from pathlib import Path

import pytest
from tests.deploy.files import DEPLOY, installed
from tests.processes import until

from desist.running.children import Child, fork
from desist.running.supervisor import Deployment
from desist.sites import Site, Zone

ROTATION = DEPLOY / "logrotate" / "desist-northmere"
SITE = Site("northmere-programme", Zone.PROGRAMME, "Northmere service", 8701)


def count() -> None:
    """Write lines until ended, as a process writes its log."""
    number = 0
    while True:
        number += 1
        os.write(2, f"line {number}\n".encode())
        time.sleep(0.005)


def rotate(log: Path) -> Path:
    """Do what logrotate does with `copytruncate`."""
    kept = log.with_suffix(".log.1")
    shutil.copy(log, kept)
    os.truncate(log, 0)
    return kept


@pytest.mark.processes
def test_a_log_is_emptied_while_it_is_written_and_goes_on_from_its_beginning(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    pid = fork(Child("web", count, {}, log))
    try:
        until(lambda: log.exists() and log.stat().st_size > 200, 20)
        kept = rotate(log)
        until(lambda: log.stat().st_size > 0, 20)
        after = log.read_bytes()
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)

    assert kept.read_text().startswith("line 1\n")
    assert re.match(rb"line \d+\n", after)  # and not as many zeros as there were bytes before


def test_the_rotation_finds_every_log_of_a_deployment() -> None:
    pattern = re.search(r"^(/var/lib/desist/northmere/log/\S+) \{$", ROTATION.read_text("utf-8"), re.M)
    assert pattern is not None
    folder = Path("/var/lib/desist/northmere")

    logs = [child.log for child in Deployment(folder, [SITE]).children()]

    assert len(logs) >= 2
    assert all(fnmatch(str(log), pattern[1]) for log in logs)
    assert "    copytruncate\n" in ROTATION.read_text("utf-8")
    assert "    su desist-northmere desist-northmere\n" in ROTATION.read_text("utf-8")


@pytest.mark.slow
def test_logrotate_takes_its_file(tmp_path: Path) -> None:
    text = ROTATION.read_text("utf-8").replace("/var/lib/desist/northmere", str(tmp_path))
    (tmp_path / "rotation").write_text(re.sub(r"^ *su .*\n", "", text, flags=re.M))
    (tmp_path / "rotation").chmod(0o644)
    (tmp_path / "log").mkdir(mode=0o700)
    (tmp_path / "log" / "web.log").write_text("a line\n")
    options = ["--force", "--state", str(tmp_path / "state"), str(tmp_path / "rotation")]

    done = subprocess.run([installed("logrotate"), *options], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "log" / "web.log").stat().st_size == 0
