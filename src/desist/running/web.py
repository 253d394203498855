"""The web process of one site."""

import gc
import multiprocessing
import os

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

#: so many new objects may be alive before circles among them are looked for. A page makes some thousands and lets go
#: of nearly all: looking as often as Python does, which is after 700 or 2,000, finds nothing and takes its time.
OBJECTS = 20_000


def serve() -> None:
    """Serve the site that the environment names, until told to stop."""
    gc.set_threshold(OBJECTS)
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
        log_level=LogLevels.warning,
        process_name=None,
    ).serve()
