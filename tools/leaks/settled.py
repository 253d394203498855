"""Waiting until no envelope is on its way."""

import time

from tools.leaks.running import Area

PATIENCE = 60.0  # seconds
LOOK = 0.3
ON_ITS_WAY = """
    SELECT (SELECT count(*) FROM post_outbox WHERE sent_at IS NULL AND tries = 0)
         + (SELECT count(*) FROM post_inbox WHERE handled_at IS NULL AND dead_at IS NULL AND tries = 0)
"""


def wait(area: Area) -> bool:
    """Wait until every envelope was carried and handled, or tried; False where that takes too long."""
    end = time.monotonic() + PATIENCE
    while _waiting(area):
        if time.monotonic() > end:
            return False
        time.sleep(LOOK)
    return True


def _waiting(area: Area) -> int:
    count = 0
    for site in area.staffed:
        with area.cluster.connect(site.database) as connection:
            row = connection.execute(ON_ITS_WAY).fetchone()
            count += row[0] if row else 0
    return count
