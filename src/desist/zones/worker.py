"""The worker of one site: handles what arrived, seals the audit, and keeps the head outside the database."""

import logging
import os
import select
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from desist import pulse
from desist.postgresql.silence import watch
from desist.zones import alive, start

IDLE = 1.0  # seconds between looks when nothing rings
SEAL_EVERY, TRY_SEALING_EVERY = 1.0, 60.0  # seconds: the usual pause, and the one after a failure
FORGET_EVERY = 600.0
CHORES_EVERY = 20.0
PAUSE = 1.0  # seconds after the database was out of reach
PATIENCE = 15.0  # seconds for a statement, which may be longer than a page's

turns = pulse.Turns()

log = logging.getLogger(__name__)


def run() -> None:
    """Work until killed: SIGTERM may end the process at any moment without loss.

    A handler that raises would not work: psycopg replaces its error by that of a server that is stopping too.
    """
    watch.start(PATIENCE)
    start.main(patient=True)
    turns.begin()
    pulse.start(turns.go_on)
    from django.db import Error, connection

    from desist.zones import mailer, metrics

    alive.note(alive.Process.WORKER, site=os.environ["DESIST_SITE"])
    metrics.serve()
    mailer.begin()

    while True:
        turns.begin()
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
    from desist.accounts import session_store
    from desist.post import inbox, outbox

    site = settings.DESIST_SITE
    head, key = deployment.head_file(site), deployment.audit_keys(site)[0]
    inbox.look_again()
    with connection.cursor() as cursor:
        cursor.execute("LISTEN post_inbox")
    seal_at, forgot_at, chores_at = 0.0, -FORGET_EVERY, -CHORES_EVERY
    while True:
        alive.beat()
        turns.begin()
        handled = inbox.handle_waiting(at=timezone.now())
        if time.monotonic() >= seal_at:
            seal_at = time.monotonic() + keep_sealed(head, key=key)
        if time.monotonic() - forgot_at >= FORGET_EVERY:
            now = timezone.now()
            outbox.forget(sent_before=now - settings.DESIST_KEEP_SENT)
            inbox.forget_set_aside(before=now - settings.DESIST_KEEP_SENT)
            session_store.sweep(at=now)
            forgot_at = time.monotonic()
        if time.monotonic() - chores_at >= CHORES_EVERY:
            join_journal(timezone.now())
            do_chores(getattr(settings, "DESIST_CHORES", ()), at=timezone.now())
            chores_at = time.monotonic()
        if not handled:
            _rest(connection)


def keep_sealed(head: Path, *, key: bytes) -> float:
    """Seal the waiting events and keep the head outside; log a failure. Return the pause before the next time.

    An audit that lost sealed events stays as it is, and so does its head: `./desist verify` finds what happened.
    """
    from desist.wall import seals

    try:
        seals.go_on(head, key=key)
    except seals.Broken as broken:
        log.warning(
            "The audit is not sealed any more: %s. Let nobody change anything, run `./desist verify`, and keep the "
            "folder %s and the newest backups apart (docs/howto/audit.md).",
            *(broken, head.parent),
        )
    except OSError as failure:
        log.warning(
            "The audit's head %s cannot be kept (%s). Events are still recorded. Is the disk full?",
            *(head, failure.strerror or type(failure).__name__),
        )
    else:
        return SEAL_EVERY
    return TRY_SEALING_EVERY


def join_journal(at: datetime) -> None:
    """Join to the audit what the journal kept while the database could not be written; log a failure."""
    from django.conf import settings

    from desist import deployment
    from desist.audit import commands
    from desist.wall import actors, journal

    site = settings.DESIST_SITE
    folder, keys = deployment.journal_folder(site), deployment.journal_keys(site)
    try:
        commands.join_journal(actor=actors.clock(), folder=folder, keys=keys, site=site, at=at)
    except (OSError, journal.JournalError) as failure:
        log.warning(
            "The journal in %s cannot be kept ready (%s). Events are still recorded. Is the disk full?",
            *(folder, getattr(failure, "strerror", None) or failure),
        )
        return
    for spoilt in journal.unread(folder):
        log.warning(
            "The journal %s holds events that cannot be opened: they were edited, or half written. Keep the file, and "
            "tell the data protection officer (docs/howto/audit.md).",
            spoilt,
        )


def do_chores(names: Sequence[str], *, at: datetime) -> None:
    """Do a zone's chores by the clock; a chore that fails is tried again the next time, and stops no other."""
    from django.db import Error
    from django.utils.module_loading import import_string

    for name in names:
        try:
            import_string(name)(at=at)
        except Error:
            raise
        except Exception as failure:  # noqa: BLE001 -- the worker must live on
            log.warning("The chore %s failed (%s).", name, type(failure).__name__)


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
