"""The databases and logins of the sites in an embedded cluster, with the right to connect."""

import psycopg
from psycopg.sql import SQL, Composed, Identifier, Literal

from desist import catalogue
from desist.embedded.cluster import Cluster
from desist.sites import Site, Zone

EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
COURIER = "courier"
BACKUP = "backup"


def create_site(cluster: Cluster, site: Site) -> None:
    """Make the site's database or schema and its logins; safe to repeat after a crash in the middle.

    The participants' site gets a schema of its own in the database it shares, so make that one first. The
    public site has none.
    """
    if site.zone is Zone.PUBLIC:
        return
    create_logins(cluster, site)
    with cluster.connect() as connection:
        if site.shares is None:
            if not exists(connection, site.database):
                create_database(connection, site.database, site)
            _run(connection, "GRANT CONNECT ON DATABASE {} TO {}, {}", site.database, COURIER, BACKUP)
        _run(connection, "GRANT CONNECT ON DATABASE {} TO {}, {}", site.database, site.owner, site.app)
    with cluster.connect(site.database) as connection:
        if site.shares is None:
            _furnish_database(connection, site)
        else:
            _create_schema(connection, site)
        connection.execute(catalogue.CLOSE)


def create_logins(cluster: Cluster, site: Site) -> None:
    """Make the site's two logins and the two that every site shares, with the passwords kept in files."""
    with cluster.connect() as connection:
        for database in ("postgres", "template1"):
            _close(connection, database)
        for name in (COURIER, BACKUP, site.owner, site.app):
            _create_login(connection, cluster, name)
        _make_backup_a_reader(connection)


def create_database(connection: psycopg.Connection, name: str, site: Site) -> None:
    """Make an empty database that belongs to the site's owner and is closed to everyone else."""
    _run(connection, "CREATE DATABASE {} OWNER {} TEMPLATE template0 STRATEGY wal_log", name, site.owner)
    _close(connection, name)


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


def _close(connection: psycopg.Connection, database: str) -> None:
    """Let only named logins connect: by default every login may connect to every database."""
    _run(connection, "REVOKE ALL ON DATABASE {} FROM PUBLIC", database)


def _create_login(connection: psycopg.Connection, cluster: Cluster, name: str) -> None:
    if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone() is None:
        _run(connection, "CREATE ROLE {} LOGIN", name)
    # The server gets a verifier, not the password.
    secret = cluster.login(name).password.encode()
    verifier = connection.pgconn.encrypt_password(secret, name.encode(), b"scram-sha-256").decode()
    attributes = SQL("NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD {}")
    connection.execute(_sql("ALTER ROLE {} ", name) + attributes.format(Literal(verifier)))
    _run(connection, "ALTER ROLE {} SET idle_in_transaction_session_timeout = '60s'", name)


def _make_backup_a_reader(connection: psycopg.Connection) -> None:
    """Let the backup login read everything and write nothing."""
    _run(connection, "GRANT pg_read_all_data TO {}", BACKUP)
    _run(connection, "ALTER ROLE {} BYPASSRLS", BACKUP)
    _run(connection, "ALTER ROLE {} SET default_transaction_read_only = on", BACKUP)
    _run(connection, "ALTER ROLE {} SET idle_in_transaction_session_timeout = 0", BACKUP)


def _furnish_database(connection: psycopg.Connection, site: Site) -> None:
    for extension in EXTENSIONS:
        _run(connection, "CREATE EXTENSION IF NOT EXISTS {} SCHEMA public", extension)
    _run(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC")
    _run(connection, "GRANT USAGE ON SCHEMA public TO {}, {}", site.app, COURIER)
    _keep_functions_private(connection, site)


def _create_schema(connection: psycopg.Connection, site: Site) -> None:
    schema = site.zone.value
    _run(connection, "CREATE SCHEMA IF NOT EXISTS {} AUTHORIZATION {}", schema, site.owner)
    _run(connection, "GRANT USAGE ON SCHEMA {} TO {}", schema, site.app)
    _run(connection, "GRANT USAGE ON SCHEMA public TO {}, {}", site.owner, site.app)
    for name in (site.owner, site.app):
        _run(
            connection,
            "ALTER ROLE {} IN DATABASE {} SET search_path = {}, public",
            name,
            site.database,
            schema,
        )
    _keep_functions_private(connection, site)


def _keep_functions_private(connection: psycopg.Connection, site: Site) -> None:
    """Let only granted logins call functions: by default every login may call a new one."""
    _run(
        connection, "ALTER DEFAULT PRIVILEGES FOR ROLE {} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC", site.owner
    )


def _run(connection: psycopg.Connection, statement: str, *names: str) -> None:
    connection.execute(_sql(statement, *names))


def _sql(statement: str, *names: str) -> Composed:
    return SQL(statement).format(*map(Identifier, names))
