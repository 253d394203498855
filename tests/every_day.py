"""The tests that depend on the day, run on one day after the other: `./desist test --days 2026-12-01..2028-11-30`.

They are collected once, and the days run in forks of that process, with everything loaded and the database made. Only
modules that take their moment on import are read anew for each. `--part 3/40` runs a fortieth of the tests on each day, and
on the next day another: the days of all forty parts together are all tests on all days.
"""

import ast
import gc
import os
import re
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import time_machine

from tests import clock, database, kinds_of_day

#: a test that depends on the day asks which day it is
ASKS = re.compile(r"timezone\.now|localdate|localtime\(\)|datetime\.now|date\.today|time\.time\(")
WORD = re.compile(r"\w+")
IMPORTS = re.compile(r"^(?:from|import) .*$", re.MULTILINE)
#: who may open which page is the same on every day, whatever rows it is about
ON_NO_DAY = {"test_access.py"}
#: helpers that ask only so that a sign-in, an alert or a code is young, which is the same on every day
FOR_AN_AGE = {
    Path("tests", name) for name in ("staff.py", "access.py", "unwritten.py", "accounts/conftest.py")
}
HERE = "not browser and not processes and not rule"
QUIETLY = ["-qq", "--no-header", "--tb=short", "-p", "no:cacheprovider", "-m", HERE]
#: for more days than these it pays to load what the tests need before the first
MANY = 4
#: seconds in which a day is over, even on a busy machine
HANGS = 3600
#: how many days a fork runs, one after the other
TOGETHER = 20
#: what ends all that is told of a day
END = "\0"


def listed(written: str) -> list[datetime]:
    """Return the moments of a list with commas and of stretches: "2026-12-24..2026-12-28,2028-02-29T23:05".

    "kinds:2026-12-01..2028-11-30" are the special days of a stretch.
    """
    return [moment for part in written.split(",") for moment in _moments(part)]


def _moments(part: str) -> Iterable[datetime]:
    stretch = part.removeprefix("kinds:")
    days = _stretch(*stretch.split(".."))
    if part == stretch:
        return days
    first, *_, last = days
    return kinds_of_day.kinds(first.date(), last.date())


def _stretch(first: str, last: str = "") -> Iterator[datetime]:
    moment, end = clock.moment(first), clock.moment(last or first)
    while moment <= end:
        yield moment
        moment = datetime.combine(moment.date() + timedelta(days=1), moment.timetz())


def asking(places: Iterable[str]) -> list[str]:
    """Return the tests in some places that ask which day it is, themselves or through helpers and fixtures."""
    files = {
        file
        for place in map(Path, places)
        for file in ([place] if place.is_file() else place.rglob("test_*.py"))
    }
    return [
        f"{file}::{name}"
        for file in sorted(files)
        for name in sorted(askers(file))
        if name.startswith("test_") and file.name not in ON_NO_DAY
    ]


@cache
def askers(file: Path) -> frozenset[str]:
    """Return the names in a file that ask; after "HOUR = timezone.now()", every function that names HOUR."""
    text = file.read_text("utf-8")
    parts: dict[str, str] = defaultdict(str)
    for node in ast.parse(text).body:
        for name in _named(node):
            parts[name] += f"{ast.unparse(node)}\n"
    beside = frozenset().union(*map(askers, _beside(file, text)))
    asking = {name for name, part in parts.items() if ASKS.search(part) or beside & set(WORD.findall(part))}
    while more := {name for name in parts.keys() - asking if asking & set(WORD.findall(parts[name]))}:
        asking |= more
    return frozenset(asking)


def _beside(file: Path, text: str) -> Iterator[Path]:
    """Yield the helpers that a file imports, and the conftest.py of its folders."""
    imported = (node for node in ast.parse(text).body if isinstance(node, ast.ImportFrom) and node.module)
    modules = {
        name
        for node in imported
        for name in (f"{node.module}", *(f"{node.module}.{one.name}" for one in node.names))
    }
    helpers = {Path(f"{name.replace('.', '/')}.py") for name in modules if name.startswith("tests.")}
    if file.name.startswith("test_"):
        helpers |= {folder / "conftest.py" for folder in file.parents if folder != Path()}
    yield from (one for one in sorted(helpers - {file}) if one.is_file() and one not in FOR_AN_AGE)


