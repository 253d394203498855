"""The pulse of a process: the one that started it hears that it runs, and replaces one that fell silent.

A process writes its number into a pipe once a second. The reader counts its own looks and not the seconds: where the
reader itself was frozen or had to wait for a processor, no process is taken for dead. What others see of a process is its
note (`desist.zones.alive`).
"""

import os
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

#: the variable with the number of the pipe, in a process that is listened to
VARIABLE = "DESIST_PULSE"
EVERY = 1.0  # seconds between beats
NUMBER = struct.Struct("=q")


def beat() -> None:
    """Write this process's number into the pipe of the process that listens; do nothing where none does."""
    if pipe := os.environ.get(VARIABLE):
        with suppress(OSError):  # a reader that is gone or does not read
            os.write(int(pipe), NUMBER.pack(os.getpid()))


def start(well: Callable[[], bool]) -> None:
    """Beat once a second for as long as this process is well, in a process that forks no more."""
    if os.environ.get(VARIABLE):
        threading.Thread(target=_keep_beating, args=[well], name="pulse", daemon=True).start()


def _keep_beating(well: Callable[[], bool]) -> None:
    while True:
        if well():
            beat()
        time.sleep(EVERY)


@dataclass
class Turns:
    """The turns of a process that works in a loop; it is well while they go on."""

    longest: float = 600.0  # seconds: mail to a server that does not answer alone takes minutes
    _begun: float = field(default_factory=time.monotonic)

    def begin(self) -> None:
        """Note that a turn begins."""
        self._begun = time.monotonic()

    def go_on(self) -> bool:
        """Whether the present turn is not too long."""
        return time.monotonic() - self._begun < self.longest


class Listener:
    """The reading end: knows who was not heard for a number of looks."""

    def __init__(self, *, looks: int) -> None:
        """Make the pipe, which children inherit by its number."""
        self.looks = looks
        self._reads, self.pipe = os.pipe()
        for end in (self._reads, self.pipe):
            os.set_blocking(end, False)
        self._silent_for: dict[int, int] = {}

    def look(self) -> list[int]:
        """The processes that have been silent for too long, the longest first."""
        for pid in self._silent_for:
            self._silent_for[pid] += 1
        for pid in self._heard():
            self._silent_for[pid] = 0
        silent = [pid for pid, looks in self._silent_for.items() if looks >= self.looks]
        return sorted(silent, key=self._silent_for.__getitem__, reverse=True)

    def forget(self, pid: int) -> None:
        """Expect nothing more of a process."""
        self._silent_for.pop(pid, None)

    def begin_anew(self) -> None:
        """Give every process its whole time again, so that never two are replaced at once."""
        self._silent_for = dict.fromkeys(self._silent_for, 0)

    def _heard(self) -> set[int]:
        heard: set[int] = set()
        with suppress(BlockingIOError):
            while beats := os.read(self._reads, NUMBER.size * 512):
                heard |= {pid for (pid,) in NUMBER.iter_unpack(beats)}
        return heard
