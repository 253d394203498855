"""Many rows at once: by COPY, with their keys drawn from the table's sequence beforehand.

The triggers of the row history and every constraint hold for each row as for any other.
"""

from collections.abc import Iterator, Sequence

from django.db import connection
from django.db.models import Model
from psycopg import sql


def at_once() -> None:
    """Check every constraint after each statement of this transaction, so that none piles up.

    The history's triggers roll a subtransaction back for each row, which walks through all checks that are deferred:
    with tens of thousands of them a transaction would never end.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def keys(model: type[Model], count: int) -> Iterator[int]:
    """Draw a number of primary keys now, so that rows can refer to others before any is written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return iter([key for (key,) in cursor.fetchall()])


def number(rows: Sequence[Model]) -> None:
    """Give rows of one model their primary keys."""
    if rows:
        for row, key in zip(rows, keys(type(rows[0]), len(rows)), strict=True):
            row.pk = key


def copy(rows: Sequence[Model]) -> None:
    """Write numbered rows of one model."""
    if not rows:
        return
    meta = rows[0]._meta
    fields = meta.concrete_fields
    columns = sql.SQL(", ").join([sql.Identifier(str(one.column)) for one in fields])
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(meta.db_table), columns)
    with connection.cursor() as cursor, cursor.copy(statement.as_string(cursor.connection)) as stream:
        for row in rows:
            stream.write_row([getattr(row, one.attname) for one in fields])