def _named(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def on_import(file: Path) -> bool:
    """Return whether a module takes its moment on import: a name outside its functions asks."""
    values = (
        node for node in ast.parse(file.read_text("utf-8")).body if not isinstance(node, ast.FunctionDef)
    )
    return any(name in askers(file) for node in values for name in _named(node))


def turn(test: int, day: int, part: tuple[int, int]) -> bool:
    """Return whether a test is in a part of a day, both by number: the part moves on by one test each day."""
    which, parts = part
    return (test + day + which) % parts == 0


@dataclass(frozen=True)
class Day:
    """A moment, and the tests of its part."""

    at: datetime
    tests: list[pytest.Item]

    @property
    def name(self) -> str:
        """How its line begins."""
        return f"{self.at:%Y-%m-%d %a %H:%M}"


class EachDay:
    """A plugin of pytest: what it collected runs on every day, in forks that tell each day in a line."""

    def __init__(self, days: list[datetime]) -> None:
        """Know the days."""
        self.days = days

    def pytest_addoption(self, parser: pytest.Parser) -> None:
        """Add the option to run a part."""
        parser.addoption("--part", type=_part, default=(1, 1), help="WHICH/PARTS of the tests on each day")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> object:
        """Run every day in place of the run that pytest would make."""
        if session.testsfailed:  # a module cannot be read; pytest says so
            return None
        config = session.config
        config.pluginmanager.unregister(name="terminalreporter")
        if len(self.days) > MANY:
            _load(session.items)
            session.testsfailed = 0
        from django.db import connections

        connections.close_all()
        gc.freeze()
        items, anew = list(session.items), _taking_moments(session.items)
        part = config.getoption("part")
        left = [
            Day(day, [one for test, one in enumerate(items) if turn(test, number, part)])
            for number, day in enumerate(self.days)
        ]
        while left:
            done, failed = _forked(left[:TOGETHER], anew)
            session.testsfailed += failed
            left = left[done:]
        return True


def _load(items: list[pytest.Item]) -> None:
    """Run a test of each file, whatever it says, so that the forks find templates and addresses read.

    Nothing is printed with typst: it would start threads, which a fork waits for and does not have.
    """
    sys.modules["typst"] = None  # type: ignore[assignment]  # as if it were not installed
    _told("loaded", list({item.path: item for item in items}.values()))
    del sys.modules["typst"]


def _part(written: str) -> tuple[int, int]:
    which, parts = map(int, written.split("/"))
    return which, parts


def _taking_moments(items: list[pytest.Item]) -> dict[ModuleType, bool]:
    """Return the modules that take their moment on import, those that others import first, and those others.

    True stands for what every day needs, and not only one on which the module's own tests run.
    """
    helpers = [module for name, module in sys.modules.items() if name.startswith("tests.")]
    loaded: list[Any] = [*helpers, *(getattr(item, "module", None) for item in items)]
    own = {file: one for one in loaded if (file := getattr(one, "__file__", None)) not in (None, __file__)}
    texts = [(one, Path(file).read_text("utf-8")) for file, one in own.items()]
    paths = {one: Path(os.path.relpath(file)) for file, one in own.items()}
    found = [one for one, path in paths.items() if path not in FOR_AN_AGE and on_import(path)]
    names = {_short(one) for one in found}
    imported = {one: names & set(WORD.findall(" ".join(IMPORTS.findall(text)))) for one, text in texts}
    shared = set().union(*imported.values())
    users = [one for one in imported if imported[one] and one not in found]
    first = sorted(found, key=lambda one: _short(one) not in shared)
    return {one: "test_" not in _short(one) or _short(one) in shared for one in (*first, *users)}


def _short(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def _read_anew(modules: dict[ModuleType, bool], items: list[pytest.Item]) -> None:
    """Run the text of helpers and of the tests' modules once more in place: their functions see the moment it is now."""
    used = {getattr(item, "module", None) for item in items}
    for module, always in modules.items():
        if always or module in used:
            module.__spec__.loader.exec_module(module)  # type: ignore[union-attr]  # it was loaded by this


def _forked(days: list[Day], anew: dict[ModuleType, bool]) -> tuple[int, int]:
    """Run some days in a fork, and print how each went; return how many were run, and on how many a test failed."""
    with tempfile.TemporaryFile("w+") as told:
        child = os.fork()
        if not child:
            code = 1
            try:
                gc.set_threshold(100_000)  # it ends soon
                for day in days:
                    print(*_on(day, anew), sep="\n", end=END, file=told, flush=True)
                code = 0
            except BaseException:  # noqa: BLE001 -- whatever it is, the day is told as failed
                traceback.print_exc()
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        told.seek(0)
        said = told.read().split(END)[:-1]
    if status:
        said.append(f"{days[len(said)].name}  ended with {status}: a test hangs or kills")
    for answer in said:
        print(answer, flush=True)  # noqa: T201 -- its answer
    return len(said), sum("\n" in answer for answer in said) + bool(status)


def _on(day: Day, anew: dict[ModuleType, bool]) -> list[str]:
    signal.alarm(HANGS)
    clock.move_to(day.at)
    _read_anew(anew, day.tests)
    return _told(day.name, day.tests)


def _told(when: str, items: list[pytest.Item]) -> list[str]:
    """Run tests here; return a line with how many passed and failed, and what each failure said."""
    begun, went = time.process_time(), Went()
    if items:
        config = items[0].config
        config.pluginmanager.register(went)
        for item, following in zip(items, [*items[1:], None], strict=True):
            config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        config.pluginmanager.unregister(went)
    counted = ", ".join(
        f"{went.ends[end]} {end}" for end in ("failed", "passed", "skipped") if went.ends[end]
    )
    return [f"{when}  {counted or 'no tests'} in {time.process_time() - begun:.1f}s", *went.said]


class Went:
    """A plugin of pytest: how many tests ended in which way, and what those that failed said."""

    def __init__(self) -> None:
        """Know of no test."""
        self.ends: Counter[str] = Counter()
        self.said: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test once: by its call, or by what failed around it."""
        if report.when == "call" or report.outcome != "passed":
            self.ends[report.outcome] += 1
        if report.failed:
            self.said += [f"FAILED {report.nodeid} ({report.when})", report.longreprtext]


def main(written: str, *words: str) -> int:
    """Load Desist, make the database, and run the days; `words` are places of tests, then pytest's options."""
    import django

    for loaded in (time_machine, clock):
        loaded.__doc__ = "PYTEST_DONT_REWRITE"  # loaded before pytest could, which would warn of that
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desist.zones.tests")
    os.environ.pop(clock.SHIFT, None)  # of the process above, where that is a test's
    django.setup()
    places = [word for word in words if Path(word).exists()] or ["tests"]
    options: list[Any] = [word for word in words if not Path(word).exists()]
    database.make()
    with database.served() as server:
        database.connected(server)
        from django.db import connections

        connections.close_all()
        database.KEPT.append(server)
        return pytest.main([*QUIETLY, *asking(places), *options], plugins=[EachDay(listed(written))])


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
