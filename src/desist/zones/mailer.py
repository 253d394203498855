"""The worker's second thread: whatever waits for a mail server, so that a silent one holds up nothing else."""

import logging
import threading
import time

from django.conf import settings
from django.db import connection
from django.utils import timezone

from desist.accounts.mailing import commands
from desist.zones import worker

LOOK = 1.0  # seconds between looks
CHORES_EVERY, FORGET_EVERY = 20.0, 600.0  # seconds
PAUSE = 5.0  # seconds after a failure

log = logging.getLogger(__name__)


def begin() -> None:
    """Start the thread, which ends with the process: whatever it was about to send is sent by the next one."""
    threading.Thread(target=_run, name="mailer", daemon=True).start()


def _run() -> None:
    while True:
        try:
            _work()
        except Exception as failure:  # noqa: BLE001 -- the thread must live on
            log.warning("E-mails cannot be sent now (%s); trying again.", type(failure).__name__)
            connection.close()
            time.sleep(PAUSE)


def _work() -> None:
    chores_at = forgot_at = float("-inf")
    while True:
        sent = commands.send_next(at=timezone.now())
        if time.monotonic() - chores_at >= CHORES_EVERY:
            worker.do_chores(getattr(settings, "DESIST_MAIL_CHORES", ()), at=timezone.now())
            chores_at = time.monotonic()
        if time.monotonic() - forgot_at >= FORGET_EVERY:
            commands.forget(before=timezone.now() - commands.KEPT)
            forgot_at = time.monotonic()
        if not sent:
            time.sleep(LOOK)
