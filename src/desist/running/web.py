"""The web process of one site."""

import multiprocessing
import os

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels


def serve() -> None:
    """Serve the site that the environment names, until told to stop."""
    # granian's worker is forked from this process, so that it shares its memory.
    multiprocessing.set_start_method("fork", force=True)
    Granian(
        "desist.zones.wsgi:application",
        address=os.environ.get("DESIST_ADDRESS", "127.0.0.1"),
        port=int(os.environ["DESIST_PORT"]),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=int(os.environ.get("DESIST_THREADS", "4")),
        websockets=False,
        log_level=LogLevels.warning,
        process_name=None,
    ).serve()
