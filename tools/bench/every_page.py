"""What each page of each zone costs each role at 1,000 people: processor time, statements and bytes."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from desist.embedded import Cluster
from desist.running import deploy
from desist.sites import Site, Zone
from desist.wall.actors import Role
from tools.bench.every_page_walk import Cost
from tools.leaks.running import fill
from tools.synthetic import area
from tools.synthetic.load_block import Order
from tools.synthetic.staff import STAFF, Person

#: milliseconds of processor time that the median page of a zone may take; any page may, or so many times that median
MOST, TIMES_MEDIAN = 15.0, 3.0
#: pages that may cost more: they put together a day, a history or a whole service (docs/adr/what-a-page-may-cost.md)
OVERVIEWS = frozenset(
    {
        "allocation:hand-over",  # all people of a colleague, and who could take each
        "history:history",  # thirty tables about one person
        "home:home",  # To do, in some forty statements
        "home:team",  # what waits for each of a team's people
        "needs:needs",  # every police area of England and Wales
        "outcomes:endings",  # all people whose place ended, by stage and session
        "outcomes:outcomes",  # all people of four quarters, in some thirty tables
        "outcomes:people",  # the same people, to name those behind one figure
        "returns:enter",  # a box for each figure of a return
        "service:service",  # everyone on the programme, and each colleague's load
    }
)
TIMES_OF_OVERVIEW = 8.0
SEED = 7


class NotWalked(Exception):
    """A person could not walk through a site; the text holds the last words of the process."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a page costs one role of a zone, and what is wrong with that ("" where nothing is)."""

    zone: Zone
    role: str
    cost: Cost
    verdict: str


def run(*, console: Console, people: int, walkers: Sequence[Person], as_json: bool) -> bool:
    """Measure, print, and say whether no page costs too much."""
    pages = [page for walked in _walked(people, walkers) for page in judged(*walked)]
    if as_json:
        console.print_json(json.dumps([asdict(page) for page in pages]))
    else:
        console.print(_table(pages))
        console.print(_summary(pages))
    return not any(page.verdict for page in pages)


def walkers(zones: Collection[Zone], roles: Collection[Role]) -> list[Person]:
    """Return the first person of each of these roles in each of these zones that have staff."""
    found: dict[tuple[Zone, Role], Person] = {}
    for person in STAFF:
        if person.zone in zones and person.role in roles:
            found.setdefault((person.zone, person.role), person)
    return list(found.values())


def judged(zone: Zone, costs: Sequence[tuple[str, Cost]]) -> Iterator[Page]:
    """Return the pages of one zone with their verdicts, the dearest first."""
    middle = median(cost.processor for _, cost in costs)
    for role, cost in sorted(costs, key=lambda one: -one[1].processor):
        yield Page(zone=zone, role=role, cost=cost, verdict=_verdict(cost, middle))


def _verdict(cost: Cost, middle: float) -> str:
    if cost.status != HTTPStatus.OK:
        return f"failed with {cost.status}"
    if middle > MOST:
        return f"the median of its zone is {middle:.1f} ms, over {MOST:g}"
    times = TIMES_OF_OVERVIEW if cost.route in OVERVIEWS else TIMES_MEDIAN
    if cost.processor <= max(MOST, times * middle):
        return ""
    return f"over {MOST:g} ms, {cost.processor / middle:.1f} times the median, {middle:.1f} ms"


def _walked(people: int, walkers: Sequence[Person]) -> list[tuple[Zone, list[tuple[str, Cost]]]]:
    """Make the area, let each person walk through their zone, and remove it."""
    listed = tuple(site for site in area.sites() if any(one.zone is site.zone for one in walkers))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with tempfile.TemporaryDirectory(prefix="desist-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        cluster = Cluster(folder)
        cluster.start()
        try:
            fill(folder, listed, step=lambda _: None)
            with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
                bar = progress.add_task(f"Inventing {people:,} people", total=len(listed) + len(walkers))
                for site in _loaded(folder, cluster, listed, people):
                    progress.update(bar, advance=1, description=f"Inventing people, {site.zone}")
                found: dict[Zone, list[tuple[str, Cost]]] = {site.zone: [] for site in listed}
                sites = {site.zone: site for site in listed}
                for person in walkers:
                    label = person.role.label
                    progress.update(bar, description=f"Walking as {label.lower()}, {person.zone}")
                    found[person.zone] += [
                        (label, cost) for cost in _walk(folder, sites[person.zone], person)
                    ]
                    progress.advance(bar)
        finally:
            cluster.stop()
    return list(found.items())


def _loaded(folder: Path, cluster: Cluster, listed: Sequence[Site], people: int) -> Iterator[Site]:
    Order(seed=SEED, number=0, people=people, at=datetime.now(UTC).isoformat()).write(folder)
    for site in listed:
        deploy.run_in(site, folder, "tools.bench.every_page_load")
        with cluster.connect(site.database) as connection:
            connection.execute("VACUUM ANALYZE")
        yield site


def _walk(folder: Path, site: Site, person: Person) -> Iterator[Cost]:
    own = {"DESIST_EMBEDDED": "pilot", "DESIST_HOSTS": f"{site.zone}.localhost"}
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench.every_page_walk", person.ref],
        env={**os.environ, **deploy.environment(site, folder), **own},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotWalked(f"{person.name} could not walk through {site.title}: {done.stderr[-2000:]}")
    for cost in json.loads(done.stdout):
        yield Cost(**cost)


def _table(pages: Sequence[Page]) -> Table:
    table = Table(
        title="Each page, the dearest of each zone first; processor time in ms", title_justify="left"
    )
    for column in ("zone", "role", "page", "processor", "queries", "bytes", "too much"):
        table.add_column(column, justify="right" if column in {"processor", "queries", "bytes"} else "left")
    for page in pages:
        numbers = (f"{page.cost.processor:.1f}", str(page.cost.queries), f"{page.cost.size:,}")
        table.add_row(page.zone, page.role, page.cost.route, *numbers, f"[bold red]{page.verdict}")
    return table


def _summary(pages: Sequence[Page]) -> Table:
    table = Table("Zone", "Pages", "Median, ms", "Dearest, ms", "Too much")
    for zone in dict.fromkeys(page.zone for page in pages):
        costs = [page.cost.processor for page in pages if page.zone is zone]
        dear = sum(bool(page.verdict) for page in pages if page.zone is zone)
        table.add_row(zone, str(len(costs)), f"{median(costs):.1f}", f"{max(costs):.1f}", str(dear))
    return table
