"""Two connections at one moment: how many wait for what another holds."""

import time

from django.db import connection

WAITING = """
SELECT count(DISTINCT pid) FROM pg_locks
 WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())
"""


def until_somebody_waits(number: int = 1) -> None:
    """Return once so many connections wait for a lock, or after half a minute."""
    with connection.cursor() as cursor:
        for _ in range(600):
            cursor.execute(WAITING)
            if cursor.fetchone()[0] >= number:
                return
            time.sleep(0.05)
