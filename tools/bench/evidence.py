"""Bringing an export in and looking at it, beside whatstk and a floor: the same lines copied into a plain table.

The floor hashes the file, finds the messages with one expression and copies them, readable, into a table without a key. Its
page is a hundred rows of that table, its search a scan of it. whatstk reads the file into a data frame and keeps nothing.
The floor of an exhibit packs the same files anew.
"""

import hashlib
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from packages.chronicle.tests.made_up.chat_exports import STYLES, chat
from rich.console import Console
from rich.table import Table

from desist.embedded import Cluster
from desist.running import deploy
from desist.sites import Site, Zone
from tools.bench import chronicle_peers
from tools.bench.environment import python_with
from tools.bench.evidence_work import PICTURES, RARE, TIMES
from tools.bench.pages_area import free_port

STEPS = (0, 7, 61, 200, 600)
WHATSTK = ("whatstk==0.9.1",)
MESSAGE = re.compile(rb"^(\d\d?/\d\d?/\d{4}), (\d\d:\d\d) - ([^:\n]+): (.*)$", re.MULTILINE)
TABLE = "CREATE TABLE floor (id bigserial PRIMARY KEY, at timestamp, sender text, words text)"
#: seconds from the whole upload to the page of a million, the worker's megabytes, milliseconds of a page and of a search,
#: and seconds in which the worker makes an exhibit
MOST = {"seconds": 20.0, "worker": 400.0, "page": 50.0, "search": 200.0, "exhibit": 20.0}


def run(*, console: Console, messages: int) -> bool:
    """Measure, print, and return whether the targets of a million hold, in proportion for fewer."""
    peer = python_with(name="evidence", requirements=WHATSTK)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o711)
        file = _file(folder / "Chat with Bob.txt", messages)
        cluster = Cluster(folder / "site")
        cluster.start()
        try:
            return _measured(console, folder / "site", cluster, (file, peer, messages))
        finally:
            cluster.stop()


def _measured(console: Console, folder: Path, cluster: Cluster, made: tuple[Path, Path, int]) -> bool:
    file, peer, messages = made
    site = Site("bench-evidence", Zone.ADVOCACY, "Bench", free_port())
    deploy.found(folder, [site], on=datetime.now(UTC).date())
    deploy.migrate(folder, [site])
    told = {**os.environ, **deploy.environment(site, folder), "DESIST_EMBEDDED": "pilot"}
    with cluster.connect(site.database) as connection:
        connection.autocommit = True
        floor = _floor(connection, file, messages)
        brought = _printed([sys.executable, "-m", "tools.bench.evidence_work", "import", str(file)], told)
        connection.execute("VACUUM ANALYZE")
        asked = _printed([sys.executable, "-m", "tools.bench.evidence_work", "look", brought["client"]], told)
        asked |= _printed(
            [sys.executable, "-m", "tools.bench.evidence_work", "exhibit", brought["client"]], told
        )
        read = _printed([str(peer), chronicle_peers.__file__, "whatstk", str(file)], dict(os.environ))
        if brought["count"] != messages:
            raise SystemExit(f"{brought['count']} of {messages} messages were kept")
        floors = {"page": _timed(lambda: _rows(connection)), "search": _timed(lambda: _found(connection))}
    found = {
        **asked,
        "seconds": brought["looked"] + brought["kept"] + asked["page"] / 1000,
        "worker": brought["worker"],
    }
    console.print(_table(messages, (found, brought, floor, floors, read)))
    share = min(messages / 1_000_000, 1.0)
    holds = True
    for name, most in MOST.items():
        limit = most * share if name == "seconds" else most
        holds &= found[name] <= limit
        console.print(
            f"{'ok' if found[name] <= limit else 'MISSED':<7} {name}: {found[name]:.1f}, at most {limit:.1f}"
        )
    return holds


