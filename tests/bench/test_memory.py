"""What a bench says of memory is the measured process's own."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

#: a parent that has had 300 MB and starts a child with a few
PARENT = """
import subprocess, sys
large = bytearray(300 << 20)
large[::4096] = bytes([1]) * len(large[::4096])
subprocess.run([sys.executable, "-c", sys.argv[1]], check=True)
"""


def test_a_child_does_not_count_the_memory_of_its_parent() -> None:
    child = "from tools.bench.chronicle_peers import peak; print(peak())"
    printed = subprocess.run(
        [sys.executable, "-c", PARENT, child], capture_output=True, text=True, check=True
    ).stdout
    assert 5 < float(printed) < 100


def test_memory_that_was_given_back_counts() -> None:
    child = "from tools.bench.chronicle_peers import peak; bytes([1]) * (200 << 20); print(peak())"
    printed = subprocess.run([sys.executable, "-c", child], capture_output=True, text=True, check=True).stdout
    assert 200 < float(printed) < 300
