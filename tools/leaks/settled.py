"""Waiting until no envelope is on its way."""

import time

from tools.leaks.running import Area, NothingToSearch

PATIENCE = 300.0  # seconds
LOOK = 0.3
ON_ITS_WAY = """
    SELECT (SELECT count(*) FROM post_outbox WHERE sent_at IS NULL AND tries = 0)
         + (SELECT count(*) FROM post_inbox WHERE handled_at IS NULL AND dead_at IS NULL AND tries = 0)
"""


def wait(area: Area) -> None:
    """Wait until every envelope was carried and handled, or tried. Raises NothingToSearch where that takes too long."""
    end = time.monotonic() + PATIENCE
    while count := _waiting(area):
        if time.monotonic() > end:
            raise NothingToSearch(
                f"{count} envelopes are still on their way. Try again when the machine is quiet."
            )
        time.sleep(LOOK)


def _waiting(area: Area) -> int:
    count = 0
    for site in area.staffed:
        with area.cluster.connect(site.database) as connection:
            row = connection.execute(ON_ITS_WAY).fetchone()
            count += row[0] if row else 0
    return count
