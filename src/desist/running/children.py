"""Child processes, forked from one parent that has the libraries loaded, so that they share its memory.

The parent must have no threads and no connections. A child ends when the parent does, however the parent ended. One that
died is started again, and one that fell silent is killed and started again, one at a time (docs/adr/silent-is-replaced.md).
"""

import ctypes
import gc
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from setproctitle import setproctitle

from desist import addresses, logs, pulse

PR_SET_PDEATHSIG = 1
#: seconds between looks at the children, and the seconds that they have to stop
LOOK, PATIENCE = 0.3, 8.0
#: A child that dies at once is started again after 1 s, 2 s, 4 s ... up to this.
LONGEST_PAUSE = 30.0
#: seconds without a sign of life after which a process is replaced: more than slow work on a busy machine takes
SILENCE = 10.0

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Child:
    """The child to run: a function called in the child with its own environment, and the target of its output.

    `knows`: the addresses of databases it may know, by their variables. It loses all others.
    """

    name: str
    run: Callable[[], None]
    environment: Mapping[str, str]
    log: Path
    knows: Collection[str] = ()


@dataclass
class Nursery:
    """The children of this process: started, watched, started again when they die, stopped together."""

    children: list[Child]
    _running: dict[int, Child] = field(default_factory=dict)
    _born: dict[str, float] = field(default_factory=dict)
    _pauses: dict[str, float] = field(default_factory=dict)
    _listener: pulse.Listener = field(default_factory=lambda: pulse.Listener(looks=round(SILENCE / LOOK)))

    def start(self) -> None:
        """Start every child. Everything loaded so far is shared with them."""
        gc.collect()
        gc.freeze()
        for child in self.children:
            self._start(child)

    def pids(self) -> dict[str, int]:
        """Name -> process id of the running children."""
        return {child.name: pid for pid, child in self._running.items()}

    def watch(self) -> list[str]:
        """Start again the children that died or fell silent; return their names."""
        self._replace_silent()
        dead = []
        while True:
            try:
                pid, _ = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                break
            if pid == 0:
                break
            if child := self._running.pop(pid, None):
                dead.append(child.name)
        for child in self.children:
            if child.name not in self.pids() and time.monotonic() >= self._due(child.name):
                self._start(child)
        return dead

    def stop(self, patience: float = PATIENCE) -> None:
        """Ask every child to stop, and end those that do not within `patience` seconds."""
        end(self._running, patience=patience)
        self._running.clear()

    def _replace_silent(self) -> None:
        """Kill the process that has been silent for the longest, if one has: a child, or one of a child's own."""
        for pid in self._listener.look():
            self._listener.forget(pid)
            group = _group(pid)
            if child := self._running.get(group):
                log.warning("%s does not answer: its process %s is replaced.", child.name, pid)
                (os.killpg if pid == group else os.kill)(pid, signal.SIGKILL)
                self._listener.begin_anew()
                return

    def _due(self, name: str) -> float:
        """The time to start a dead child again: at once after a long life, later each time after a short one."""
        born = self._born[name]
        pause = self._pauses.get(name, 0.0)
        return born + pause

    def _start(self, child: Child) -> None:
        now = time.monotonic()
        lived = now - self._born.get(child.name, now - 60)
        self._pauses[child.name] = (
            1.0 if lived > 10 else min(2 * self._pauses.get(child.name, 1.0), LONGEST_PAUSE)
        )
        self._born[child.name] = now
        self._running[fork(child, listener=self._listener)] = child


def fork(child: Child, *, listener: pulse.Listener | None = None) -> int:
    """Start a child; returns its process id. `listener` hears its pulse."""
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if not pid:
        _become(child, parent, str(listener.pipe) if listener else "")
    return pid


def title(child: Child) -> str:
    """The child's name in `ps`, such as `desist northmere-programme worker`."""
    site = child.environment.get("DESIST_SITE", "")
    return " ".join(filter(None, ("desist", site, child.name.removeprefix(site).strip("-"))))


def end(pids: Collection[int], *, patience: float) -> None:
    """Ask children of this process to stop, and end those that do not within `patience` seconds."""
    running = {pid for pid in pids if not _ended(pid)}
    for pid in running:
        os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + patience
    while running and time.monotonic() < until:
        running = {pid for pid in running if not _ended(pid)}
        time.sleep(0.02)
    for pid in running:
        os.kill(pid, signal.SIGKILL)


def _ended(pid: int) -> bool:
    """Whether a child has ended, or never was one."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True


def keep(children: list[Child], *, load: Callable[[], None]) -> None:
    """Run the parent of children that share the modules of `load`, until told to stop."""
    stopping = []
    signal.signal(signal.SIGTERM, lambda *_: stopping.append(True))
    load()
    nursery = Nursery(children)
    nursery.start()
    while not stopping:
        pulse.beat()
        nursery.watch()
        time.sleep(LOOK)
    # Less patience than the caller that stops this process.
    nursery.stop(patience=PATIENCE - 2)


def end_with(parent: int) -> None:
    """In a child: end when the parent ends and, until the child sets its own handler, at once on a signal."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


def _group(pid: int) -> int:
    """The group of a process, which is the child that it belongs to; 0 where there is no such process."""
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 0


def _become(child: Child, parent: int, pipe: str) -> None:
    """In the child: drop the parent's state, then run; never returns."""
    status = 1
    try:
        setproctitle(title(child))
        end_with(parent)
        # The parent handles a terminal's Ctrl-C.
        os.setsid()
        output = os.open(child.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        for stream in (1, 2):
            os.dup2(output, stream)
        for name in addresses.foreign(child.knows):
            del os.environ[name]
        os.environ.update({logs.PROCESS: child.name, **child.environment, pulse.VARIABLE: pipe})
        child.run()
        status = 0
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else 1
    except BaseException:  # noqa: BLE001 -- the last frame of a process: log the place, without the data in hand
        os.write(2, f"{logs.fault(child.name)}\n".encode())
    finally:
        os._exit(status)
