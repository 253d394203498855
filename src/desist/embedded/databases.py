"""The databases and logins of the sites in an embedded cluster, with the right to connect."""

from collections.abc import Iterable

import psycopg
from psycopg.sql import SQL, Identifier

from desist import databases
from desist.databases import BACKUP, COURIER, Step
from desist.embedded.cluster import Cluster
from desist.sites import Site


def create_site(cluster: Cluster, site: Site) -> None:
    """Make the site's database or schema and its logins; safe to repeat after a crash in the middle.

    The participants' site gets a schema of its own in the database it shares, so make that one first. The
    public site has none.
    """
    wanted = databases.steps(site, verifiers=verifiers(cluster, site))
    for database in dict.fromkeys(step.database for step in wanted):
        with cluster.connect(database) as connection:
            take(connection, (step for step in wanted if step.database == database))


def create_logins(cluster: Cluster, site: Site) -> None:
    """Make the site's two logins and the two that every site shares, with the passwords kept in files."""
    with cluster.connect() as connection:
        take(connection, databases.login_steps(site, verifiers=verifiers(cluster, site)))


def create_database(connection: psycopg.Connection, name: str, site: Site) -> None:
    """Make an empty database that belongs to the site's owner and is closed to everyone else."""
    take(connection, databases.new_database(name, site))


def take(connection: psycopg.Connection, wanted: Iterable[Step]) -> None:
    """Run the statements of an administrator in the database of the connection; what is made already stays."""
    for step in wanted:
        if not step.unless or connection.execute(step.unless.encode()).fetchone() is None:
            connection.execute(step.sql.encode())


def verifiers(cluster: Cluster, site: Site) -> dict[str, str]:
    """The verifiers of the passwords of a site's logins; the passwords stay in their files."""
    return {name: databases.verifier(cluster.login(name).password) for name in databases.logins(site)}


def drop_database(connection: psycopg.Connection, name: str) -> None:
    """Remove a database, cutting off its clients; does nothing when there is none."""
    _run(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def rename_database(connection: psycopg.Connection, name: str, new: str) -> None:
    """Give a database another name."""
    _run(connection, "ALTER DATABASE {} RENAME TO {}", name, new)


def close_to(connection: psycopg.Connection, name: str, site: Site) -> None:
    """Take a database out of use: no login of the site, of the post or of the backup reaches it from now on."""
    _run(
        connection,
        "REVOKE ALL ON DATABASE {} FROM {}, {}, {}, {}",
        name,
        *(site.owner, site.app, COURIER, BACKUP),
    )


def exists(connection: psycopg.Connection, name: str) -> bool:
    """Whether there is a database of that name."""
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _run(connection: psycopg.Connection, statement: str, *names: str) -> None:
    connection.execute(SQL(statement).format(*map(Identifier, names)))
