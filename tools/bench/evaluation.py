"""How fast the evaluation is beside lifelines, statsmodels and scikit-survival, and whether it meets its targets."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

import desist_evaluation as evaluation
import tools
from tools.bench.environment import python_with
from tools.bench.made_up import CUT, write_study

SOURCES = (Path(tools.__file__).parents[1], Path(evaluation.__file__).parents[1])
SIZES = (200, 10_000, 1_000_000)
PEERS = ("lifelines", "statsmodels", "scikit-survival")


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """One requirement, the finding, and whether it holds."""

    asked: str
    found: str
    holds: bool


def run(*, console: Console) -> bool:
    """Measure everything, print it, and say whether every target holds."""
    with console.status("making the peers' environment"):
        python = python_with(name="evaluation", requirements=requirements())
    targets = []
    for size in SIZES:
        with console.status(f"measuring {size:,} people"):
            seconds = measure(python, size)
        console.print(timings(size, seconds))
        if size == max(SIZES):
            targets += beside_peers(seconds)
    with console.status("measuring import and bootstrap"):
        targets += alone()
    with console.status("measuring a study of 100,000 episodes"):
        targets.append(study(people=100_000))
    for target in targets:
        console.print(
            f"{'ok' if target.holds else 'MISSED':<7} {target.asked}: {target.found}", highlight=False
        )
    return all(target.holds for target in targets)


def requirements() -> list[str]:
    """Return the peers to install, in this installation's versions where it has them."""
    pinned = [f"{name}=={version(name)}" for name in ("numpy", "scipy", "pandas", "lifelines", "statsmodels")]
    return [*pinned, "scikit-survival>=0.25"]


def measure(python: Path, size: int) -> dict[str, dict[str, float | str]]:
    """Return seconds by measurement and implementation, from a process of the peers' environment."""
    done = subprocess.run(
        [str(python), "-m", "tools.bench.evaluation_peers", str(size)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, SOURCES))},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, dict[str, float | str]] = json.loads(done.stdout)
    return found


def timings(size: int, seconds: dict[str, dict[str, float | str]]) -> Table:
    """A table of milliseconds and of how many times slower each peer is."""
    table = Table(title=f"{size:,} people, milliseconds (times Desist's)")
    for column in ("", "desist", "numpy bincount", *PEERS):
        table.add_column(column, justify="right")
    for subject, by_name in seconds.items():
        own = by_name["desist"]
        cells = [_cell(by_name.get(name, "-"), own) for name in ("desist", "numpy bincount", *PEERS)]
        table.add_row(subject, *cells)
    return table


def _cell(seconds: float | str, own: float | str) -> str:
    if isinstance(seconds, str) or isinstance(own, str):
        return str(seconds)
    return f"{1000 * seconds:,.2f} ({seconds / own:,.1f})"


def beside_peers(seconds: dict[str, dict[str, float | str]]) -> list[Target]:
    """Return the targets for a million people."""
    curve, logrank, incidence = (seconds[name] for name in ("Kaplan-Meier", "log-rank", "Aalen-Johansen"))
    floor = float(curve["desist"]) / float(curve["numpy bincount"])
    return [
        _times(curve, 20, "Kaplan-Meier"),
        Target(
            asked="Kaplan-Meier within 2 times a bare bincount", found=f"{floor:.2f} times", holds=floor <= 2
        ),
        _times(logrank, 10, "log-rank"),
        _times(incidence, 10, "Aalen-Johansen"),
    ]


def _times(by_name: dict[str, float | str], least: float, subject: str) -> Target:
    times = float(by_name["lifelines"]) / float(by_name["desist"])
    return Target(
        asked=f"{subject} at least {least:g} times as fast as lifelines",
        found=f"{times:.0f} times",
        holds=times >= least,
    )


def alone() -> list[Target]:
    """Return the targets without a peer: the cost of the import, and the bootstrap."""
    imported = seconds_to_import("numpy, desist_evaluation") - seconds_to_import("numpy")
    random = np.random.default_rng(1)
    t, e = random.integers(0, 365, 10_000), random.integers(0, 2, 10_000)
    began = time.perf_counter()
    evaluation.bootstrap_survival(t=t, e=e, times=[90, 180, 364], seed=1, replicates=1000)
    resampled = time.perf_counter() - began
    return [
        Target(
            asked="importing costs less than 0.1 s over numpy",
            found=f"{imported:.3f} s",
            holds=imported < 0.1,
        ),
        Target(
            asked="bootstrap of 1,000 x 10,000 in less than 2 s",
            found=f"{resampled:.2f} s",
            holds=resampled < 2,
        ),
    ]


def study(*, people: int) -> Target:
    """The command's own time for an annex of so many made-up people, start of Python included."""
    took = seconds_of_a_study(people=people)
    return Target(
        asked=f"a study of {people:,} episodes with its annex in less than 10 s",
        found=f"{took:.1f} s",
        holds=took < 10,
    )


def seconds_of_a_study(*, people: int) -> float:
    """How long the command takes for an annex of so many made-up people, start of Python included."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        episodes, events = write_study(folder=folder, people=people)
        command = [sys.executable, "-m", "desist_evaluation", "study", str(episodes), str(events)]
        began = time.perf_counter()
        subprocess.run(
            [*command, "--out", str(folder / "annex"), "--data-cut", str(CUT)],
            check=True,
            capture_output=True,
        )
        return time.perf_counter() - began


def seconds_to_import(modules: str, *, times: int = 7) -> float:
    """The shortest time that a fresh Python needs to import the modules, by its own clock."""
    code = f"import time; began = time.perf_counter(); import {modules}; print(time.perf_counter() - began)"
    runs: Iterable[str] = (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in range(times)
    )
    return min(map(float, runs))
