"""All packs of a panel and its agenda, from the chair's press to the last document, beside a floor.

The floor draws the same number of documents with the same words by typst alone: nothing is read, locked, kept or audited.
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
from desist.running import deploy
from desist.sites import Site, Zone
from tools.bench.pages_area import free_port

#: seconds from the press to the last document, and to open all of them
MOST = {"drawn": 10.0, "opened": 2.0}
LABELS = {
    "asked": "numbering the copies, s",
    "drawn": "the worker draws the agenda and all packs, s",
    "processor": "  of its own processor, s",
    "floor": "  floor: the same documents by typst alone, s",
    "opened": "opening all of them as one file, s",
    "kilobytes": "size of that file, kB",
    "memory": "memory of the process, MB",
}


def run(*, console: Console, cases: int, agencies: int) -> bool:
    """Measure, print, and return whether the targets hold."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o711)
        cluster = Cluster(folder / "site")
        cluster.start()
        try:
            found = _measured(folder / "site", cases, agencies)
        finally:
            cluster.stop()
    table = Table("", "", title=f"{cases} cases and {agencies} agencies")
    for name, label in LABELS.items():
        table.add_row(label, f"{found[name]:.1f}")
    table.add_row("times the floor", f"{found['drawn'] / found['floor']:.1f}")
    console.print(table)
    for line in verdicts(found):
        console.print(line)
    return holds(found)


def verdicts(found: Mapping[str, float]) -> list[str]:
    """A line for each target."""
    return [
        f"{'ok' if found[name] <= most else 'MISSED':<7} {name}: {found[name]:.1f} s, at most {most:.1f} s"
        for name, most in MOST.items()
    ]


def holds(found: Mapping[str, float]) -> bool:
    """Whether every target holds."""
    return all(found[name] <= most for name, most in MOST.items())


def _measured(folder: Path, cases: int, agencies: int) -> dict[str, float]:
    site = Site("bench-panels", Zone.PARTNERSHIP, "Bench", free_port())
    deploy.found(folder, [site], on=datetime.now(UTC).date())
    deploy.migrate(folder, [site])
    told = {**os.environ, **deploy.environment(site, folder), "DESIST_EMBEDDED": "pilot"}
    command = [sys.executable, "-m", "tools.bench.panels_work", str(cases), str(agencies)]
    done = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    read: dict[str, float] = json.loads(done.stdout)
    return read
