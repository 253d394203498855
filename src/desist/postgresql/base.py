"""Named as ENGINE in DATABASES: this very name, `base.DatabaseWrapper`, is what Django looks for."""

import select

from django.db.backends.postgresql import base

#: Nobody waits for a lock without end: after so long a page says so. Set by a statement, since poolers refuse it at the start.
PATIENCE = "SET lock_timeout = '5s'"


class DatabaseWrapper(base.DatabaseWrapper):
    """Each request may use its thread's connection of the last one."""

    def init_connection_state(self) -> None:
        """What every statement of the connection goes by."""
        super().init_connection_state()
        with self.connection.cursor() as cursor:
            cursor.execute(PATIENCE)

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
