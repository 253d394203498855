"""Processes that tests start: free ports for them, waiting for them, ending them, and which of them still run."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

GONE = (FileNotFoundError, ProcessLookupError)  # what Linux says of a process that ended a moment ago


def free_ports() -> str:
    """Return the first of ten ports that are free together. Test runs at the same time begin to look elsewhere."""
    for base in range(21000 + os.getpid() * 20 % 9000, 60000, 10):
        try:
            for port in range(base, base + 10):
                with socket.create_server(("127.0.0.1", port)):
                    pass
        except OSError:
            continue
        return str(base)
    raise AssertionError("no ten free ports")


def free_port() -> int:
    """Return a port that was free a moment ago and that the system gives to no other process for a while."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def until(done: Callable[[], bool], seconds: float) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def below(pid: int) -> set[int]:
    """Return the processes below one, as Linux lists them; none below one that ended."""
    found: set[int] = set()
    with suppress(*GONE):
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in map(int, task.read_text().split()):
                found |= {child, *below(child)}
    return found


def alive(pids: set[int]) -> set[int]:
    """Return the processes that still run; a zombie does not."""
    living = set()
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except GONE:
            continue
        if state != "Z":
            living.add(pid)
    return living


def words(pid: int) -> list[str]:
    """Return the words of the command that a process is; none where it ended."""
    with suppress(*GONE):
        command = Path(f"/proc/{pid}/cmdline").read_text().rstrip("\0")
        return command.split("\0") if command else []
    return []


def title(pid: int) -> str:
    """Return the name of a process as `ps` prints it; none where it ended."""
    return " ".join(words(pid))


def printed_to(pid: int) -> str:
    """Return the name of the file that a process prints to; none where it ended."""
    with suppress(*GONE):
        return Path(f"/proc/{pid}/fd/1").readlink().name
    return ""


def ctrl_c(process: "subprocess.Popen[bytes]") -> None:
    """Send Ctrl-C to a command that serves: it must exit with code 0 and leave no process behind."""
    children = below(process.pid)
    process.send_signal(signal.SIGINT)
    try:
        assert process.wait(30) == 0
    finally:
        process.kill()
    assert alive(children) == set()
