"""One measured run in a process of its own: `python -m tools.bench.chronicle_runs WHAT FILE` prints seconds and MB."""

import gc
import hashlib
import json
import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from desist_chronicle.options import Options
from desist_chronicle.reading import Reading

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


def summarise(path: Path) -> int:
    """Read, bring together in memory, take out copies, and group into occasions."""
    from desist_chronicle.corpus import Corpus  # noqa: PLC0415  numpy only where it is measured
    from desist_chronicle.course import chart  # noqa: PLC0415  numpy only where it is measured
    from desist_chronicle.people import People  # noqa: PLC0415  numpy only where it is measured
    from desist_chronicle.scope import Scope  # noqa: PLC0415  numpy only where it is measured

    corpus = Corpus()
    reading = Reading(paths=[path], options=Options(names=("Dr: Smith",)))
    for block in reading.blocks():
        corpus.extend(block)
    people = People(subject=("Bob Sample",))
    chart(corpus=corpus, people=people, scope=Scope())
    return len(corpus)


RUNS: dict[str, Callable[[Path], int]] = {"read": read, "floor": floor, "summarise": summarise}


def main() -> None:
    """Run and print."""
    path = Path(sys.argv[2])
    # As in the sandbox in which `./desist chronicle` reads.
    gc.disable()
    start, used = time.perf_counter(), time.process_time()
    count = RUNS[sys.argv[1]](path)
    seconds, processor = time.perf_counter() - start, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    words = {"seconds": seconds, "processor": processor, "peak_mb": peak, "count": count}
    print(json.dumps(words))  # noqa: T201  read by the parent


if __name__ == "__main__":
    main()
