"""Every process that runs is listed, also where several begin in the same moment."""

import subprocess
import sys
from pathlib import Path

import pytest

from desist.zones import alive

NOTE = """
import sys
from desist.zones import alive
print("ready", flush=True)
sys.stdin.readline()
alive.note(alive.Process.WEB, site="north-programme")
print("noted", flush=True)
sys.stdin.readline()
"""


@pytest.mark.processes
def test_processes_that_begin_in_the_same_moment_are_all_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESIST_DATA", str(tmp_path))
    many = [
        subprocess.Popen(
            [sys.executable, "-c", NOTE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        for _ in range(8)
    ]
    try:
        for said in ("ready\n", "noted\n"):
            assert all(one.stdout and one.stdout.readline() == said for one in many)
            for one in many if said == "ready\n" else ():
                assert one.stdin
                one.stdin.write("\n")

        assert len(alive.living(site="north-programme")) == len(many)
    finally:
        for one in many:
            one.communicate()

    assert alive.living(site="north-programme") == ()
