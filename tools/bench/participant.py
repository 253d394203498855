"""A person's own pages on a phone: the first view, saving a day beside the floor, and a thousand phones that send at once.

Everything runs on this machine, over loopback, and ends by itself. The phones run beside the server, so they slow it down.
"""

import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table

from desist.embedded import Cluster
from desist.running import deploy, static
from desist.sites import Site, Zone
from tools.bench import processor_time
from tools.bench.line import Answer, Line, request
from tools.bench.pages_area import WEB, free_port, running
from tools.bench.paired import order, quantile, ratio
from tools.bench.participant_work import PIN

HOST = "participant.localhost"
FILES = re.compile(r'(?:href|src)="(/static/[^"]+)"')
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
#: a slow phone on a slow network, as Lighthouse has it: milliseconds to the server and back, bytes a second, times slower
LATENCY, SPEED, SLOWER = 150, 1_600_000 / 8, 4
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
SAVES, ROUNDS = 20, 6
#: bytes of a first view, milliseconds until it is seen, processor time of a save beside the floor's, phones refused
MOST = {"bytes": 100_000, "first view": 1_000, "save": 3.0, "refused": 0}


class Failed(Exception):
    """A server answered with something else than what was asked for."""


@dataclass
class Device:
    """One phone: its line, its cookies, and the token of the form that it saw last."""

    line: Line
    cookies: dict[str, str] = field(default_factory=dict)
    form: str = ""

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path, "")

    def post(self, path: str, said: dict[str, str], *, status: int) -> Answer:
        """Send a form. Raises Failed where another status comes."""
        answer = self._ask("POST", path, urlencode({**said, "csrfmiddlewaretoken": self.form}))
        if answer.status != status:
            raise Failed(f"{path}: {answer.status}")
        return answer

    def signed_in(self) -> "Device":
        """Type the six digits."""
        self.get("/")
        self.post("/sign-in/", {"pin": PIN}, status=302)
        self.get("/")
        return self

    def _ask(self, method: str, path: str, body: str) -> Answer:
        answer = self.line.ask(request(method, path, host=HOST, cookies=self.cookies, body=body))
        for line in answer.head.split(b"\r\n"):
            if line.lower().startswith(b"set-cookie:"):
                name, _, value = line.split(b":", 1)[1].split(b";")[0].strip().decode().partition("=")
                self.cookies[name] = value.strip('"')
        if found := TOKEN.search(answer.body):
            self.form = found[1].decode()
        return answer


def run(*, console: Console, phones: int, as_json: bool) -> bool:
    """Measure, print, and return whether the targets hold."""
    with tempfile.TemporaryDirectory() as made, _served(Path(made), phones) as (site, web, floor, tokens):
        port = site.port or 0
        device = Device(Line(port), {"phone": tokens.pop()}).signed_in()
        found = {**_first_view(device), **_saves(device, site, web, floor), **_at_once(port, tokens)}
    if as_json:
        console.print_json(json.dumps(found))
    else:
        console.print(_table(found))
    for name, holds in verdicts(found):
        console.print(f"{'ok' if holds else 'MISSED':<7} {name}: {found[name]:.1f}, at most {MOST[name]}")
    return all(holds for _, holds in verdicts(found))


def verdicts(found: Mapping[str, Any]) -> list[tuple[str, bool]]:
    """Return whether each target holds."""
    return [(name, found[name] <= most) for name, most in MOST.items()]


@contextmanager
def _served(folder: Path, phones: int) -> Iterator[tuple[Site, int, tuple[int, int], list[str]]]:
    """The pages of phones over a programme of so many people: site, process, the floor's process and port, tokens."""
    folder.chmod(0o711)
    cluster = Cluster(folder)
    cluster.start()
    try:
        programme = Site("bench-programme", Zone.PROGRAMME, "Bench", free_port())
        pages = Site("bench-week", Zone.PARTICIPANT, "My week", free_port(), shares=programme.name)
        deploy.found(folder, [programme, pages], on=datetime.now(UTC).date())
        deploy.migrate(folder, [programme])
        command = [sys.executable, "-m", "tools.bench.participant_work", str(phones + 1)]
        tokens = json.loads(_printed(command, _told(programme, folder)))
        with cluster.connect(programme.database) as connection:
            connection.autocommit = True
            connection.execute("VACUUM ANALYZE")
        static.collect(pages, folder)
        told, beside = _told(pages, folder), free_port()
        floor = [sys.executable, "-m", "tools.bench.participant_floor"]
        floor += [cluster.url(pages.app, programme.database), str(beside)]
        with (
            running([sys.executable, "-c", WEB], told, folder, pages.port or 0) as web,
            running(floor, dict(os.environ), folder, beside) as other,
        ):
            yield pages, web, (other, beside), tokens
    finally:
        cluster.stop()


def _told(site: Site, folder: Path) -> dict[str, str]:
    own = {"DESIST_EMBEDDED": "pilot", "DESIST_HOSTS": HOST} if site.shares else {"DESIST_EMBEDDED": "pilot"}
    return {**os.environ, **deploy.environment(site, folder), **own}


def _printed(command: list[str], told: dict[str, str]) -> str:
    done = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(done.stderr[-2000:])
    return done.stdout


