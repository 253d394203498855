"""Real PostgreSQL for the tests: a throwaway server with their logins, and the migrated database."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from desist import catalogue
from desist.embedded.throwaway import throwaway_cluster

OWNER, APP, COURIER = "tests_owner", "tests_app", "courier"
#: the database of the tests, and the one that no test writes in
USED, FRESH = "tests", "tests_fresh"
#: the server that several runs share; each finds the database migrated (every_day.py)
KEPT: list[Any] = []
ROOT = Path(__file__).parent.parent
#: what the migrated database follows from; while none of it changes, runs begin from the same files
SOURCES = (
    *("src/desist/**/migrations/*.py", "src/desist/**/models.py", "src/desist/**/grants.py"),
    *("src/desist/*.py", "src/desist/postgresql/*.py", "tests/database.py", "requirements*.txt"),
)


@contextmanager
def served() -> Iterator[Any]:
    """Serve a throwaway server with the tests' logins, and with the tables where an earlier run kept them."""
    kept = _kept()
    like = kept if kept.exists() else None
    with throwaway_cluster(like=like) as cluster:
        if not like:
            _furnish(cluster)
        yield cluster


def _furnish(cluster: Any) -> None:
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


def migrated(server: Any) -> None:
    """Make the migrated database unless it is there, and give the app login the connection to a copy of it."""
    from django.db import connections

    connection = connections["default"]
    connection.settings_dict["HOST"] = str(server.socket_folder)
    with server.connect() as superuser:
        made = superuser.execute("SELECT FROM pg_database WHERE datname = %s", [FRESH]).fetchone() is not None
    if not made:
        _migrate(connection, server)
        _keep(server)
    _copy(server, FRESH, USED)
    connection.settings_dict["NAME"] = USED
    _sign_in(connection, APP, server)


def _migrate(connection: Any, server: Any) -> None:
    """Migrate as the owner, then apply the grants."""
    from django.test.utils import setup_databases

    from desist.post import grants as post_grants
    from desist.wall import grants

    _sign_in(connection, OWNER, server)
    connection.settings_dict["TEST"]["NAME"] = FRESH
    setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
    grants.apply(app=APP, others=(COURIER,))
    post_grants.apply(courier=COURIER)
    connection.close()


def _kept() -> Path:
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in ROOT.glob(pattern)}):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return ROOT / ".pytest_cache" / f"database-{digest.hexdigest()[:16]}"


def _keep(server: Any) -> None:
    """Keep the files of the server, whole or not at all, for later runs; those from other tables go."""
    kept = _kept()
    new = kept.with_name(f"new-{kept.name}-{os.getpid()}")
    server.stop()
    shutil.copytree(server.folder, new)
    for other in kept.parent.glob("database-*"):
        if other != kept:
            shutil.rmtree(other, ignore_errors=True)
    with suppress(OSError):  # another run was first
        new.rename(kept)
    shutil.rmtree(new, ignore_errors=True)
    server.start()


@contextmanager
def copied(server: Any, name: str) -> Iterator[str]:
    """Copy the migrated database as it was before any test: what tests took back lies about in the other one."""
    _copy(server, FRESH, copy := f"{USED}_{name}")
    try:
        yield copy
    finally:
        with server.connect() as superuser:
            superuser.execute(f"DROP DATABASE {copy} WITH (FORCE)")


def _copy(server: Any, name: str, copy: str) -> None:
    with server.connect() as superuser:
        superuser.execute(f"CREATE DATABASE {copy} TEMPLATE {name} OWNER {OWNER} STRATEGY FILE_COPY")


def _sign_in(connection: Any, login: str, server: Any) -> None:
    connection.close()
    connection.settings_dict.update(USER=login, PASSWORD=server.login(login).password)
