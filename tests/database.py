"""Real PostgreSQL for the tests: a throwaway server with their logins, and the migrated database.

Run as a module it makes what tests begin from, unless that is kept.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
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
MIGRATIONS = "src/desist/**/migrations/*.py"
GROUND = ("src/desist/catalogue.py", "src/desist/postgresql/*.py", "tests/database.py", "requirements*.txt")
SOURCES = (
    *(MIGRATIONS, "src/desist/**/models.py", "src/desist/**/grants.py"),
    *("src/desist/*.py", "src/desist/running/migrate.py", *GROUND),
)
#: lists, beside what is kept, what a later one may build on
LIST = "migrations.json"


def make() -> None:
    """Make the logins, the migrated database and the server that holds them, unless an earlier run kept them."""
    folder = kept("database")
    with alone("database"):
        if not folder.exists():
            earlier = next(filter(may_be_built_on, folder.parent.glob("database-*")), None)
            with throwaway_cluster(like=earlier) as cluster:
                if not earlier:
                    _furnish(cluster)
                _migrate(cluster)
                cluster.stop()
                (cluster.folder / LIST).write_text(json.dumps(digests(MIGRATIONS, *GROUND)))
                forget_others(folder)
                new = folder.with_name(f"new-{folder.name}")
                shutil.rmtree(new, ignore_errors=True)
                shutil.copytree(cluster.folder, new)
                new.rename(folder)


@contextmanager
def served() -> Iterator[Any]:
    """Serve a throwaway server that begins as the one that is kept."""
    with throwaway_cluster(like=kept("database")) as cluster:
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


def _migrate(server: Any) -> None:
    """Migrate as the owner, then apply the grants."""
    from django.db import connections
    from django.test.utils import setup_databases

    from desist.post import grants as post_grants
    from desist.wall import grants

    connection = connections["default"]
    connection.settings_dict["HOST"] = str(server.socket_folder)
    _sign_in(connection, OWNER, server)
    connection.settings_dict["TEST"]["NAME"] = FRESH
    setup_databases(verbosity=0, interactive=False, keepdb=True, serialized_aliases=set())
    grants.apply(app=APP, others=(COURIER,))
    post_grants.apply(courier=COURIER)
    connection.close()


def connected(server: Any) -> None:
    """Give the app login the connection to a copy of the migrated database."""
    from django.db import connections

    connection = connections["default"]
    connection.settings_dict["HOST"] = str(server.socket_folder)
    _copy(server, FRESH, USED)
    connection.settings_dict["NAME"] = USED
    _sign_in(connection, APP, server)


@cache
def kept(what: str) -> Path:
    """Return the folder where runs keep what follows from SOURCES as they are now."""
    digest = hashlib.sha256(repr(digests(*SOURCES)).encode())
    return ROOT / ".pytest_cache" / f"{what}-{digest.hexdigest()[:16]}"


def digests(*patterns: str) -> dict[str, str]:
    paths = sorted({path for pattern in patterns for path in ROOT.glob(pattern)})
    return {
        path.relative_to(ROOT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths
    }


def may_be_built_on(earlier: Path) -> bool:
    """Return whether later migrations are all that the kept tables lack: none that made them changed, nor their ground."""
    if not (earlier / LIST).exists():
        return False
    then: dict[str, str] = json.loads((earlier / LIST).read_text())
    now = digests(MIGRATIONS, *GROUND)
    return then.items() <= now.items() and digests(*GROUND).items() <= then.items()


def forget_others(folder: Path) -> None:
    """Remove what was kept of other tables."""
    for other in folder.parent.glob(f"{folder.name.partition('-')[0]}-*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)


@contextmanager
def alone(what: str) -> Iterator[None]:
    """Make something that is kept while no other process of a run makes the same."""
    place = ROOT / ".pytest_cache"
    place.mkdir(exist_ok=True)
    with (place / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


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


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desist.zones.tests")
    django.setup()
    make()
