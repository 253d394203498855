"""The processor time that processes have used: steadier on a busy machine than any wall clock.

Each process has a clock of its own that the kernel keeps to the nanosecond, its threads included; /proc counts in
hundredths of a second, of which a page needs a tenth.
"""

import ctypes
import os
import time
from collections.abc import Iterable
from pathlib import Path

PROC = Path("/proc")
TICK = 1 / os.sysconf("SC_CLK_TCK")
LIBC = ctypes.CDLL(None)


def of_tree(root: int) -> float:
    """Return the seconds that a process and all its descendants have used, with those that have ended."""
    parents = {pid: int(_fields(pid)[1]) for pid in _pids()}
    return sum(seconds(pid, children=True) for pid in _family(root, parents))


def of_back_ends(login: str) -> float:
    """Return the seconds used by the running PostgreSQL processes that serve the clients of one login."""
    return sum(seconds(pid) for pid in _pids() if _command(pid).startswith(f"postgres: {login} "))


def seconds(pid: int, *, children: bool = False) -> float:
    """Return the seconds of one process, with its ended children's if asked; 0 for one that is gone."""
    clock = ctypes.c_int()
    if LIBC.clock_getcpuclockid(pid, ctypes.byref(clock)):
        return 0
    ended = TICK * sum(map(int, _fields(pid)[13:15])) if children else 0
    try:
        return time.clock_gettime(clock.value) + ended
    except OSError:  # it ended just now
        return 0


def _pids() -> list[int]:
    return [int(name) for name in os.listdir(PROC) if name.isdecimal()]  # noqa: PTH208 -- names alone, and often


def _family(root: int, parents: dict[int, int]) -> Iterable[int]:
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _fields(pid: int) -> list[str]:
    """Return what /proc/PID/stat holds after the name, beginning with the state; zeros for a process that is gone."""
    try:
        return (PROC / str(pid) / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return ["0"] * 20


def _command(pid: int) -> str:
    try:
        return (PROC / str(pid) / "cmdline").read_text("utf-8", "replace")
    except OSError:
        return ""
