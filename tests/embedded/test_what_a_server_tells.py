"""On one server with several sites no login learns what another site does: not by a view, a function or a large object.

What PostgreSQL itself makes impossible to hide from someone who may write at all (the numbers of transactions in
their own rows) is no part of this: docs/howto/settings.md asks for a server for each organisation.
"""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from desist import catalogue
from desist.databases import COURIER
from desist.embedded import Cluster, create_site
from desist.embedded.throwaway import throwaway_cluster
from desist.sites import Site, Zone

PROGRAMME = Site("quiet-programme", Zone.PROGRAMME, "Northmere service")
PARTICIPANT = Site("quiet-participant", Zone.PARTICIPANT, "Your sessions", shares="quiet-programme")
ADVOCACY = Site("quiet-advocacy", Zone.ADVOCACY, "Harbour advocacy")
#: every login that a process of the programme's side uses, and the post's own
LOGINS = (PROGRAMME.app, PROGRAMME.owner, PARTICIPANT.app, PARTICIPANT.owner, COURIER)

#: what tells of nothing but the clock, chance, or the connection that asks
OF_ITS_OWN = r"""
[a-z]+_timestamp|now|timeofday|random.*|gen_random_uuid|uuidv[47]|pg_sleep.*
|pg_backend_pid|inet_client_port|setseed|pg_cursor|pg_prepared_statement|pg_show_all_settings|pg_get_catalog_foreign_keys
|pg_advisory.*|pg_try_advisory.*|pg_stop_making_pinned_objects|pg_timezone_.*|pg_export_snapshot|.*_to_xml.*|pg_hba_.*
|pg_get_loaded_modules|pg_ls_.*|.*handler|lastval|pg_trigger_depth|nextval|pg_event_trigger.*|binary_upgrade.*|current_query"""

CALLABLE = """
SELECT p.oid::regproc::text, coalesce(t.typname, '') FROM pg_proc p LEFT JOIN pg_type t ON t.oid = p.proargtypes[0]
 WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind = 'f' AND provolatile <> 'i'
   AND pronargs - pronargdefaults <= 1 AND pronargs <= 1 AND prorettype NOT IN ('internal'::regtype, 'trigger'::regtype)
   AND (pronargs = 0 OR t.typname IN ('oid', 'name', 'int4', 'regclass', 'xid8', 'int8', 'xid'))
   AND has_function_privilege(p.oid, 'EXECUTE') AND proname !~ %s ORDER BY 1, 2"""
READABLE = """
SELECT relname FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind IN ('v', 'r')
   AND has_table_privilege(oid, 'SELECT') AND relname !~ '^pg_(settings|cursors|prepared_statements|timezone.*)$'
 ORDER BY 1"""


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with throwaway_cluster() as cluster:
        for site in (PROGRAMME, PARTICIPANT, ADVOCACY):
            create_site(cluster, site)
        with connect(cluster, ADVOCACY.owner, ADVOCACY) as owner:
            owner.execute("CREATE TABLE victims (name text)")
            owner.execute(f"GRANT SELECT, INSERT, DELETE ON victims TO {ADVOCACY.app}".encode())
        yield cluster


def connect(cluster: Cluster, login: str, site: Site) -> psycopg.Connection:
    return psycopg.connect(cluster.url(login, site.database), autocommit=True)


def told(connection: psycopg.Connection, other: tuple[int, str, int]) -> dict[str, Any]:
    """All that a login is told by any view, table or function of the server's own, about a database and a connection."""
    oid, name, pid = other
    given = {"": "", "oid": oid, "name": f"'{name}'", "int4": pid, "regclass": oid, "int8": pid}
    given |= {"xid8": f"'{pid}'::xid8", "xid": f"'{pid}'::xid"}
    pattern = f"^({''.join(OF_ITS_OWN.split())})$"
    queries = {
        f"{function}({kind})": f"SELECT pg_catalog.{function}({given[kind]})::text"
        for function, kind in connection.execute(CALLABLE, [pattern]).fetchall()
    }
    queries |= {
        table: f"SELECT t::text FROM pg_catalog.{table} t ORDER BY 1"
        for (table,) in connection.execute(READABLE).fetchall()
    }
    queries["pg_database"] = "SELECT datname, datdba, datallowconn, datacl::text FROM pg_database ORDER BY 1"
    return {what: _answer(connection, query) for what, query in queries.items()}


def _answer(connection: psycopg.Connection, query: str) -> Any:
    try:
        return connection.execute(query.encode()).fetchall()
    except psycopg.Error as refusal:
        return type(refusal).__name__, str(refusal)


