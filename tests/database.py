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
    _sign_in(connection, APP, server)
    return kept


def removed(server: Any, kept: Any) -> None:
    """Remove the migrated database."""
    from django.db import connections
    from django.test.utils import teardown_databases

    connection = connections["default"]
    _sign_in(connection, OWNER, server)
    empty(server, connection.settings_dict["NAME"])
    teardown_databases(kept, verbosity=0)


def empty(server: Any, database: str) -> None:
    """End the sessions that a browser's last request may hold open: they would block a copy or a drop."""
    with server.connect() as superuser:
        superuser.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database]
        )


def _sign_in(connection: Any, login: str, server: Any) -> None:
    connection.close()
    connection.settings_dict.update(USER=login, PASSWORD=server.login(login).password)
