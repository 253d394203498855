"""The web process of one site."""

import multiprocessing
import os
from functools import partial

from django.core.handlers.wsgi import WSGIHandler
from django.utils.module_loading import import_string
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from desist.running.children import end_with

#: seconds for which the one that answers may take its time to stop: less than who stops this process has patience
PATIENCE = 4


def serve() -> None:
    """Serve the site that the environment names, until told to stop."""
    # granian's worker is forked from this process, so that it shares its memory.
    multiprocessing.set_start_method("fork", force=True)
    Granian(
        "desist.zones.wsgi:application",
        address=os.environ.get("DESIST_ADDRESS", "127.0.0.1"),
        port=int(os.environ["DESIST_PORT"]),
        interface=Interfaces.WSGI,
        workers=1,  # one memory, in which it is known which form waits for which
        blocking_threads=int(os.environ.get("DESIST_THREADS", "4")),
        websockets=False,
        workers_kill_timeout=PATIENCE,
        log_level=LogLevels.warning,
        process_name=None,
    ).serve(target_loader=partial(_load, os.getpid()))


def _load(parent: int, target: str) -> WSGIHandler:
    """In granian's worker: what it calls. Of its parent it has the answer to a signal, which here would be none."""
    end_with(parent)
    application: WSGIHandler = import_string(target.replace(":", "."))
    return application
