"""The rights of the courier's login in a site's database: to carry envelopes only. The owner applies them.

The login reads addresses and sealed bytes, notes the state of an envelope, and puts envelopes into the inbox. It cannot
read the inbox, the kind of an envelope, or any other table.
"""

from django.db import connection, transaction
from psycopg import sql

GRANTS = (
    "SELECT (id, ref, receiver, sealed, at, sent_at, tries, next_at) ON post_outbox",
    "UPDATE (sent_at, tries, next_at, error) ON post_outbox",
    "INSERT (ref, sender, sealed, at) ON post_inbox",
)


def apply(*, courier: str) -> None:
    """Give the courier's login exactly GRANTS, all of them at once; run as the owner of the tables."""
    login = sql.Identifier(courier)
    with transaction.atomic(), connection.cursor() as cursor:
        statements = [sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(login)]
        statements += [sql.SQL(f"GRANT {grant} TO {{}}").format(login) for grant in GRANTS]
        for statement in statements:
            cursor.execute(statement.as_string(cursor.connection))
