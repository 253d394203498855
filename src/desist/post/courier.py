"""The courier: `python -m desist.post.courier`, a process that carries sealed envelopes from outbox to inbox.

It holds both transactions open: claim in the sender's outbox, put into the receiver's inbox and commit there, then mark
as sent and commit here. A courier killed before the first commit has changed nothing. Killed between the two, it offers
the envelope again, and the inbox, which knows its id, ignores it. A failed route rests for a while, longer each time,
and delays no other route. Notifications wake the courier, and it also looks by itself.
"""

import logging
import select
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import psycopg
from setproctitle import setproctitle

from desist import logs, pulse, sites
from desist.post import routes
from desist.post.routes import Route
from desist.postgresql.silence import watch

BATCH = 100
LOOK = 1.0  # seconds between looks without a notification
SHORTEST_PAUSE, LONGEST_PAUSE = 0.25, 30.0  # seconds
SILENCE = 6.0  # seconds without a word of a database that was asked, after which its connection is ended

#: A site that does not answer may hold the courier up this long; then its route rests.
PATIENCE: Mapping[str, Any] = {"connect_timeout": 3, "tcp_user_timeout": 5000}
#: The time limit of a statement, in milliseconds: set by a statement, since poolers refuse it at the start.
HURRY = "SET statement_timeout = 5000; SET lock_timeout = 2000; LISTEN post_outbox"

CLAIM = (
    "SELECT id, ref, sealed, at FROM post_outbox "
    "WHERE receiver = %s AND sent_at IS NULL AND (next_at IS NULL OR next_at <= now()) "
    "ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED"
)
PUT = "INSERT INTO post_inbox (ref, sender, sealed, at) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"
#: The moment after the receiver's commit, not the start of the transaction: a backup may lie between the two.
MARK = "UPDATE post_outbox SET sent_at = clock_timestamp(), error = '' WHERE id = ANY(%s)"
NOTE = (
    "UPDATE post_outbox SET tries = tries + 1, error = %s "
    "WHERE id = (SELECT min(id) FROM post_outbox WHERE receiver = %s AND sent_at IS NULL)"
)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pause:
    """A failed route rests until a moment of the monotonic clock."""

    until: float
    seconds: float


class Courier:
    """The courier along `routes`; `addresses` gives the database of a site, read anew each time."""

    def __init__(self, *, routes: Sequence[Route], addresses: Mapping[str, Callable[[], str]]) -> None:
        """Keep the routes; connect to no database yet."""
        self.routes = routes
        self._addresses = addresses
        self._connections: dict[str, psycopg.Connection] = {}
        self._pauses: dict[Route, Pause] = {}

    def round(self, *, now: float) -> int:
        """Try every route that is not resting, once; returns how many envelopes were carried."""
        due = [
            route for route in self.routes if route not in self._pauses or self._pauses[route].until <= now
        ]
        return sum(self._try(route, now) for route in due)

    def wait(self, seconds: float) -> None:
        """Rest until an outbox rings or the time is over."""
        live = [connection for connection in self._connections.values() if not connection.closed]
        select.select(live, [], [], seconds)
        for connection in live:
            with suppress(psycopg.Error):  # a broken connection is made anew on its next use
                for _ in connection.notifies(timeout=0):
                    pass

    def close(self) -> None:
        """Close every connection."""
        for connection in self._connections.values():
            connection.close()

    def _try(self, route: Route, now: float) -> int:
        try:
            source, target = self._reach(route.sender), self._reach(route.receiver)
            with watch.asking(source):
                carried = carry(route, source, target)
        except psycopg.Error as failure:
            self._rest(route, type(failure).__name__, now)
            return 0
        if self._pauses.pop(route, None):
            log.warning("Envelopes go from %s to %s again.", route.sender, route.receiver)
        return carried

    def _reach(self, name: str) -> psycopg.Connection:
        known = self._connections.get(name)
        if known is not None and not known.closed:
            return known
        fresh = psycopg.connect(self._addresses[name](), autocommit=True, **PATIENCE)
        with watch.asking(fresh):
            fresh.execute(HURRY)
        self._connections[name] = fresh
        return fresh

    def _rest(self, route: Route, failure: str, now: float) -> None:
        before = self._pauses.get(route)
        seconds = min(before.seconds * 2, LONGEST_PAUSE) if before else SHORTEST_PAUSE
        self._pauses[route] = Pause(now + seconds, seconds)
        if before is None:
            log.warning("No envelope goes from %s to %s (%s).", route.sender, route.receiver, failure)
        with suppress(psycopg.Error):  # where the sender itself is down, no note can be written
            source = self._reach(route.sender)
            with watch.asking(source):
                source.execute(
                    NOTE, [f"The courier cannot bring it ({failure}); it keeps trying.", route.receiver]
                )


def carry(route: Route, source: psycopg.Connection, target: psycopg.Connection) -> int:
    """Carry one batch along a route; returns how many. Raises psycopg.Error."""
    with source.transaction():
        claimed = source.execute(CLAIM, [route.receiver, BATCH]).fetchall()
        if claimed:
            with watch.asking(target), target.transaction(), target.cursor() as cursor:
                cursor.executemany(PUT, [(ref, route.sender, sealed, at) for _, ref, sealed, at in claimed])
            source.execute(MARK, [[row[0] for row in claimed]])
    return len(claimed)


def main() -> None:
    """Carry until killed: SIGTERM may end the process at any moment without loss.

    A handler that raises would not work: psycopg replaces its error by that of a server that is stopping too.
    """
    setproctitle("desist courier")
    logs.begin()
    turns = pulse.Turns()
    pulse.start(turns.go_on)
    watch.start(SILENCE)
    folder = sites.data_folder()
    stops = routes.stops(folder)
    courier = Courier(
        routes=routes.between(stops),
        addresses={site.name: partial(routes.address, site, folder) for site in stops},
    )
    try:
        while True:
            turns.begin()
            if not courier.round(now=time.monotonic()):
                courier.wait(LOOK)
    finally:
        courier.close()


if __name__ == "__main__":  # pragma: no cover -- covered as a process, where nothing measures
    main()
