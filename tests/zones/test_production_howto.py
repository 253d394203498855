"""The SQL that docs/howto/settings.md shows an administrator is what `desist set-up` prints, and makes logins that start-up accepts."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.servers import Server, own_server

from desist import databases
from desist.sites import Site, Zone
from desist.zones.refusals import of_login, of_shared_server

HOWTO = Path(__file__).parents[2] / "docs" / "howto" / "settings.md"
SITE = Site("northmere-programme", Zone.PROGRAMME, "Northmere service")
DATABASE = SITE.database
PASSWORD = "of every login here"


def block() -> str:
    """The statements of the page."""
    found: str = re.search(r"```sql\n(.*?)```", HOWTO.read_text("utf-8"), re.S)[1]  # type: ignore[index]  # there is one
    return found


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server on which an administrator has just run the page's statements, word for word but for the verifiers."""
    with own_server() as server:
        script = block().replace("'...'", f"'{databases.verifier(PASSWORD)}'")
        command = [str(server.programs / "bin" / "psql"), "--quiet", "--no-psqlrc", server.administrator]
        subprocess.run(command, input=script.encode(), check=True)
        yield server


def log_in(server: Server, login: str) -> psycopg.Connection:
    return psycopg.connect(f"{server.address}/{DATABASE}", user=login, password=PASSWORD, autocommit=True)


def test_the_page_shows_what_the_command_prints() -> None:
    told = dict.fromkeys(databases.logins(SITE), "...")

    assert block() == databases.script(databases.steps(SITE, verifiers=told))


def test_the_app_login_is_accepted(server: Server) -> None:
    with log_in(server, f"{DATABASE}_app") as connection:
        assert [*of_login(connection), *of_shared_server(connection)] == []


def test_the_owner_login_can_migrate_and_is_refused_for_the_web(server: Server) -> None:
    with log_in(server, f"{DATABASE}_owner") as connection:
        connection.execute("CREATE TABLE people (id int)")

        found = connection.execute("SELECT to_regclass('public.people') IS NOT NULL").fetchone()
        reasons = list(of_login(connection))

    assert found == (True,)
    assert reasons


def test_the_backup_login_reads_what_the_owner_made(server: Server) -> None:
    with log_in(server, f"{DATABASE}_owner") as owner:
        owner.execute("CREATE TABLE backed_up (id int)")

    with log_in(server, "backup") as backup:
        assert backup.execute("SELECT count(*) FROM backed_up").fetchone() == (0,)


def test_the_page_makes_no_login_and_no_schema_for_pages_that_are_not_there(server: Server) -> None:
    with server.connect(DATABASE) as connection:
        logins = connection.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'northmere%'").fetchall()
        schemas = connection.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information)'"
        ).fetchall()

    assert {name for (name,) in logins} == {f"{DATABASE}_owner", f"{DATABASE}_app"}
    assert schemas == [("public",)]
