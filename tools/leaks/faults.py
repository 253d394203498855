"""Making a site fail on purpose: its tables gone, then its database out of reach; the search reads its answers too."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg
from psycopg import sql

from desist.sites import Site
from tools.leaks import kept
from tools.leaks.crawl import Walk
from tools.leaks.running import Area

AWAY = "away_"
#: how many pages and forms each role requests, at most. A database out of reach is slow to say so.
MANY, FEW = 40, 4
PATIENCE = 20.0  # seconds
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"


class NeverFailed(Exception):
    """A site answered although its tables were gone, so that the search cannot read its error pages."""


def provoke(area: Area, site: Site, walks: Sequence[Walk], *, words: str) -> None:
    """Read every error page that a person of each role gets. Raises NeverFailed."""
    roles = {walk.person.role: walk for walk in walks}
    for fault, most in ((without_tables, MANY), (unreachable, FEW)):
        with fault(area, site) as broken:
            if not sum(walk.fail(words, most=most) for walk in roles.values()) and broken:
                raise NeverFailed(f"{site.title} did not fail {fault.__name__.replace('_', ' ')}.")
    _wait_until_well(area, site)


@contextmanager
def without_tables(area: Area, site: Site) -> Iterator[bool]:
    """Rename the zone's own tables for the length of the block; yield whether there are any."""
    with area.cluster.connect(site.database) as connection:
        names = [name for name in kept.tables(connection) if name.startswith(f"{site.zone}_")]
        _rename(connection, [(name, AWAY + name) for name in names])
        try:
            yield bool(names)
        finally:
            _rename(connection, [(AWAY + name, name) for name in names])


@contextmanager
def unreachable(area: Area, site: Site) -> Iterator[bool]:
    """Refuse every login to the site's database, for as long as the block lasts."""
    with area.cluster.connect() as connection:
        _let_in(connection, site, allowed=False)
        connection.execute(CUT, [site.database])
        try:
            yield True
        finally:
            _let_in(connection, site, allowed=True)


def _rename(connection: psycopg.Connection, pairs: Sequence[tuple[str, str]]) -> None:
    for old, new in pairs:
        connection.execute(
            sql.SQL("ALTER TABLE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new))
        )


def _let_in(connection: psycopg.Connection, site: Site, *, allowed: bool) -> None:
    statement = (
        "ALTER DATABASE {} ALLOW_CONNECTIONS true" if allowed else "ALTER DATABASE {} ALLOW_CONNECTIONS false"
    )
    connection.execute(sql.SQL(statement).format(sql.Identifier(site.database)))


def _wait_until_well(area: Area, site: Site) -> None:
    """Wait until the database accepts logins again."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            area.cluster.connect(site.database).close()
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return
