"""How much processor time processes have used, from /proc: steadier on a busy machine than any clock on the wall."""

import os
from collections.abc import Iterable
from pathlib import Path

PROC = Path("/proc")
TICK = 1 / os.sysconf("SC_CLK_TCK")


def of_tree(root: int) -> float:
    """Seconds that a process and all its descendants have used, those included that have ended."""
    parents = {pid: int(_fields(pid)[1]) for pid in _pids()}
    return sum(seconds(pid, children=True) for pid in _family(root, parents))


def of_back_ends(login: str) -> float:
    """Seconds that PostgreSQL's processes for the clients of one login have used and that still run."""
    return sum(seconds(pid) for pid in _pids() if _command(pid).startswith(f"postgres: {login} "))


def seconds(pid: int, *, children: bool = False) -> float:
    """User and system time of one process, with that of its ended children if asked; 0 for one that is gone."""
    fields = _fields(pid)
    used = fields[11:15] if children else fields[11:13]
    return TICK * sum(map(int, used))


def _pids() -> list[int]:
    return [int(name) for name in os.listdir(PROC) if name.isdecimal()]  # noqa: PTH208 -- names alone, and often


def _family(root: int, parents: dict[int, int]) -> Iterable[int]:
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _fields(pid: int) -> list[str]:
    """What stands in /proc/PID/stat after the name, beginning with the state; zeros for a process that is gone."""
    try:
        return (PROC / str(pid) / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return ["0"] * 20


def _command(pid: int) -> str:
    try:
        return (PROC / str(pid) / "cmdline").read_text("utf-8", "replace")
    except OSError:
        return ""
