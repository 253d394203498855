"""One measured run in a process of its own: `python -m tools.bench.chronicle_runs WHAT FILE` prints seconds and MB."""

import gc
import hashlib
import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desist_chronicle.options import Options
from desist_chronicle.reading import Reading
from tools.bench.chronicle_peers import peak

if TYPE_CHECKING:
    from desist_chronicle.course import Course

HEADER = re.compile(rb"\n[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}, [0-9]{1,2}:[0-9]{2} - ")


def read(path: Path) -> int:
    """Do everything that `./desist chronicle read` does except writing lines: instants, sums, digest."""
    reading = Reading(paths=[path], options=Options(names=("Dr: Smith",)))
    count = sum(len(block) for block in reading.blocks())
    if any(outcome.partial for outcome in reading.outcomes):
        raise SystemExit(f"{path.name} was not read wholly")
    return count


def floor(path: Path) -> int:
    """Do the least that any reader in Python must do: read, hash, and find the headers."""
    data = path.read_bytes()
    hashlib.sha256(data).hexdigest()
    return sum(1 for _ in HEADER.finditer(data)) + 1


def course(path: Path) -> "Course":
    """Read, bring together in memory, take out copies, and group into occasions."""
    from desist_chronicle.corpus import Corpus  # noqa: PLC0415  numpy only where it is measured
    from desist_chronicle.course import chart  # noqa: PLC0415  numpy only where it is measured
    from desist_chronicle.people import People  # noqa: PLC0415  numpy only where it is measured
    from desist_chronicle.scope import Scope  # noqa: PLC0415  numpy only where it is measured

    corpus = Corpus()
    reading = Reading(paths=[path], options=Options(names=("Dr: Smith",)))
    for block in reading.blocks():
        corpus.extend(block)
    return chart(corpus=corpus, people=People(subject=("Bob Sample",)), scope=Scope())


def summarise(path: Path) -> int:
    """Make the course of a file."""
    return len(course(path).corpus)


def picture(path: Path) -> int:
    """Make the course of a file, and from it the summary, the pictures and every finding of the opening pages."""
    from desist_chronicle.analysis.findings import Questions, findings  # noqa: PLC0415  as above
    from desist_chronicle.outputs.summary import summarise as summed  # noqa: PLC0415  as above

    made = course(path)
    summary = summed(course=made, questions=Questions(), formats={}, say=str)
    if not (summary.charts and findings(course=made, questions=Questions())):
        raise SystemExit(f"{path.name} has no pictures")
    return len(made.corpus)


RUNS: dict[str, Callable[[Path], int]] = {
    "read": read, "floor": floor, "summarise": summarise, "picture": picture,
}  # fmt: skip


def main() -> None:
    """Run and print."""
    path = Path(sys.argv[2])
    # As in the sandbox in which `./desist chronicle` reads.
    gc.disable()
    start, used = time.perf_counter(), time.process_time()
    count = RUNS[sys.argv[1]](path)
    seconds, processor = time.perf_counter() - start, time.process_time() - used
    words = {"seconds": seconds, "processor": processor, "peak_mb": peak(), "count": count}
    print(json.dumps(words))  # noqa: T201  read by the parent


if __name__ == "__main__":
    main()