def _table(messages: int, figures: tuple[Any, ...]) -> Table:
    found, brought, floor, floors, read = figures
    table = Table("", "ours", "floor", "times the floor", "whatstk", title=f"{messages:,} messages")
    table.add_row(
        "upload complete to page, s", *_beside(found["seconds"], floor), f"{read['seconds']:.1f} (reads only)"
    )
    table.add_row("  looked through, s", f"{brought['looked']:.1f}")
    table.add_row("  read again and kept, s", f"{brought['kept']:.1f}")
    table.add_row("the worker's memory, MB", f"{brought['worker']:.0f}", "", "", f"{read['peak_mb']:.0f}")
    table.add_row("the confined reader's memory, at most, MB", f"{brought['sandbox']:.0f}")
    table.add_row("a page of the chronology, ms", *_beside(found["page"], floors["page"]))
    table.add_row("a page of one hour of a weekday, ms", f"{found['hour']:.0f}")
    table.add_row("a search, ms", *_beside(found["search"], floors["search"]))
    table.add_row("pictures, ms", f"{found['pictures']:.0f}")
    name = f"an exhibit of {found['exhibit rows']:,} rows and {PICTURES} pictures, s"
    table.add_row(name, *_beside(found["exhibit"], found["exhibit floor"]))
    table.add_row("  of its own processor, s", f"{found['exhibit processor']:.1f}")
    table.add_row("  memory, MB", f"{found['exhibit memory']:.0f}")
    for name in ("page", "hour", "search", "pictures"):
        table.add_row(f"  {name}: waited for the database, ms", f"{found[f'{name} database']:.0f}")
    return table


def _beside(ours: float, floor: float) -> tuple[str, str, str]:
    return f"{ours:.1f}", f"{floor:.1f}", f"{ours / floor:.1f}"


def _file(path: Path, messages: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as written:
        for number, (line, _) in enumerate(chat(style=STYLES[0], seed=1, messages=messages, steps=STEPS)):
            written.write(line if number % 1000 else line.replace("\n", f" {RARE}\n", 1))
    return path


def _floor(connection: Any, file: Path, messages: int) -> float:  # noqa: ANN401 -- a connection of psycopg
    """Seconds in which the messages stand in a plain table."""
    connection.execute(TABLE)
    began = time.perf_counter()
    content = file.read_bytes()
    hashlib.sha256(content).hexdigest()
    with connection.cursor() as cursor, cursor.copy("COPY floor (at, sender, words) FROM STDIN") as copy:
        for day, clock, sender, words in MESSAGE.findall(content):
            date, month, year = day.split(b"/")
            copy.write_row(
                (
                    b"-".join((year, month, date)).decode() + " " + clock.decode(),
                    sender.decode(),
                    words.decode(),
                )
            )
    took = time.perf_counter() - began
    if not messages * 0.8 <= connection.execute("SELECT count(*) FROM floor").fetchone()[0] <= messages:
        raise SystemExit("The floor did not read the file")
    connection.execute("CREATE INDEX ON floor (at, id)")
    return took


def _rows(connection: Any) -> list[Any]:  # noqa: ANN401 -- as above
    return list(
        connection.execute("SELECT at, sender, words FROM floor ORDER BY at, id LIMIT 101").fetchall()
    )


def _found(connection: Any) -> list[Any]:  # noqa: ANN401 -- as above
    asked = "SELECT at, sender, words FROM floor WHERE words ILIKE %s ORDER BY at, id LIMIT 101"
    return list(connection.execute(asked, [f"%{RARE}%"]).fetchall())


def _timed(question: Callable[[], list[Any]]) -> float:
    spans = []
    for _ in range(TIMES):
        began = time.perf_counter()
        if not question():
            raise SystemExit("The floor found nothing")
        spans.append(1000 * (time.perf_counter() - began))
    return statistics.median(spans)


def _printed(command: list[str], told: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[-3:])}: {done.stderr[-2000:]}")
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said
