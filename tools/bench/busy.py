"""Busy people at a site with two web processes: how long each waits, and whether anyone is refused.

Each of them asks for the next page the moment the last one is there, without a pause, which no person does. The site's
processes, its database and those who ask share the machine.
"""

import json
import math
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from rich.console import Console
from rich.table import Table

from desist.embedded import Cluster
from desist.running import deploy, static
from desist.sites import Site, Zone
from tools.bench import processor_time
from tools.bench.line import Answer, Line, request
from tools.bench.pages_area import WITH_EPISODE, free_port
from tools.bench.pages_work import COOKIE, TOKEN
from tools.bench.paired import quantile
from tools.synthetic.load_block import Order

USERS, PROCESSES, PEOPLE = 16, 2, 1_000
MOST_MS = 200.0
WARM, PATIENCE = 10.0, 60.0  # seconds
#: what a person does, again and again; a record is opened once and saved as it is written
TURN = ("To do", "caseload", "person", "person", "record", "save", "save", "save", "person", "caseload")


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What people did, the moment from which their waits count, and the processor seconds that the site used since."""

    people: list["Person"]
    since: float
    processor: float


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The waits for one kind of answer, in milliseconds."""

    kind: str
    answers: int
    p50: float
    p95: float
    p99: float


class Person:
    """One person at work, in a thread."""

    def __init__(self, port: int, plan: dict[str, Any]) -> None:
        """`plan` is what `busy_plan` prints of a person."""
        self.waits: list[tuple[str, float, float]] = []  # kind, moment, seconds
        self.errors: list[str] = []
        self._port, self._cookies = port, plan["session"]
        self._people = cycle(plan["people"])
        self._record = plan["records"][0]
        self._sent = dict(self._record["sent"])
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)

    def begin(self) -> None:
        """Begin to work."""
        self._thread.start()

    def end(self) -> None:
        """Finish the last request and stop."""
        self._ended.set()
        self._thread.join(PATIENCE)

    def _work(self) -> None:
        turns = cycle(TURN)
        while not self._ended.is_set():
            try:
                with Line(self._port) as line:
                    while not self._ended.is_set():
                        self._ask(line, next(turns))
            except OSError as failure:
                self.errors.append(type(failure).__name__)

    def _ask(self, line: Line, kind: str) -> None:
        path, body = self._path(kind), ""
        if kind == "save":
            words = f"Write down {len(self.waits)} urges, each with its time."
            body = urlencode(self._sent | {"homework_set": words})
        host = f"programme.localhost:{self._port}"
        asked = request("POST" if body else "GET", path, host=host, cookies=self._cookies, body=body)
        began = time.monotonic()
        answer = line.ask(asked)
        self.waits.append((kind, began, time.monotonic() - began))
        if not self._is_right(kind, answer, path):
            said = answer.header(b"desist-version") if kind == "save" else len(answer.body)
            self.errors.append(f"{kind}: {answer.status} {said}")

    def _path(self, kind: str) -> str:
        if kind == "person":
            return f"/episodes/{next(self._people)}/"
        record = str(self._record["path"])
        return {"To do": "/", "caseload": "/episodes/", "save": record}.get(
            kind, record.replace("/save/", "/record/")
        )

    def _is_right(self, kind: str, answer: Answer, path: str) -> bool:
        """Whether an answer is what was asked for: a fast refusal would flatter."""
        if kind == "save":
            version = answer.header(b"desist-version")
            right = version == str(int(self._sent["form_version"]) + 1)
            self._sent["form_version"] = version or self._sent["form_version"]
            return right
        if kind == "record" and (token := TOKEN.search(answer.body)):
            secret = answer.header(b"set-cookie").partition(f"{COOKIE}=")[2].partition(";")[0]
            self._cookies = self._cookies | ({COOKIE: secret} if secret else {})
            self._sent["csrfmiddlewaretoken"] = token[1].decode()
        ours = path.split("/")[2].encode() if kind in {"person", "record"} else b"</main>"
        return answer.status == 200 and ours in answer.body


