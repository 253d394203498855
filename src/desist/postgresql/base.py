"""Named as ENGINE in DATABASES: this very name, `base.DatabaseWrapper`, is what Django looks for."""

import select
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper
from psycopg.types.datetime import TimestamptzLoader

#: Nobody waits for a lock without end: after so long a page says so. Set by a statement, since poolers refuse it at the start.
PATIENCE = "SET lock_timeout = '5s'"


class DatabaseWrapper(base.DatabaseWrapper):
    """Each request may use its thread's connection of the last one."""

    _standing: CursorWrapper | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection[Any]:
        """A connection that reads moments by psycopg's own means, in C; Django's call Python for each of them.

        They come in the connection's zone, which is UTC.
        """
        connection: psycopg.Connection[Any] = super().get_new_connection(conn_params)
        connection.adapters.register_loader("timestamptz", TimestamptzLoader)
        return connection

    def init_connection_state(self) -> None:
        """What every statement of the connection goes by."""
        super().init_connection_state()
        with self.connection.cursor() as cursor:
            cursor.execute(PATIENCE)

    def create_cursor(self, name: str | None = None) -> psycopg.Cursor[Any]:
        """A cursor of this process: Django's would ask for the zone of each. None is kept on the server, so no `name`."""
        del name
        cursor: psycopg.Cursor[Any] = self.connection.cursor()
        return cursor

    def standing_cursor(self) -> CursorWrapper:
        """A cursor that stays as long as its connection: to make one costs a fifth of a small question.

        For who asks and reads at once: the next to ask gets the same one. Until then it holds what it found.
        """
        self.validate_thread_sharing()
        self.close_if_health_check_failed()
        self.ensure_connection()
        if self.queries_logged:
            return self.cursor()
        if self._standing is None or self._standing.cursor.connection is not self.connection:
            self._standing = self.cursor()
        return self._standing

    def is_usable(self) -> bool:
        """Whether nobody hung up: a server that stops or dies leaves a farewell or an end to be read.

        Django asks with a query, which costs every request a round trip.
        """
        connection = self.connection
        return connection is not None and not connection.closed and not _waits(connection.fileno())


def _waits(descriptor: int) -> bool:
    """Whether something can be read; between two requests a live connection has nothing to say."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))
