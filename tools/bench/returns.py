"""A quarterly return over many episodes, a commissioner's page of it, and a study, beside floors.

The return is counted by the command of the page, with three quarters sent before: what moved of the one before, and the
protection beside all of them, are in its time. Counting alone, with nothing sent before, stands beside it.

The floor of the return is one statement of SQL that counts six of its figures; that of the page, the row read by the driver
and its figures written as JSON. The study is made as an evaluator makes it, by the button of the page, which has
loaded the libraries. The command of `./desist bench evaluation`, which starts Python and loads them first, stands beside it.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from desist.embedded import Cluster
from desist.running import deploy, static
from desist.sites import Site, Zone
from tools.bench import evaluation
from tools.bench.multiplied import STEP, multiply
from tools.bench.pages_area import WITH_EPISODE, free_port
from tools.synthetic.load_block import Order

#: seconds of a return and of a study, memory of the process that counts in MB, and milliseconds of the page
MOST = {"return": 5.0, "memory": 400.0, "page": 100.0, "study": 4.0}
LABELS = {
    "episodes": "episodes",
    "sessions": "sessions of theirs",
    "return": "the return beside three sent before, s",
    "processor": "  of it processor time, with the database, s",
    "alone": "  counting it alone, nothing sent before, s",
    "memory": "memory of the process, MB",
    "floor": "  floor: six figures by one statement of SQL, s",
    "page": "a commissioner's page, ms",
    "page_floor": "  floor: the row by the driver, ms",
    "study": "a study, by the evaluator's button, s",
    "study_processor": "  of it processor time, with the database, s",
    "study_command": "  the command, with the start of Python and a PDF, s",
    "load": "load of the machine",
}
#: this many people are invented: the others are copies of them, each born on another day
INVENTED = 1_000
#: copies that only differ in their key would be one person, referred often
APART = "UPDATE programme_referral SET born = born - (id / %(step)s)::int, pnc = ''"

#: those of the demo were counted before the copies were made
NONE_SENT = "TRUNCATE programme_quarterlyreturn CASCADE"


def run(*, console: Console, episodes: int) -> bool:
    """Measure, print, and return whether the targets hold."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o711)
        cluster = Cluster(folder / "site")
        cluster.start()
        try:
            found = _measured(folder / "site", cluster, episodes)
        finally:
            cluster.stop()
    command = evaluation.seconds_of_a_study(people=episodes)
    found |= {"study_command": command, "load": os.getloadavg()[0]}
    table = Table("", "", title="Quarterly returns")
    for name, label in LABELS.items():
        table.add_row(
            label, f"{found[name]:,.0f}" if name in {"episodes", "sessions"} else f"{found[name]:.2f}"
        )
    table.add_row(
        "times the floor, return and page",
        f"{found['return'] / found['floor']:.1f}, {found['page'] / found['page_floor']:.1f}",
    )
    console.print(table)
    for line in verdicts(found):
        console.print(line)
    return holds(found)


def verdicts(found: Mapping[str, float]) -> list[str]:
    """A line for each target."""
    return [
        f"{'ok' if found[name] <= most else 'MISSED':<7} {LABELS[name].strip()}: {found[name]:.2f}, at most {most:g}"
        for name, most in MOST.items()
    ]


def holds(found: Mapping[str, float]) -> bool:
    """Whether every target holds."""
    return all(found[name] <= most for name, most in MOST.items())


def _measured(folder: Path, cluster: Cluster, episodes: int) -> dict[str, float]:
    service = Site("bench-service", Zone.PROGRAMME, "Bench", free_port())
    reader = Site("bench-commission", Zone.COMMISSION, "Bench reader", free_port())
    deploy.found(folder, [service, reader], on=datetime.now(UTC).date())
    deploy.migrate(folder, [service, reader])
    static.collect(reader, folder)
    for site in (service, reader):
        deploy.run_in(site, folder, "tools.synthetic.load")
    people = round(INVENTED / WITH_EPISODE)
    Order(seed=episodes, number=0, people=people, at=datetime.now(UTC).isoformat()).write(folder)
    deploy.run_in(service, folder, "tools.bench.pages_load")
    with cluster.connect(service.database) as connection:
        multiply(connection, max(episodes // INVENTED - 1, 0))
        with connection.transaction():
            connection.execute("SET LOCAL session_replication_role = replica")
            connection.execute(APART, {"step": STEP})
            connection.execute(NONE_SENT)
        connection.execute("VACUUM ANALYZE")
    _printed(service, folder, "before")
    return (
        _printed(service, folder, "service")
        | _printed(reader, folder, "page")
        | _printed(reader, folder, "study", str(episodes))
    )


def _printed(site: Site, folder: Path, *what: str) -> dict[str, float]:
    told = {**os.environ, **deploy.environment(site, folder), "DESIST_EMBEDDED": "pilot"}
    told["DESIST_HOSTS"] = f"{site.zone}.localhost"
    command = [sys.executable, "-m", "tools.bench.returns_work", *what]
    done = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    read: dict[str, float] = json.loads(done.stdout)
    return read