def _first_view(device: Device) -> dict[str, float]:
    """The bytes of the page of today with its files, packed as they are sent, and when a slow phone shows it."""
    answer = device.get("/")
    files = {*FILES.findall(answer.body.decode())}
    weight = sum(
        len(gzip.compress(one.body)) + len(one.head) for one in (answer, *map(device.get, sorted(files)))
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("DESIST_CHROMIUM"))
        spans = [_painted(browser, device) for _ in range(5)]
        browser.close()
    return {"bytes": weight, "files": len(files) + 1, "first view": quantile(spans, 0.5)}


def _painted(browser: Any, device: Device) -> float:  # noqa: ANN401 -- a browser of playwright
    address = f"http://{HOST}:{device.line.port}"
    context = browser.new_context(viewport={"width": 390, "height": 780})
    cookies = [{"name": name, "value": value, "url": address} for name, value in device.cookies.items()]
    context.add_cookies(cookies)
    page = context.new_page()
    session = context.new_cdp_session(page)
    network = {"offline": False, "latency": LATENCY, "downloadThroughput": SPEED, "uploadThroughput": SPEED}
    session.send("Network.emulateNetworkConditions", network)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(f"{address}/", wait_until="load")
    if not page.get_by_text("Strongest urge").is_visible():
        raise Failed("The page of today did not come")
    span = float(page.evaluate(PAINTED))
    context.close()
    return span


def _saves(device: Device, site: Site, web: int, floor: tuple[int, int]) -> dict[str, float]:
    """Processor time of one save, database included, and of the floor's, in fair turns."""
    other, port = floor
    spent: dict[str, list[float]] = {"A": [], "B": []}
    waited: list[float] = []
    version = 0
    with Line(port) as line:
        for turn in order(ROUNDS // 2):
            process = web if turn == "A" else other
            before = processor_time.of_tree(process) + processor_time.of_back_ends(site.app)
            for _ in range(SAVES):
                said = {"urge": "3", "note": f"Note {version}", "form_version": str(version)}
                began = time.perf_counter()
                if turn == "A":
                    device.post("/", said, status=302)
                    waited.append(1000 * (time.perf_counter() - began))
                else:
                    body = urlencode({**said, "sitting": device.cookies["sitting"]})
                    if line.ask(request("POST", "/", host=HOST, cookies={}, body=body)).body != b"saved":
                        raise Failed("The floor did not save")
                version += 1
            after = processor_time.of_tree(process) + processor_time.of_back_ends(site.app)
            spent[turn].append(1000 * (after - before) / SAVES)
    beside = ratio(spent["A"], spent["B"])
    return {
        "save": beside.middle, "save low": beside.low, "save high": beside.high, "save ms": quantile(waited, 0.5),
        "save processor ms": quantile(spent["A"], 0.5), "floor processor ms": quantile(spent["B"], 0.5),
    }  # fmt: skip


def _at_once(port: int, tokens: list[str]) -> dict[str, Any]:
    """Every phone signs in and adds three notes that waited, all of them at once."""
    spans: list[float] = []
    wrong: list[str] = []
    begin = threading.Barrier(len(tokens) + 1)

    def phone(token: str) -> None:
        begin.wait()
        began = time.perf_counter()
        try:
            _sync(port, token)
        except (OSError, Failed) as fault:
            wrong.append(str(fault))
        spans.append(time.perf_counter() - began)

    threading.stack_size(256 * 1024)
    threads = [threading.Thread(target=phone, args=(token,)) for token in tokens]
    for thread in threads:
        thread.start()
    begin.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    return {
        "phones": len(tokens), "refused": len(wrong), "because": "; ".join(sorted(set(wrong)))[:200], "all sent s": took,
        "half sent s": quantile(spans, 0.5), "last sent s": max(spans),
    }  # fmt: skip


def _sync(port: int, token: str) -> None:
    with Line(port) as line:
        device = Device(line, {"phone": token}).signed_in()
        for number in range(3):
            times = {"noted": "1000", "sent": str(1000 + 3_600_000 * number), "ago": "0"}
            entry = f"entry-{number}-{token[:20]}"
            device.post("/add/", {"entry": entry, "urge": "2", "note": f"Note {number}", **times}, status=204)


def _table(found: Mapping[str, Any]) -> Table:
    table = Table("", "", title="A person's own pages on a phone")
    rows: dict[str, Callable[[], str]] = {
        "first view, bytes packed": lambda: f"{found['bytes']:,.0f} in {found['files']:.0f} files",
        "first view on a slow phone, ms": lambda: f"{found['first view']:.0f}",
        "saving a day, ms": lambda: f"{found['save ms']:.1f}",
        "saving a day, processor ms": lambda: (
            f"{found['save processor ms']:.2f} (floor {found['floor processor ms']:.2f})"
        ),
        "times the floor": lambda: (
            f"{found['save']:.2f} ({found['save low']:.2f} to {found['save high']:.2f})"
        ),
        "phones at once": lambda: (
            f"{found['phones']:.0f}, {found['refused']:.0f} refused{found['because'] and ': ' + found['because']}"
        ),
        "until half, the last, s": lambda: f"{found['half sent s']:.1f}, {found['last sent s']:.1f}",
    }
    for name, said in rows.items():
        table.add_row(name, said())
    return table
