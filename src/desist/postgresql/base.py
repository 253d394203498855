"""The database backend named as ENGINE in DATABASES: Django looks for this very name, `base.DatabaseWrapper`."""

from django.db.backends.postgresql import base

#: The time limit for a lock; then a page says so. Set by a statement, since poolers refuse it at the start.
PATIENCE = "SET lock_timeout = '5s'"


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with a limit on a statement's wait for a lock."""

    def init_connection_state(self) -> None:
        """Set the time limit for every statement of the connection."""
        super().init_connection_state()
        with self.connection.cursor() as cursor:
            cursor.execute(PATIENCE)
