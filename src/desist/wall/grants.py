"""What each database login may do, table by table: the whole answer, applied by the owner after every migrate.

A table that is in no list gets no rights at all. The app login has no DDL and no TRUNCATE; on the audit it may only
read and add; row history it may only read, since the triggers that write it run with the owner's rights.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection
from psycopg import sql

FULL = "SELECT, INSERT, UPDATE, DELETE"
KEPT = "SELECT, INSERT, UPDATE"  # rows that may change but never vanish
ADD = "SELECT, INSERT"
READ = "SELECT"

#: tables that are nobody's model, or not ours
OTHERS = {
    "django_migrations": READ,
    "django_content_type": READ,
    "auth_permission": READ,
    "auth_group": READ,
    "auth_group_permissions": READ,
    "accounts_account_groups": READ,
    "pghistory_context": READ,
}
APPEND_ONLY = {"wall_auditevent", "wall_auditseal"}


def rights() -> dict[str, str]:
    """Table -> what the app login may do to it."""
    table = dict(OTHERS)
    for model in apps.get_models(include_auto_created=True):
        name = model._meta.db_table
        if name in table:
            continue
        if name in APPEND_ONLY:
            table[name] = ADD
        elif hasattr(model, "pgh_tracked_model"):
            table[name] = READ
        elif _owned_here(model.__module__):
            table[name] = FULL
    return table


def unlisted() -> set[str]:
    """Tables in the database that no list names: they get no rights, and a test fails."""
    return set(_tables()) - set(rights())


def apply(*, app: str, others: tuple[str, ...] = ()) -> None:
    """Grant what the table says to the login `app`, and nothing to any of `others` beforehand."""
    with connection.cursor() as cursor:
        for statement in _statements(app, others):
            cursor.execute(statement.as_string(cursor.connection))


def _statements(app: str, others: tuple[str, ...]) -> Iterator[sql.Composed | sql.SQL]:
    login = sql.Identifier(app)
    existing = set(_tables())
    for name in (app, *others):
        yield sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(sql.Identifier(name))
    yield sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    for name in (app, *others):
        yield sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.Identifier(name))
    for name, granted in rights().items():
        if name in existing:
            yield sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(granted), sql.Identifier(name), login)
    yield sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(login)
    for function in _history_functions():
        yield sql.SQL("ALTER FUNCTION {} SECURITY DEFINER SET search_path = public, pg_temp").format(
            sql.SQL(function)
        )


def _tables() -> list[str]:
    return connection.introspection.table_names()


def _owned_here(module: str) -> bool:
    return module.startswith("desist.")


def _history_functions() -> list[str]:
    """The trigger functions of the row history, with their arguments, as ALTER FUNCTION takes them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
            "AND (proname LIKE 'pgtrigger\\_%' OR proname = '_pgh_attach_context')"
        )
        return [row[0] for row in cursor.fetchall()]
