"""Who may connect where, and with which rights."""

import psycopg
import pytest

from desist.databases import EXTENSIONS
from desist.embedded import Cluster, create_site
from desist.sites import Site, Zone

PROGRAMME, PARTICIPANT, ADVOCACY = "northmere_programme", "northmere_participant", "northmere_advocacy"


def connect(cluster: Cluster, login: str, database: str) -> psycopg.Connection:
    return psycopg.connect(cluster.url(login, database), autocommit=True)


@pytest.mark.parametrize(
    ("login", "database"),
    [
        (f"{PROGRAMME}_app", PROGRAMME),
        (f"{PROGRAMME}_owner", PROGRAMME),
        (f"{PARTICIPANT}_app", PROGRAMME),
        (f"{PARTICIPANT}_owner", PROGRAMME),
        (f"{ADVOCACY}_app", ADVOCACY),
        ("courier", PROGRAMME),
        ("courier", ADVOCACY),
        ("backup", ADVOCACY),
    ],
)
def test_a_login_reaches_its_own_database(cluster: Cluster, login: str, database: str) -> None:
    with connect(cluster, login, database) as connection:
        row = connection.execute("SELECT current_user, current_database()").fetchone()

    assert row == (login, database)


@pytest.mark.parametrize(
    ("login", "database"),
    [
        (f"{PROGRAMME}_app", ADVOCACY),
        (f"{PROGRAMME}_owner", ADVOCACY),
        (f"{PARTICIPANT}_app", ADVOCACY),
        (f"{PARTICIPANT}_owner", ADVOCACY),
        (f"{ADVOCACY}_app", PROGRAMME),
        (f"{ADVOCACY}_owner", PROGRAMME),
        (f"{ADVOCACY}_app", "postgres"),
        ("courier", "postgres"),
        ("backup", "template1"),
    ],
)
def test_a_login_is_refused_by_every_other_database(cluster: Cluster, login: str, database: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="does not have CONNECT privilege"):
        connect(cluster, login, database)


@pytest.mark.parametrize("login", [f"{PROGRAMME}_app", f"{PARTICIPANT}_app", "courier", "backup"])
def test_only_owners_make_tables(cluster: Cluster, login: str) -> None:
    with connect(cluster, login, PROGRAMME) as connection:
        for schema in ("public", "participant"):
            with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)):
                connection.execute(f"CREATE TABLE {schema}.mine (id int)".encode())


def test_the_participants_owner_works_in_its_own_schema_and_not_in_the_programmes(cluster: Cluster) -> None:
    with connect(cluster, f"{PARTICIPANT}_owner", PROGRAMME) as connection:
        connection.execute("CREATE TABLE diary (id int)")
        where = connection.execute("SELECT schemaname FROM pg_tables WHERE tablename = 'diary'").fetchone()
        connection.execute("DROP TABLE diary")

        assert where == ("participant",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE public.diary (id int)")


def test_a_new_table_or_function_is_nobodys_until_it_is_granted(cluster: Cluster) -> None:
    with connect(cluster, f"{ADVOCACY}_owner", ADVOCACY) as owner:
        owner.execute("CREATE TABLE victims (name text)")
        owner.execute("CREATE FUNCTION secret() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        with connect(cluster, f"{ADVOCACY}_app", ADVOCACY) as app:
            for query in ("SELECT * FROM victims", "SELECT secret()"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    app.execute(query.encode())
        owner.execute("DROP TABLE victims; DROP FUNCTION secret()")


def test_the_backup_login_reads_everything_and_writes_nothing(cluster: Cluster) -> None:
    with connect(cluster, f"{ADVOCACY}_owner", ADVOCACY) as owner:
        owner.execute("CREATE TABLE victims (name text); INSERT INTO victims VALUES ('Ada Plainly-Invented')")
        with connect(cluster, "backup", ADVOCACY) as backup:
            rows = backup.execute("SELECT * FROM victims").fetchall()
            backup.execute("SET default_transaction_read_only = off")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                backup.execute("DELETE FROM victims")
        owner.execute("DROP TABLE victims")

    assert rows == [("Ada Plainly-Invented",)]


def test_every_database_has_the_extensions_the_constraints_need(cluster: Cluster) -> None:
    with cluster.connect(ADVOCACY) as connection:
        names = {name for (name,) in connection.execute("SELECT extname FROM pg_extension").fetchall()}

    assert names >= set(EXTENSIONS)


def test_making_a_site_twice_changes_nothing(cluster: Cluster) -> None:
    site = Site("northmere-advocacy", Zone.ADVOCACY, "Harbour advocacy")
    before = cluster.url(site.app, site.database)

    create_site(cluster, site)

    assert cluster.url(site.app, site.database) == before
    connect(cluster, site.app, site.database).close()


def test_the_public_site_has_no_database(cluster: Cluster) -> None:
    create_site(cluster, Site("northmere-public", Zone.PUBLIC, "Northmere"))

    with cluster.connect() as connection:
        names = [name for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall()]
    assert "northmere_public" not in names
