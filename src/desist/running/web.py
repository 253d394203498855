"""The web processes of one site: as many as DESIST_WEB_PROCESSES names, all at one port.

None keeps data of a person, a form or a count: the database holds it all, so that any of them can answer.
"""

import multiprocessing
import os
import shutil
from functools import partial
from wsgiref.types import WSGIApplication

from django.utils.module_loading import import_string
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from setproctitle import getproctitle, setproctitle

from desist import deployment
from desist.running.children import end_with

#: seconds that open answers have to finish at a stop: fewer than the caller that stops this process waits
PATIENCE = 4
#: Threads beside those for the database: requests that wait for one of these take a thread each. They start when needed.
SPARE = 124


def serve() -> None:
    """Serve the site that the environment names, until told to stop."""
    # What ended processes counted belongs to the run before.
    shutil.rmtree(deployment.metrics_folder(os.environ.get("DESIST_SITE", "")), ignore_errors=True)
    # granian's workers are forked from this process, so that they share its memory.
    multiprocessing.set_start_method("fork", force=True)
    Granian(
        "desist.zones.wsgi:application",
        address=os.environ.get("DESIST_ADDRESS", "127.0.0.1"),
        port=int(os.environ["DESIST_PORT"]),
        interface=Interfaces.WSGI,
        workers=deployment.web_processes(),
        respawn_failed_workers=True,
        blocking_threads=deployment.database_threads() + SPARE,
        websockets=False,
        workers_kill_timeout=PATIENCE,
        log_level=LogLevels.warning,
        process_name=f"desist {os.environ['DESIST_SITE']} web",
        log_dictconfig={
            "formatters": {name: {"()": "desist.logs.formatter"} for name in ("generic", "access")}
        },
    ).serve(target_loader=partial(_load, os.getpid()))


def _load(parent: int, target: str) -> WSGIApplication:
    """Return the application for a worker of granian. Reset the parent's signal handler, which has no effect here."""
    setproctitle(
        getproctitle().replace(" worker-", " ")
    )  # granian's word; a worker of ours is another process
    end_with(parent)
    application: WSGIApplication = import_string(target.replace(":", "."))
    return application


if __name__ == "__main__":
    serve()
