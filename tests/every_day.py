"""The tests that depend on the day, run on one day after the other: `./desist test --days 2026-12-01..2028-11-30`.

Every day has a pytest of its own, since some tests take their moment on import. It is forked from a process that has
loaded Desist and made the database, so that a day costs little more than its tests.
"""

import ast
import io
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from tests import clock, database

#: a test that depends on the day asks which day it is
ASKS = re.compile(r"timezone\.now|localdate|localtime\(\)|datetime\.now|date\.today|time\.time\(")
WORD = re.compile(r"\w+")
HERE = "not browser and not processes and not rule"
QUIETLY = ["-q", "--no-header", "--tb=short", "-p", "no:cacheprovider", "-m", HERE]


def listed(written: str) -> list[datetime]:
    """Return the moments of a list with commas and of stretches: "2026-12-24..2026-12-28,2028-02-29T23:05"."""
    return [moment for part in written.split(",") for moment in _stretch(*part.split(".."))]


def _stretch(first: str, last: str = "") -> Iterator[datetime]:
    moment, end = clock.moment(first), clock.moment(last or first)
    while moment <= end:
        yield moment
        moment = datetime.combine(moment.date() + timedelta(days=1), moment.timetz())


def asking(places: Iterable[str]) -> list[str]:
    """Return the tests in some places that ask which day it is, themselves or through their file's helpers."""
    files = {
        file
        for place in map(Path, places)
        for file in ([place] if place.is_file() else place.rglob("test_*.py"))
    }
    return [f"{file}::{name}" for file in sorted(files) for name in askers(file.read_text("utf-8"))]


def askers(text: str) -> list[str]:
    """Return the tests of a file that ask; after "HOUR = timezone.now()", every test that names HOUR."""
    parts = {name: ast.unparse(node) for node in ast.parse(text).body for name in _named(node)}
    asking = {name for name, part in parts.items() if ASKS.search(part)}
    while more := {name for name in parts.keys() - asking if asking & set(WORD.findall(parts[name]))}:
        asking |= more
    return sorted(name for name in asking if name.startswith("test_"))


def _named(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def run(days: Iterable[datetime], words: list[str]) -> int:
    """Run every day in turn, one line each; return 1 where a test failed on one of them."""
    failed = 0
    for day in days:
        code, said = _on(day, words)
        failed |= bool(code)
        end = said.rstrip().rpartition("\n")[2]
        print(f"{day:%Y-%m-%d %a %H:%M}  {end}", *([said] if code else []), sep="\n", flush=True)  # noqa: T201 -- its answer
    return failed


def _on(day: datetime, words: list[str]) -> tuple[int, str]:
    """Run pytest on one day; return its exit code and what it printed."""
    with tempfile.TemporaryFile() as told:
        child = os.fork()
        if not child:
            for stream in (1, 2):
                os.dup2(told.fileno(), stream)
            os.environ.pop(clock.SHIFT, None)  # of the process above, where that is a test's
            sys.stdout, sys.stderr = io.open(1, "w"), io.open(2, "w")  # noqa: SIM115, UP020 -- not a path
            code = pytest.main([*QUIETLY, "--day", f"{day:%Y-%m-%dT%H:%M}", *words])
            sys.stdout.flush()
            os._exit(code)
        _, status = os.waitpid(child, 0)
        told.seek(0)
        return os.waitstatus_to_exitcode(status), told.read().decode()


def main(written: str, *words: str) -> int:
    """Load Desist, make the database, and run the days; `words` are places of tests, then pytest's options."""
    import django

    for loaded in (time_machine, clock):
        loaded.__doc__ = "PYTEST_DONT_REWRITE"  # loaded before pytest could, which would warn of that
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desist.zones.tests")
    django.setup()
    for zone in ("programme", "partnership", "advocacy", "commission"):
        __import__(f"desist.zones.{zone}_urls")
    places = [word for word in words if Path(word).exists()] or ["tests"]
    options = [word for word in words if not Path(word).exists()]
    with database.served() as server:
        database.migrated(server)
        from django.db import connections

        connections.close_all()
        database.KEPT.append(server)
        return run(listed(written), [*asking(places), *options])


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
