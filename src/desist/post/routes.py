"""The pairs of sites that the courier serves, and the address of each one's database."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import make_conninfo

from desist import addresses, sites
from desist.databases import COURIER
from desist.embedded import Cluster
from desist.post.doors import DOORS
from desist.sites import Site


@dataclass(frozen=True)
class Route:
    """From one site to another."""

    sender: str
    receiver: str


def stops(folder: Path) -> list[Site]:
    """Every site of this deployment that has an outbox and an inbox."""
    return [site for site in sites.read_sites(folder=folder) if site.zone not in addresses.WITHOUT_POST]


def between(stops: Sequence[Site]) -> list[Route]:
    """Every pair of sites with a door between them."""
    through = {(door.sender, door.receiver) for door in DOORS}
    return [
        Route(sender.name, receiver.name)
        for sender in stops
        for receiver in stops
        if sender.name != receiver.name and (sender.zone, receiver.zone) in through
    ]


def address(site: Site, folder: Path) -> str:
    """The address of a site's database for the courier: DESIST_COURIER_<SITE>_DATABASE_URL, else as its entry says."""
    if given := addresses.secret(addresses.courier_variable(site)):
        return given
    if there := addresses.at_server(site):
        return make_conninfo(
            **addresses.with_login(addresses.read(site, there), login=COURIER, folder=folder)
        )
    return Cluster(folder).url(COURIER, site.database)
