"""The pages that are used with a person in the room, beside the floor: the same rows by hand-written HTTP and asyncpg.

The real web process serves real sites in a durable embedded PostgreSQL. The measure is processor time a request, of the
server and its database back-ends, in turn A B B A; it prints the time on the clock beside it.
"""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tools.bench import paired
from tools.bench.pages_area import Programme, Server, programmes
from tools.bench.pages_work import Leg, Worker
from tools.bench.paired import Ratio, quantile

Say = Callable[[str], None]
#: piece of work -> what it is, and how many times the floor's processor time it may use
WORK = {
    "B1": ("caseload, 30 people", 4.0),
    "B2": ("one person, 12 sessions", 4.0),
    "B3": ("search by name with a letter wrong, birth", 4.0),
    "B4": ("save a session's record", 3.0),
}
MOST_QUERIES = 4
MOST_GROWTH = 1.4
ROUNDS, REQUESTS = 6, 150


@dataclass(frozen=True, kw_only=True)
class Figures:
    """One piece of work at one size. Times in milliseconds; `queries` includes the one that writes the audit."""

    work: str
    episodes: int
    p50: float
    p95: float
    processor: float
    floor_p50: float
    floor_processor: float
    ratio: Ratio
    queries: int
    size: int


@dataclass(frozen=True, kw_only=True)
class Target:
    """One requirement, the finding, and whether it holds."""

    asked: str
    found: str
    holds: bool


def run(*, console: Console, sizes: Sequence[int], as_json: bool) -> bool:
    """Measure, print, and say whether every target holds."""
    with (
        tempfile.TemporaryDirectory(prefix="desist-bench-") as name,
        console.status("starting") as status,
        programmes(Path(name), sizes, status.update) as made,
    ):
        figures = list(_beside_the_floor(made, status.update))
        growth = dict(_growth(made, status.update)) if len(made) > 1 else {}
    targets = [*beside_the_floor(figures), *grown(growth)]
    if as_json:
        found = {"figures": [asdict(one) for one in figures], "targets": [asdict(one) for one in targets]}
        console.print_json(
            json.dumps(found | {"growth": {name: asdict(one) for name, one in growth.items()}})
        )
    else:
        console.print(_table(figures))
        console.print(_verdicts(targets))
    return all(target.holds for target in targets)


def beside_the_floor(figures: Sequence[Figures]) -> Iterator[Target]:
    """Return the targets of each page beside the floor, and of its queries."""
    for one in figures:
        what, most = WORK[one.work]
        yield Target(
            asked=f"{one.work} {what}, {one.episodes:,} episodes: at most {most:g} times the floor's processor time",
            found=str(one.ratio),
            holds=one.ratio.middle <= most,
        )
    for work in WORK:
        counts = {one.queries for one in figures if one.work == work}
        if counts:
            yield Target(
                asked=f"{work}: at most {MOST_QUERIES} queries beside the audit's, the same at every size",
                found=" or ".join(map(str, sorted(counts))),
                holds=len(counts) == 1 and max(counts) <= MOST_QUERIES + 1,
            )


def grown(growth: dict[str, Ratio]) -> Iterator[Target]:
    """Return the targets of the largest programme beside the smallest."""
    for work, ratio in growth.items():
        yield Target(
            asked=f"B10 {work}: from the fewest to the most episodes at most {MOST_GROWTH:g} times the processor time",
            found=str(ratio),
            holds=ratio.middle <= MOST_GROWTH,
        )


def _beside_the_floor(made: Sequence[Programme], say: Say) -> Iterator[Figures]:
    for programme in made:
        for work in WORK:
            say(f"measuring {work} at {programme.episodes:,} episodes")
            worker = Worker(programme, work)
            own, floor = _in_turn((worker, programme.desist), (worker, programme.floor))
            times = [1000 * one for leg in own for one in leg.times]
            yield Figures(
                work=work,
                episodes=programme.episodes,
                p50=quantile(times, 0.5),
                p95=quantile(times, 0.95),
                processor=1000 * quantile([leg.processor for leg in own], 0.5),
                floor_p50=1000 * quantile([one for leg in floor for one in leg.times], 0.5),
                floor_processor=1000 * quantile([leg.processor for leg in floor], 0.5),
                ratio=paired.ratio(*([leg.processor for leg in legs] for legs in (own, floor))),
                queries=programme.plan["queries"][work],
                size=own[-1].size,
            )


def _growth(made: Sequence[Programme], say: Say) -> Iterator[tuple[str, Ratio]]:
    small, large = made[0], made[-1]
    for work in WORK:
        say(f"measuring {work} at {small.episodes:,} and {large.episodes:,} episodes in turn")
        many, few = _in_turn((Worker(large, work), large.desist), (Worker(small, work), small.desist))
        yield work, paired.ratio([leg.processor for leg in many], [leg.processor for leg in few])


def _in_turn(one: tuple[Worker, Server], other: tuple[Worker, Server]) -> tuple[list[Leg], list[Leg]]:
    for worker, server in (one, other):
        worker.leg(server, REQUESTS // 2)  # warm: connections, plans, caches
    legs: dict[str, list[Leg]] = {"A": [], "B": []}
    for turn in paired.order(ROUNDS):
        worker, server = one if turn == "A" else other
        legs[turn].append(worker.leg(server, REQUESTS))
    return legs["A"], legs["B"]


def _table(figures: Sequence[Figures]) -> Table:
    table = Table(title="Milliseconds a request; processor time with the database's", title_justify="left")
    columns = ("", "episodes", "p50", "p95", "processor", "floor p50", "floor processor", "times the floor")
    for column in (*columns, "queries", "bytes"):
        table.add_column(column, justify="left" if not column else "right")
    for one in figures:
        numbers = (one.p50, one.p95, one.processor, one.floor_p50, one.floor_processor)
        cells = [f"{number:.2f}" for number in numbers]
        name = f"{one.work} {WORK[one.work][0]}"
        table.add_row(name, f"{one.episodes:,}", *cells, str(one.ratio), str(one.queries), f"{one.size:,}")
    return table


def _verdicts(targets: Sequence[Target]) -> Table:
    table = Table("Target", "Found", "Met")
    for target in targets:
        table.add_row(target.asked, target.found, "yes" if target.holds else "[bold red]no")
    return table