def work(cluster: Cluster) -> psycopg.Connection:
    """Another side at work: rows written and taken away, and a connection that stays."""
    connection = connect(cluster, ADVOCACY.app, ADVOCACY)
    for _ in range(30):
        connection.execute("INSERT INTO victims SELECT 'Ada Plainly-Invented' FROM generate_series(1, 200)")
    connection.execute("DELETE FROM victims")
    connection.execute("BEGIN")
    connection.execute("INSERT INTO victims VALUES ('Ada Plainly-Invented')")
    return connection


@pytest.mark.parametrize("login", LOGINS)
def test_a_login_is_told_the_same_whether_another_site_works_or_rests(cluster: Cluster, login: str) -> None:
    with cluster.connect(ADVOCACY.database) as superuser, connect(cluster, ADVOCACY.app, ADVOCACY) as their:
        superuser.execute("VACUUM FREEZE")
        row = superuser.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
        assert row
        other = (row[0], ADVOCACY.database, their.info.backend_pid)
        with connect(cluster, login, PROGRAMME) as watching:
            resting = told(watching, other)
            their.close()
            with work(cluster):
                superuser.execute("VACUUM FREEZE")
                superuser.execute("SELECT pg_stat_force_next_flush()")
                working = told(watching, other)

    assert len(resting) > 100
    assert {what: (resting[what], working[what]) for what in resting if resting[what] != working[what]} == {}


def test_what_an_untouched_database_tells_is_found(cluster: Cluster) -> None:
    """The same look, at a database that was not closed: so the look is sharp enough."""
    login = "somebody_app"
    with cluster.connect() as superuser:
        superuser.execute(f"CREATE ROLE {login} LOGIN PASSWORD '{cluster.login(login).password}'".encode())
        superuser.execute("CREATE DATABASE left_open TEMPLATE template0")
        row = superuser.execute(
            "SELECT oid FROM pg_database WHERE datname = %s", [ADVOCACY.database]
        ).fetchone()
    assert row
    wanted, changed = {"pg_stat_activity", "pg_locks", "txid_current()", "pg_current_wal_lsn()"}, set[str]()
    with psycopg.connect(cluster.url(login, "left_open"), autocommit=True) as watching:
        for _ in range(5):  # one look can fall between two of the server's own notes
            resting = told(watching, (row[0], ADVOCACY.database, 1))
            with work(cluster) as theirs:
                theirs.execute("COMMIT")
                working = told(watching, (row[0], ADVOCACY.database, theirs.info.backend_pid))
            changed |= {what for what in resting if resting[what] != working[what]}
            if wanted <= changed:
                break

    assert wanted <= changed


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM pg_stat_database",
        "SELECT * FROM pg_stat_activity",
        "SELECT * FROM pg_stat_user_tables",
        "SELECT * FROM pg_stat_ssl",
        "SELECT * FROM pg_stat_replication",
        "SELECT * FROM pg_statio_all_tables",
        "SELECT * FROM pg_locks",
        "SELECT * FROM pg_prepared_xacts",
        "SELECT datfrozenxid FROM pg_database",
        "SELECT pg_stat_get_db_tuples_inserted(oid) FROM pg_database",
        "SELECT pg_stat_get_activity(NULL)",
        "SELECT pg_database_size(current_database())",
        "SELECT pg_tablespace_size('pg_default')",
        "SELECT age('3'::xid)",
        "SELECT txid_current()",
        "SELECT pg_current_snapshot()",
        "SELECT pg_current_wal_lsn()",
        "SELECT pg_cancel_backend(1)",
        "SELECT lo_create(0)",
        "SELECT lo_creat(-1)",
        "SELECT lo_from_bytea(0, 'words')",
        "SELECT lo_import('/etc/hostname')",
        "SELECT lo_put(1, 0, 'words')",
    ],
)
def test_what_tells_of_the_whole_server_is_refused(cluster: Cluster, login: str, query: str) -> None:
    with (
        connect(cluster, login, PROGRAMME) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(query.encode())


def test_nothing_is_open_to_anybody_and_closing_twice_changes_nothing(cluster: Cluster) -> None:
    with cluster.connect(PROGRAMME.database) as superuser:
        superuser.execute(catalogue.CLOSE)
        assert superuser.execute(catalogue.OPEN, {"login": "public"}).fetchall() == []


def test_a_database_of_an_earlier_version_is_closed_when_its_tables_are_brought_up_to_date(
    cluster: Cluster,
) -> None:
    with cluster.connect(PROGRAMME.database) as superuser:
        superuser.execute("GRANT SELECT ON pg_stat_activity TO PUBLIC")
        create_site(cluster, PROGRAMME)
        assert superuser.execute(catalogue.OPEN, {"login": PROGRAMME.app}).fetchall() == []
