"""The area to search: a fresh one in a temporary folder, or a demo that runs already."""

import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from desist import sites
from desist.backup import saving
from desist.embedded.cluster import Cluster
from desist.embedded.throwaway import throwaway_cluster
from desist.running import deploy
from desist.running.errands import Errand, run
from desist.running.supervisor import Deployment, Supervisor
from desist.sites import Site, Zone
from tools.synthetic import area, cases, load
from tools.synthetic.cases import Block

#: is called with the folder of a running server and the sites that it will have
Before = Callable[[Path, tuple[Site, ...]], None]
WITHOUT_PEOPLE = frozenset({Zone.PUBLIC, Zone.PARTICIPANT})


class NothingToSearch(Exception):
    """There is no demo in the folder, or it does not run; the text says what to do."""


@dataclass(frozen=True)
class Area:
    """A running area."""

    folder: Path
    listed: tuple[Site, ...]
    cluster: Cluster
    own: bool  # made for the search, which may do anything to it

    @property
    def staffed(self) -> tuple[Site, ...]:
        """Return the sites where staff sign in."""
        return tuple(site for site in self.listed if site.zone not in WITHOUT_PEOPLE)

    @property
    def link(self) -> str:
        """Return the code of the link by which an invented client sends things; "" where there is none."""
        kept = self.folder / "synthetic" / load.LINK
        return kept.read_text("ascii") if kept.exists() else ""

    @property
    def people(self) -> Block:
        """Return the invented people who were loaded into it."""
        moment = (self.folder / "synthetic" / "moment").read_text("ascii")
        return cases.demo(at=datetime.fromisoformat(moment))


@contextmanager
def own(
    *, step: Callable[[str], None], victims: bool = True, before: Before = lambda *_: None
) -> Iterator[Area]:
    """Make an area in a temporary folder, run it for as long as the block lasts, and remove it.

    `before` may make the tables of its sites in another way; migrating then finds them made.
    """
    with throwaway_cluster() as cluster, _free_ports(len(area.TITLES) + 1) as first:
        listed = tuple(site for site in area.sites(first) if site.zone is not Zone.PUBLIC)
        listed = (*listed, area.phones(first))
        before(cluster.folder, listed)
        fill(cluster.folder, listed, step=step, victims=victims)
        step("Starting every zone")
        with serving(cluster.folder, listed):
            yield Area(cluster.folder, listed, cluster, own=True)


def fill(
    folder: Path, listed: tuple[Site, ...], *, step: Callable[[str], None], victims: bool = True
) -> None:
    """Make an area's sites and invent its people; `victims`: whether the advocates have clients."""
    step("Making the tables")
    deploy.found(folder, listed, on=date.today())  # noqa: DTZ011 -- the day a key was made, on this machine
    staffed = [site for site in listed if site.zone not in WITHOUT_PEOPLE]
    tables = [Errand(site, "desist.running.migrate", login="owner") for site in staffed]
    run(folder, [*tables, Errand(listed[0], "desist.running.collect")])
    step("Inventing the people")
    if not victims:
        deploy.note(folder / "synthetic" / load.NOBODY_ENGAGED)
    for module in ("tools.synthetic.load", "tools.synthetic.leftovers"):
        run(folder, [Errand(site, module) for site in staffed])


@contextmanager
def serving(folder: Path, listed: tuple[Site, ...]) -> Iterator[None]:
    """Run every process of an area, for as long as the block lasts."""
    supervisor = Supervisor(Deployment(folder, listed, demo=True), None)
    try:
        supervisor.start()
        yield
    finally:
        supervisor.stop()


def found(folder: Path) -> Area:
    """Return the demo that runs from a folder. Raises NothingToSearch."""
    listed = sites.read_sites(folder=folder)
    if not (folder / "desist-demo").exists() or not listed:
        raise NothingToSearch(f"{folder} holds no demo. Start one there: ./desist demo --data {folder}")
    cluster = Cluster(folder)
    if not cluster.running or not all(_answers(site) for site in listed):
        raise NothingToSearch(f"The demo in {folder} does not run. Start it: ./desist demo --data {folder}")
    return Area(folder, listed, cluster, own=False)


def back_up(place: Area, into: Path) -> None:
    """Write a backup of every site, to be searched like any other file."""
    into.mkdir(parents=True, exist_ok=True)
    for site in saving.sites_to_save(place.listed):
        saving.save(
            folder=place.folder,
            into=into,
            site=site,
            sites=place.listed,
            at=datetime.now(UTC),
            progress=lambda _: None,
        )


def temporary() -> "tempfile.TemporaryDirectory[str]":
    """Make a folder and remove it afterwards."""
    return tempfile.TemporaryDirectory(prefix="desist-leaks-")


def _answers(site: Site) -> bool:
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex(("127.0.0.1", site.port or 0)) == 0


@contextmanager
def _free_ports(count: int) -> Iterator[int]:
    """Return the first of a number of ports in a row that no process uses.

    The block holds the port after them, so that another search begun now takes others: the web processes share a port
    if two areas name the same.
    """
    for first in range(21000, 60000, 20):
        with socket.socket() as held:
            if _is_free(held, first + count) and all(map(_nobody_uses, range(first, first + count))):
                yield first
                return
    raise NothingToSearch("No free ports were found on this machine. Stop other servers and try again.")


def _nobody_uses(port: int) -> bool:
    with socket.socket() as probe:
        return _is_free(probe, port)


def _is_free(probe: socket.socket, port: int) -> bool:
    """Take a port and return whether it was free; it stays taken until the socket is closed."""
    try:
        probe.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True
