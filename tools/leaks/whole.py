"""The whole search of a running area, in order."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

from desist.sites import Site, Zone
from tools.leaks import coverage, faults, phones, planted, rest, routes, settled, starts, zone_walk
from tools.leaks.crawl import Seen
from tools.leaks.findings import Finding
from tools.leaks.planted import REFERENCE, Secret
from tools.leaks.running import Area
from tools.leaks.search import Search
from tools.leaks.starts import Ways
from tools.leaks.zone_walk import Task
from tools.synthetic.staff import STAFF

BOUND = 5


@dataclass(frozen=True)
class Report:
    """The leaks that a search found, its reading, and what it could not see."""

    findings: tuple[Finding, ...]
    missed: tuple[str, ...]  # "zone: route" that no walk reached
    blind: tuple[str, ...]  # kinds that no walk read, so that their absence says nothing
    read: int
    secrets: int
    seconds: float

    @property
    def sound(self) -> bool:
        """Whether nothing leaked and the search looked at everything."""
        return not (self.findings or self.missed or self.blind)


#: called with the step that is done now, and its number of all steps
Step = Callable[[str], None]


def steps(area: Area) -> int:
    """Return how many steps a search of this area reports."""
    zones = {site.zone for site in area.staffed}
    people = [person for person in STAFF if person.zone in zones]
    roles = {(person.zone, person.role) for person in people}
    stands = {(person.zone, person.role, person.area) for person in people}
    return len(people) + len(stands) + (len(roles) if area.own else 0) + len(zones) + 5


def search(area: Area, *, bound: int = BOUND, strange: bool = True, done: Step = lambda _: None) -> Report:
    """Walk every zone as each role and a fresh area's phones, let it fail, then read the data at rest.

    `strange`: whether each role requests what only others reached.
    """
    began = time.monotonic()
    routes.set_up()
    settled.wait(area)
    secrets, foreign = planted_in(area)
    typed = {site.zone: planted.typed(site.zone) for site in area.staffed}
    begun = phones.begin(area) if area.own else ()
    today = date.today()  # noqa: DTZ011 -- the day that a person would type as today
    looking = Search((*secrets, *typed.values(), *(one.words for one in begun)))
    tasks = {
        site.zone: Task(
            site,
            area.listed,
            looking,
            foreign=tuple(ref for zone, ref in foreign.items() if zone is not site.zone),
            bound=bound,
            words=typed[site.zone].text,
            strange=strange,
            touching=area.own,
            today=today,
            ways=_ways(area, site),
        )
        for site in area.staffed
    }
    on_phones = phones.walk(area, begun, (*secrets, *typed.values()), today=today)
    done("Walking through three phones")
    seen = _walk(area, tasks, done)
    if begun:
        seen[Zone.PARTICIPANT] = on_phones
    total = _all_of(seen)
    _at_rest(area, looking, total, done)
    return Report(
        findings=tuple(sorted(total.leaks)),
        missed=tuple(_missed(seen)) if area.own else (),
        blind=_blind(secrets, total) if area.own else (),
        read=total.answers,
        secrets=len(secrets),
        seconds=time.monotonic() - began,
    )


def planted_in(area: Area) -> tuple[tuple[Secret, ...], dict[Zone, str]]:
    """Return all that the search looks for, and one reference of each zone that others ask for, so no secret."""
    found = list(planted.of_cases(area.people))
    foreign: dict[Zone, str] = {}
    for site in area.staffed:
        with area.cluster.connect(site.database) as connection:
            own = sorted(set(planted.references(site, connection)), key=lambda one: one.text)
        if own:
            foreign[site.zone] = own.pop(0).text
        found += own
    return tuple(found), foreign


def _all_of(seen: dict[Zone, Seen]) -> Seen:
    total = Seen()
    for one in seen.values():
        total.add(one)
    return total


def _at_rest(area: Area, looking: Search, total: Seen, done: Step) -> None:
    """Read what lies still, and add it to the total."""
    for name, look in (
        *(("databases", rest.databases), ("files", rest.folder)),
        *(("memory", rest.memory), ("backups", rest.backups)),
    ):
        total.add(look(area, looking))
        done(f"Reading the {name}")


def _walk(area: Area, tasks: dict[Zone, Task], done: Step) -> dict[Zone, Seen]:
    """Walk every zone at the same time, then its faults one zone after the other."""
    seen = {zone: zone_walk.by_link(task) for zone, task in tasks.items()}
    with ThreadPoolExecutor(max_workers=len(tasks)) as pool:
        going = {
            zone: pool.submit(zone_walk.walk, task, done=lambda: done("Walking through the zones"))
            for zone, task in tasks.items()
        }
        walks = {zone: walk.result() for zone, walk in going.items()}
    settled.wait(area)
    for zone, task in tasks.items():
        if task.touching:
            faults.provoke(area, task.site, walks[zone], words=task.words)
        done("Letting each zone fail")
    for zone, ones in walks.items():
        seen[zone].add(zone_walk.outside(tasks[zone]))
        for one in ones:
            seen[zone].add(one.seen)
    return seen


def _ways(area: Area, site: Site) -> Ways:
    """Return the ways into a zone besides its first page."""
    with area.cluster.connect(site.database) as connection:
        return Ways(tuple(starts.of(site, connection)), area.link if site.zone is Zone.ADVOCACY else "")


def _missed(seen: dict[Zone, Seen]) -> Iterator[str]:
    for zone, one in seen.items():
        yield from (f"{zone}: {route}" for route in coverage.missed(zone, one.addresses))


def _blind(secrets: tuple[Secret, ...], total: Seen) -> tuple[str, ...]:
    """Return the kinds that the search saw nowhere at all: it cannot see them, or no step planted them."""
    kinds = {secret.kind for secret in secrets if not secret.kind.endswith(REFERENCE)}
    return tuple(sorted(kinds - total.kinds))
