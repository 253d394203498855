"""Workers that are killed, each a process of its own: forked with everything read, so that a death costs no new start.

    python -m tests.advocacy.mortals tests.advocacy.evidence.worker.work

It reads a number a line, the edge (tests.post.town.mortal) at which the next worker dies, and answers each line with how
that worker ended. With `statements` after the worker's name, the edges of all statements count, and not those of commits alone.
"""

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.utils.module_loading import import_string
from tests.post.town import mortal

#: more edges of commits than a run of a worker has
MANY = 60
DONE, KILLED = 0, -9


def runs(
    database: dict[str, Any], data: Path, site: str, worker: str, *, statements: Collection[int] = ()
) -> Iterator[None]:
    """Run a worker until it comes to its end; kill it one edge of a commit later each time. Yields after each kill.

    With `statements` it dies at these edges of statements instead, and then comes to its end.
    """
    part = {name: database[name] for name in ("NAME", "USER", "PASSWORD", "HOST")}
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "desist.zones.tests",
        "DESIST_DATA": str(data),
        "TESTS_WORKER": json.dumps({"database": part, "site": site}),
    }
    command = [sys.executable, "-m", "tests.advocacy.mortals", worker, *["statements"] * bool(statements)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, text=True, bufsize=1, stdin=pipe, stdout=pipe) as mortals:
        assert mortals.stdin
        assert mortals.stdout
        for edge in [*statements, 0] if statements else range(1, MANY):
            mortals.stdin.write(f"{edge}\n")
            ended = int(mortals.stdout.readline())
            assert ended in {DONE, KILLED}
            if ended == DONE:
                return
            yield
    raise AssertionError("the worker comes to no end")


def _main() -> None:
    said = json.loads(os.environ["TESTS_WORKER"])
    settings.DATABASES["default"].update(said["database"])
    settings.DESIST_SITE, settings.DESIST_ZONE = said["site"], "advocacy"
    django.setup()
    work = import_string(sys.argv[1])
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            _work(work, die_at=int(line), statements="statements" in sys.argv)
        _, status = os.waitpid(pid, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _work(work: Callable[[], None], *, die_at: int, statements: bool) -> None:
    mortal.plant(die_at, statements=statements)
    try:
        work()
        os._exit(DONE)
    finally:
        traceback.print_exc()
        os._exit(1)


if __name__ == "__main__":
    _main()
