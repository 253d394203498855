"""The worker of one site: handles what arrived, seals the audit, and keeps the head outside the database."""

import logging
import os
import select
import time

from django.db.backends.base.base import BaseDatabaseWrapper

from desist.zones import start

IDLE = 1.0  # seconds between looks when nothing rings
SEAL_EVERY = 1.0
FORGET_EVERY = 600.0
PAUSE = 1.0  # seconds after the database was out of reach

log = logging.getLogger(__name__)


def run() -> None:
    """Work until killed: SIGTERM ends it where it stands, which is safe at any moment.

    A handler that raised would not do: psycopg puts the error of a server that is stopping too in its place.
    """
    start.main()
    from django.db import Error, connection

    while True:
        try:
            _work()
        except Error as failure:
            log.warning("The database cannot be used (%s); trying again.", type(failure).__name__)
            connection.close()
            time.sleep(PAUSE)


def _work() -> None:
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from desist import deployment
    from desist.post import inbox, outbox
    from desist.wall import seals

    head = deployment.head_file(settings.DESIST_SITE)
    with connection.cursor() as cursor:
        cursor.execute("LISTEN post_inbox")
    sealed_at, forgot_at = 0.0, -FORGET_EVERY
    while True:
        handled = inbox.handle_waiting(at=timezone.now())
        if time.monotonic() - sealed_at >= SEAL_EVERY:
            seals.write_head(head, seals.seal())
            sealed_at = time.monotonic()
        if time.monotonic() - forgot_at >= FORGET_EVERY:
            outbox.forget(sent_before=timezone.now() - settings.DESIST_KEEP_SENT)
            forgot_at = time.monotonic()
        if not handled:
            _rest(connection)


def _rest(connection: BaseDatabaseWrapper) -> None:
    """Wait until an envelope rings or the time is over."""
    raw = connection.connection
    if raw is None:
        time.sleep(IDLE)
        return
    select.select([raw], [], [], IDLE)
    for _ in raw.notifies(timeout=0):
        pass


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"desist.zones.{os.environ.get('DESIST_ZONE', '')}")
    run()
