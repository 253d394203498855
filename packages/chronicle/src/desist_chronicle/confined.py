"""A process of its own with limits, for files that may be made to do harm: a line asks, and a line answers."""

import resource
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import IO, Self, cast


class Confined:
    """The process of a module, begun at the first question, and anew after one that a bad file ended.

    Use it as a context; the process ends with it.
    """

    def __init__(self, module: str, *, clock: float) -> None:
        """`clock` is the most seconds that an answer may take."""
        self._module, self._clock = module, clock
        self._child: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def ask(self, *words: str) -> str:
        """Return the answer; nothing where the process ended or took too long."""
        child = self._child = self._child or self._begun()
        stop = threading.Timer(self._clock, child.kill)
        stop.start()
        try:
            cast("IO[str]", child.stdin).write("\0".join(words) + "\n")
            cast("IO[str]", child.stdin).flush()
            answer = cast("IO[str]", child.stdout).readline()
        except OSError:
            answer = ""
        finally:
            stop.cancel()
        if not answer:
            self._end()
        return answer.rstrip("\n")

    def _begun(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", self._module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def _end(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            for pipe in (self._child.stdin, self._child.stdout):
                with suppress(OSError):
                    cast("IO[str]", pipe).close()
        self._child = None


def answer(
    *, memory: int, processor: int, reply: Callable[[Sequence[str]], str]
) -> None:  # pragma: no cover  the limits would bind the tests themselves
    """As the child: set the limits (bytes of address space, seconds of processor), and answer a line for each line."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin:
        sys.stdout.write(f"{reply(line.rstrip(chr(10)).split(chr(0)))}\n")
        sys.stdout.flush()
