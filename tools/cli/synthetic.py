"""`./desist synthetic`: invented people by the thousand in the demo's sites, and every planted fact in a file."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from desist import sites
from desist.cli.plain import DEMO, in_words
from desist.embedded import Cluster, ClusterError
from desist.running import deploy
from desist.sites import Site, Zone
from tools.synthetic import cases
from tools.synthetic.load_block import Order

app = typer.Typer(add_completion=False)
console = Console()
#: people in one transaction of one site
BLOCK = 5_000
MOST = 100_000
LOADED = (Zone.PROGRAMME, Zone.PARTNERSHIP)


class CannotLoad(Exception):
    """There is no site to load into, or this seed is there already; the text says what to do."""


@app.command()
def synthetic(
    *,
    seed: int = typer.Option(
        ..., min=0, help="Another number, other people; the same number, the same people."
    ),
    people: int = typer.Option(..., min=1, max=MOST, help="How many."),
    facts: Path = typer.Option(
        ..., dir_okay=False, help="Where every planted fact is written, a line of JSON each."
    ),
    data: Path | None = typer.Option(None, file_okay=False, help="The demo's data, where that is elsewhere."),
) -> None:
    """Load invented people into the demo's sites, and write down every fact that was planted."""
    folder = (data or sites.data_folder() / "demo").absolute()
    os.environ["DESIST_DATA"] = str(folder)
    with in_words(ClusterError, deploy.StepFailed, CannotLoad, OSError):
        listed = _sites(folder, seed)
        orders = list(_orders(seed, people, datetime.now(UTC)))
        # Opened before the load, emptied only once it began: facts of an earlier run cannot be made again.
        with facts.open("a", encoding="utf-8") as file, Cluster(folder).serving():
            file.truncate(0)
            _load(folder, listed, orders, file)
    console.print(f"{people:,} invented people are loaded. What was planted with them is in {facts}.")


def _sites(folder: Path, seed: int) -> tuple[Site, ...]:
    """Return the demo's sites that hold people. Raises CannotLoad where there is no demo, or for a loaded seed."""
    if not (folder / DEMO).exists():
        raise CannotLoad(f"{folder} holds no demo. Run ./desist demo once, or name its folder: --data DIR.")
    listed = tuple(site for site in sites.read_sites(folder=folder) if site.zone in LOADED)
    if not all((folder / "synthetic" / site.name).exists() for site in listed):
        raise CannotLoad("The demo is not finished. Run ./desist demo until it prints its addresses.")
    if _loaded(folder, seed).exists():
        raise CannotLoad(f"The people of seed {seed} were loaded here already. Choose another --seed.")
    if _begun(folder, seed).exists():
        raise CannotLoad(
            f"Only some of the people of seed {seed} were loaded here, because that was cut short. Choose another "
            "--seed, or throw away what is there: ./desist demo --fresh."
        )
    return listed


def _loaded(folder: Path, seed: int) -> Path:
    """Return the mark that all people of a seed are there."""
    return folder / "synthetic" / f"seed-{seed}"


def _begun(folder: Path, seed: int) -> Path:
    """Return the mark that some of them are."""
    return _loaded(folder, seed).with_suffix(".begun")


def _orders(seed: int, people: int, at: datetime) -> Iterator[Order]:
    for number, first in enumerate(range(0, people, BLOCK)):
        yield Order(seed=seed, number=number, people=min(BLOCK, people - first), at=at.isoformat())


def _load(folder: Path, listed: tuple[Site, ...], orders: list[Order], file: TextIO) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    seed, people = orders[0].seed, sum(order.people for order in orders)
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("Inventing people", total=people * len(listed))
        moment = datetime.fromisoformat((folder / "synthetic" / "moment").read_text("ascii"))
        _write_facts(file, cases.demo(at=moment))
        for order in orders:
            order.write(folder)
            _write_facts(file, order.block())
            file.flush()  # people who do not fit on the disk are not loaded
            deploy.note(_begun(folder, seed))
            for site in listed:
                deploy.run_in(site, folder, "tools.synthetic.load_block")
                progress.advance(bar, order.people)
    _begun(folder, seed).rename(_loaded(folder, seed))


def _write_facts(file: TextIO, block: cases.Block) -> None:
    for case in block.cases:
        for fact in case.facts:
            file.write(json.dumps(asdict(fact)) + "\n")
