"""Reading in a process of its own with bounded memory and time, because hostile files come from the perpetrator.

The child prints a record a line, or after a line `=` many of them in columns, and lines that begin with `#` about its progress
and what became of each source.
The parent never unpickles or evaluates anything that the child says.
"""

import gc
import json
import resource
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, cast

from desist_chronicle.corpus import BrokenCorpusError, Corpus
from desist_chronicle.jsonl import from_line, to_line
from desist_chronicle.options import DateOrder, Options
from desist_chronicle.reading import Outcome, Reading
from desist_chronicle.records import Record

#: records that are handed over together in columns
PART = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The child's limits: address space in bytes, seconds of processor, seconds by the clock."""

    memory: int = 2 << 30
    processor: int = 1800
    clock: int = 3600


class SandboxedReading:
    """A reading in a child process. Iterate to the end; then `outcomes` holds the results."""

    def __init__(
        self,
        *,
        paths: list[Path],
        options: Options,
        limits: Limits | None = None,
        on_progress: Callable[[str, int], None] | None = None,
        scratch: Path | None = None,
    ) -> None:
        """With `scratch`, whatever must be put aside lies in that folder, and the child gets no environment of ours."""
        self._scratch = scratch
        self._request = {"paths": [str(path.absolute()) for path in paths], "options": asdict(options)}
        self._limits = limits or Limits()
        self._on_progress = on_progress
        self._finished = False
        self.outcomes: list[Outcome] = []

    def records(self) -> Iterator[Record]:
        """The records of every source."""
        return map(from_line, self.lines())

    def lines(self) -> Iterator[bytes]:
        """The records as lines of JSON, as the child writes them."""
        with self._child(columns=False) as out:
            for line in out:
                if not self._heard(line):
                    yield line

    def corpus(self) -> Corpus:
        """All records at once: in columns, for which the child and we need a tenth of the time. Raises TooManyRecordsError."""
        corpus = Corpus()
        with self._child(columns=True) as out:
            for line in iter(out.readline, b""):
                if not self._heard(line):
                    try:
                        corpus.take(out)
                    except BrokenCorpusError:
                        break  # the child was stopped, or says what no child says
        return corpus

    @contextmanager
    def _child(self, *, columns: bool) -> Iterator[IO[bytes]]:
        """What the child writes; afterwards it is gone, and `outcomes` say if it was stopped."""
        limits = self._limits
        command = [
            sys.executable,
            "-m",
            "desist_chronicle.sandbox",
            str(limits.memory),
            str(limits.processor),
        ]
        environment = None if self._scratch is None else {"TMPDIR": str(self._scratch)}
        with tempfile.TemporaryFile(dir=self._scratch) as request:
            request.write(json.dumps(self._request | {"columns": columns}).encode())
            request.seek(0)
            child = subprocess.Popen(
                command,
                stdin=request,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        clock = threading.Timer(limits.clock, child.kill)
        clock.start()
        try:
            yield cast("IO[bytes]", child.stdout)
        finally:
            clock.cancel()
            child.kill()
            child.communicate()
        self._conclude()

    def _heard(self, line: bytes) -> bool:
        """Whether a line is about the reading, and not a record."""
        if not line.startswith(b"#"):
            return False
        said: dict[str, Any] = json.loads(line[1:])
        if "outcome" in said:
            self.outcomes.append(Outcome(**said["outcome"]))
        elif "finished" in said:
            self._finished = True
        elif self._on_progress:
            self._on_progress(said["source"], said["records"])
        return True

    def _conclude(self) -> None:
        """Report that the child was stopped before it had finished."""
        if not self._finished:
            self.outcomes.append(
                Outcome(
                    source="all files",
                    partial=True,
                    warnings=[
                        (
                            f"Reading was stopped: it needed more than {self._limits.memory >> 20:,} MB of memory or "
                            "more time than is allowed. What was read before is kept. Read the files one by one to "
                            "find the one that is damaged or made to do harm."
                        )
                    ],
                )
            )


def main() -> None:  # pragma: no cover  the limits would bind the tests themselves
    """As the child: set the limits, read, and print."""
    memory, processor = map(int, sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Records are tuples of plain values: there is nothing for the collector to find.
    gc.disable()
    serve(request=json.load(sys.stdin), out=sys.stdout.buffer)


def serve(*, request: dict[str, Any], out: IO[bytes]) -> None:
    """Read the requested files, and write the records and the result of each source."""
    reading = Reading(paths=list(map(Path, request["paths"])), options=_options(request["options"]))
    said = read = 0
    corpus = Corpus() if request.get("columns") else None
    for block in reading.blocks():
        source = ""
        if corpus is None:
            for record in block:
                out.write(to_line(record) + b"\n")
                source = record.source
        elif len(block):
            corpus.extend(block)
            source = corpus.sources[-1]
            if len(corpus) >= PART:
                corpus = _hand_over(corpus, out)
        read += len(block)
        said = _report(reading.outcomes, said, out)
        if source:
            _say({"records": read, "source": source}, out)
    if corpus is not None:
        _hand_over(corpus, out)
    _report(reading.outcomes, said, out)
    _say({"finished": True}, out)


def _hand_over(corpus: Corpus, out: IO[bytes]) -> Corpus:
    """Write what was read since the last time, and return an empty corpus."""
    out.write(b"=\n")
    corpus.write(out)
    return Corpus()


def _options(fields: dict[str, Any]) -> Options:
    return Options(
        zone=fields["zone"],
        date_order=DateOrder(fields["date_order"]) if fields["date_order"] else None,
        owners=tuple(fields["owners"]),
        names=tuple(fields["names"]),
        columns=tuple((heading, column) for heading, column in fields["columns"]),
    )


def _report(outcomes: list[Outcome], said: int, out: IO[bytes]) -> int:
    for outcome in outcomes[said:]:
        _say({"outcome": outcome.as_dict()}, out)
    return len(outcomes)


def _say(words: dict[str, Any], out: IO[bytes]) -> None:
    out.write(b"#" + json.dumps(words).encode() + b"\n")
    out.flush()


if __name__ == "__main__":  # pragma: no cover  as above
    main()