def run(*, console: Console, seconds: float, as_json: bool) -> bool:
    """Measure, print, and say whether 95 of 100 answers came in time and none was wrong."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="desist-bench-") as name, console.status("inventing people"):
        measured = _measured(Path(name), seconds)
    figures = list(_figures(measured.people, measured.since))
    errors = [error for person in measured.people for error in person.errors]
    each = 1000 * measured.processor / max(1, figures[0].answers)
    if as_json:
        found = {
            "figures": [asdict(one) for one in figures],
            "errors": errors,
            "load_before": load,
            "processor": each,
        }
        console.print_json(json.dumps(found))
    else:
        console.print(_table(figures))
        console.print(
            f"{USERS} people, {PROCESSES} web processes, {os.cpu_count()} processors, load average before {load:.1f}: "
            f"{figures[0].answers / seconds:.0f} answers a second, {each:.1f} ms of processor time each, "
            f"{len(errors)} wrong or missing"
            f"{' (' + ', '.join(sorted(set(errors))) + ')' if errors else ''}"
        )
    return holds(figures[0], errors)


def holds(whole: Figures, errors: Sequence[str]) -> bool:
    """Whether 95 of 100 answers came within MOST_MS, and none was wrong or missing."""
    return whole.p95 <= MOST_MS and not errors


def _measured(folder: Path, seconds: float) -> Measured:
    """Make a site and let people work at it."""
    site = Site("bench-programme", Zone.PROGRAMME, "Bench", free_port())
    folder.chmod(0o711)
    cluster = Cluster(folder)
    with cluster.serving():
        deploy.found(folder, [site], on=datetime.now(UTC).date())
        deploy.migrate(folder, [site])
        deploy.run_in(site, folder, "tools.synthetic.load")
        invented = math.ceil(PEOPLE / WITH_EPISODE)
        Order(seed=1, number=0, people=invented, at=datetime.now(UTC).isoformat()).write(folder)
        deploy.run_in(site, folder, "tools.bench.pages_load")
        with cluster.connect(site.database) as connection:
            connection.execute("VACUUM ANALYZE")
        static.collect(site, folder)
        told = _told(folder, site)
        command = [sys.executable, "-m", "tools.bench.busy_plan", str(USERS)]
        plans = json.loads(subprocess.run(command, env=told, stdout=subprocess.PIPE, check=True).stdout)
        people = [Person(site.port or 0, plan) for plan in plans]
        with _serving(folder, told, site) as web:
            return _at_work(people, seconds, lambda: _used(web, site))


def _at_work(people: list[Person], seconds: float, used: Callable[[], float]) -> Measured:
    """Let people work until the pages are warm, then for so many seconds."""
    for person in people:
        person.begin()
    time.sleep(WARM)
    since, before = time.monotonic(), used()
    time.sleep(seconds)
    processor = used() - before
    for person in people:
        person.end()
    return Measured(people=people, since=since, processor=processor)


def _used(web: int, site: Site) -> float:
    return processor_time.of_tree(web) + processor_time.of_back_ends(site.app)


def _told(folder: Path, site: Site) -> dict[str, str]:
    own = {"DESIST_EMBEDDED": "pilot", "DESIST_HOSTS": "programme.localhost"}
    return {**os.environ, **deploy.environment(site, folder), **own, "DESIST_WEB_PROCESSES": str(PROCESSES)}


@contextmanager
def _serving(folder: Path, told: dict[str, str], site: Site) -> Iterator[int]:
    """Run the site's worker and its web processes; yield the parent of these. Raises TimeoutError."""
    started = []
    with (folder / "log" / "bench.log").open("ab") as log:
        try:
            for module in ("desist.zones.worker", "desist.running.web"):
                command = [sys.executable, "-m", module]
                started.append(subprocess.Popen(command, env=told, stdout=log, stderr=log))
            _wait(site.port or 0)
            yield started[-1].pid
        finally:
            for process in started:
                process.terminate()
                process.wait(PATIENCE)


def _wait(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with Line(port) as line:
                line.ask(request("GET", "/health", host=f"programme.localhost:{port}", cookies={}))
        except OSError:
            if time.monotonic() > end:
                raise TimeoutError("The site does not answer.") from None
            time.sleep(0.1)
        else:
            return


def _figures(people: Sequence[Person], since: float) -> Iterator[Figures]:
    """Return the waits since a moment: of all answers, then of each kind."""
    waits = [wait for person in people for wait in person.waits if wait[1] >= since]
    for kind in ("all", *dict.fromkeys(TURN)):
        times = [1000 * seconds for of, _, seconds in waits if kind in {"all", of}]
        p50, p95, p99 = (quantile(times or [math.inf], share) for share in (0.5, 0.95, 0.99))
        yield Figures(kind=kind, answers=len(times), p50=p50, p95=p95, p99=p99)


def _table(figures: Sequence[Figures]) -> Table:
    table = Table(title="Waits in milliseconds", title_justify="left")
    for column in ("", "answers", "p50", "p95", "p99"):
        table.add_column(column, justify="right" if column else "left")
    for one in figures:
        table.add_row(
            one.kind, f"{one.answers:,}", *(f"{number:.0f}" for number in (one.p50, one.p95, one.p99))
        )
    table.caption = f"asked: 95 of 100 within {MOST_MS:.0f} ms, no error"
    return table
