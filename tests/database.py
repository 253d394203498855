"""Real PostgreSQL for the tests: a throwaway server with their logins, and the migrated database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from desist import catalogue
from desist.embedded.throwaway import throwaway_cluster

OWNER, APP, COURIER = "tests_owner", "tests_app", "courier"
#: the server that several runs share; each finds the database migrated (every_day.py)
KEPT: list[Any] = []


@contextmanager
def served() -> Iterator[Any]:
    """Serve a throwaway server with the tests' logins."""
    with throwaway_cluster() as cluster:
        with cluster.connect() as connection:
            for name in (OWNER, APP, COURIER):
                password = cluster.login(name).password
                createdb = "CREATEDB" if name == OWNER else "NOCREATEDB"
                connection.execute(f"CREATE ROLE {name} LOGIN {createdb} PASSWORD '{password}'")
        with cluster.connect("template1") as connection:
            for extension in ("btree_gist", "pg_trgm", "unaccent"):
                connection.execute(f"CREATE EXTENSION {extension}")
            # As in every database of a site: a test needs nothing that is closed there.
            connection.execute(catalogue.CLOSE)
        yield cluster


def migrated(server: Any, name: str) -> Any:
    """Migrate as the owner, apply the grants, give the app login the connection; return what to tear down later."""
    from django.db import connections
    from django.test.utils import setup_databases

    from desist.post import grants as post_grants
    from desist.wall import grants

    connection = connections["default"]
    settings = connection.settings_dict
    settings["HOST"] = str(server.socket_folder)
    _sign_in(connection, OWNER, server)
    settings["TEST"]["NAME"] = name
    kept = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
    grants.apply(app=APP, others=(COURIER,))
    post_grants.apply(courier=COURIER)
    connection.close()
    _copy(server, name, f"{name}_fresh")
    _sign_in(connection, APP, server)
    return kept


@contextmanager
def copied(server: Any, name: str) -> Iterator[str]:
    """Copy the migrated database as it was before any test: what tests took back lies about in the other one."""
    from django.db import connections

    migrated = connections["default"].settings_dict["TEST"]["NAME"]
    _copy(server, f"{migrated}_fresh", copy := f"{migrated}_{name}")
    try:
        yield copy
    finally:
        _drop(server, copy)


def removed(server: Any, kept: Any) -> None:
    """Remove the migrated database."""
    from django.db import connections
    from django.test.utils import teardown_databases

    connection = connections["default"]
    _sign_in(connection, OWNER, server)
    _drop(server, f"{connection.settings_dict['NAME']}_fresh")
    _end_sessions(server, connection.settings_dict["NAME"])
    teardown_databases(kept, verbosity=0)


def _copy(server: Any, name: str, copy: str) -> None:
    with server.connect() as superuser:
        superuser.execute(f"CREATE DATABASE {copy} TEMPLATE {name} OWNER {OWNER} STRATEGY FILE_COPY")


def _drop(server: Any, name: str) -> None:
    with server.connect() as superuser:
        superuser.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _end_sessions(server: Any, name: str) -> None:
    """End the sessions that a browser's last request may hold open: they would block a drop."""
    with server.connect() as superuser:
        superuser.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


def _sign_in(connection: Any, login: str, server: Any) -> None:
    connection.close()
    connection.settings_dict.update(USER=login, PASSWORD=server.login(login).password)
