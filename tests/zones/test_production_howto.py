"""The SQL that docs/howto/go-to-production.md tells an administrator to run makes logins that start-up accepts."""

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from desist import catalogue
from desist.embedded import Cluster
from desist.embedded.throwaway import throwaway_cluster
from desist.zones.refusals import of_login, of_shared_server

HOWTO = Path(__file__).parents[2] / "docs" / "howto" / "go-to-production.md"
DATABASE = "northmere_programme"
STATEMENT = re.compile(r"(?:\$\$.*?\$\$|[^;$])+", re.S)


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    """A server on which an administrator has just followed the page, word for word."""
    with throwaway_cluster() as cluster:
        database = "postgres"
        for block in re.findall(r"```sql\n(.*?)```", HOWTO.read_text("utf-8"), re.S):
            for part in re.split(r"^(?=\\connect)", block, flags=re.M):
                if match := re.match(r"\\connect (\w+)\n", part):
                    database = match[1]
                statements = re.sub(r"\\connect \w+\n", "", part)
                with cluster.connect(database) as connection:
                    for statement in filter(str.strip, STATEMENT.findall(statements)):
                        connection.execute(_with_passwords(cluster, statement).encode())
        yield cluster


def _with_passwords(cluster: Cluster, statement: str) -> str:
    match = re.match(r"\s*CREATE ROLE (\w+)", statement)
    return statement.replace("'...'", f"'{cluster.login(match[1]).password}'") if match else statement


def test_the_app_login_is_accepted(server: Cluster) -> None:
    with psycopg.connect(server.url(f"{DATABASE}_app", DATABASE)) as connection:
        assert [*of_login(connection), *of_shared_server(connection)] == []


def test_the_page_has_the_statement_that_start_up_prints() -> None:
    assert catalogue.CLOSE in HOWTO.read_text("utf-8")


def test_the_owner_login_can_migrate_and_is_refused_for_the_web(server: Cluster) -> None:
    with psycopg.connect(server.url(f"{DATABASE}_owner", DATABASE)) as connection:
        connection.execute("CREATE TABLE people (id int)")

        found = connection.execute("SELECT to_regclass('public.people') IS NOT NULL").fetchone()
        reasons = list(of_login(connection))

    assert found == (True,)
    assert reasons


def test_the_backup_login_reads_what_the_owner_made(server: Cluster) -> None:
    with psycopg.connect(server.url(f"{DATABASE}_owner", DATABASE), autocommit=True) as owner:
        owner.execute("CREATE TABLE backed_up (id int)")

    with psycopg.connect(server.url("backup", DATABASE)) as backup:
        assert backup.execute("SELECT count(*) FROM backed_up").fetchone() == (0,)


def test_the_page_makes_no_login_and_no_schema_for_pages_that_are_not_there(server: Cluster) -> None:
    with server.connect(DATABASE) as connection:
        logins = connection.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'northmere%'").fetchall()
        schemas = connection.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information)'"
        ).fetchall()

    assert {name for (name,) in logins} == {f"{DATABASE}_owner", f"{DATABASE}_app"}
    assert schemas == [("public",)]
