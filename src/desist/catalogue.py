"""PostgreSQL catalogues that show the whole server to every login, and the statement that closes them in one database.

Counters, locks and positions cover all databases at once: with them a login that reaches one site's database sees how
many rows another site wrote, and when. Desist uses none of them and no large objects, so no login keeps the right. The login of
a person's own pages lives in their programme's database, so the sizes and estimated rows of tables are closed as well.
"""

from typing import LiteralString

#: the names of functions that read other databases, or that make a large object
FUNCTIONS: LiteralString = "|".join(
    (
        "pg_stat_.*|pg_stat_?io_.*",
        "pg_(database|tablespace|relation|table|indexes|total_relation)_size|pg_tablespace_databases",
        "lo_.*|loread|lowrite",
        "pg_lock_status|pg_blocking_pids|pg_safe_snapshot_blocking_pids|pg_isolation_test_session_is_blocked",
        "pg_(cancel|terminate)_backend|pg_notification_queue_usage|pg_prepared_xact",
        "txid_(current|status).*|pg_current_(xact_id|snapshot).*|pg_xact_.*|pg_get_multixact_members|mxid_age",
        "pg_(current|last)_(wal|xact|committed)_.*|pg_control_(checkpoint|recovery)",
        "pg_available_wal_summaries|pg_wal_summary_contents|pg_get_wal_summarizer_state",
        "pg_(logical|replication|show_replication)_.*|pg_.*_slots?|pg_get_replication_slots",
        "pg_get_(aios|shmem_.*|backend_memory_contexts)",
    )
)
#: and the views; pg_stats shows a login its own tables alone
VIEWS: LiteralString = "pg_stat(io)?_.*|pg_locks|pg_prepared_xacts|pg_replication_.*|pg_aios|pg_shmem_.*|pg_backend_memory_contexts"
#: the columns of the list of databases that change when another one is at work
MOVING: LiteralString = "'datfrozenxid', 'datminmxid'"
#: the columns of the list of tables that tell how much is in one
GROWING: LiteralString = (
    "'reltuples', 'relpages', 'relallvisible', 'relallfrozen', 'relfrozenxid', 'relminmxid', 'relfilenode'"
)

_FUNCTIONS: LiteralString = f"""
  SELECT oid, oid::regprocedure::text AS name FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
     AND (proname ~ '^({FUNCTIONS})$' OR oid = 'age(xid)'::regprocedure)"""
_VIEWS: LiteralString = f"""
  SELECT oid, relname::text AS name FROM pg_class
   WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'v' AND relname ~ '^({VIEWS})$'"""

#: what a login (it takes one name, or 'public') may still read or make of them
OPEN: LiteralString = f"""
SELECT name FROM ({_FUNCTIONS}) f WHERE has_function_privilege(%(login)s, oid, 'EXECUTE')
UNION ALL SELECT name FROM ({_VIEWS}) v WHERE has_table_privilege(%(login)s, oid, 'SELECT')
UNION ALL SELECT 'pg_database' WHERE has_column_privilege(%(login)s, 'pg_database', 'datfrozenxid', 'SELECT')
UNION ALL SELECT 'pg_class' WHERE has_column_privilege(%(login)s, 'pg_class', 'reltuples', 'SELECT')
ORDER BY 1"""

#: run as a superuser in a site's database: safe to repeat
CLOSE: LiteralString = f"""\
DO $$
DECLARE statement text;
BEGIN
  FOR statement IN
  SELECT format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', name) FROM ({_FUNCTIONS}) f
   WHERE has_function_privilege('public', oid, 'EXECUTE')
  UNION ALL
  SELECT format('REVOKE SELECT ON pg_catalog.%I FROM PUBLIC', name) FROM ({_VIEWS}) v
   WHERE has_table_privilege('public', oid, 'SELECT')
  UNION ALL
  SELECT 'REVOKE SELECT ON pg_database FROM PUBLIC' WHERE has_table_privilege('public', 'pg_database', 'SELECT')
  UNION ALL
  SELECT format('GRANT SELECT (%s) ON pg_database TO PUBLIC', string_agg(quote_ident(attname), ', '))
    FROM pg_attribute WHERE attrelid = 'pg_database'::regclass AND attnum > 0 AND attname NOT IN ({MOVING})
  UNION ALL
  SELECT 'REVOKE SELECT ON pg_class FROM PUBLIC' WHERE has_table_privilege('public', 'pg_class', 'SELECT')
  UNION ALL
  SELECT format('GRANT SELECT (%s) ON pg_class TO PUBLIC', string_agg(quote_ident(attname), ', '))
    FROM pg_attribute WHERE attrelid = 'pg_class'::regclass AND attnum > 0 AND attname NOT IN ({GROWING})
  LOOP EXECUTE statement; END LOOP;
END $$;"""

#: whether another site's rows or people are on the same server: other databases, or the participants' schema in this one.
#: Objects of every server, and those that providers of servers keep for themselves, are no sites.
SHARED: LiteralString = """
SELECT EXISTS (
  SELECT FROM pg_database WHERE datname <> current_database() AND NOT datistemplate
  AND datname NOT IN ('postgres', 'rdsadmin', 'cloudsqladmin', 'azure_maintenance', 'azure_sys')
) OR EXISTS (SELECT FROM pg_namespace WHERE nspname = 'participant')"""
