"""Named as ENGINE in DATABASES: this very name, `base.DatabaseWrapper`, is what Django looks for."""

from django.db.backends.postgresql import base

#: Nobody waits for a lock without end: after so long a page says so. Set by a statement, since poolers refuse it at the start.
PATIENCE = "SET lock_timeout = '5s'"


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with a limit on how long a statement waits for a lock."""

    def init_connection_state(self) -> None:
        """What every statement of the connection goes by."""
        super().init_connection_state()
        with self.connection.cursor() as cursor:
            cursor.execute(PATIENCE)
