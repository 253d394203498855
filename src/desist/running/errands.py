"""Tasks run once for a site, in a process forked from one that has the libraries loaded: half the time of a new one."""

import os
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path

from desist import addresses
from desist.running import deploy, preload
from desist.running.children import Child, fork
from desist.sites import Site

LOOK = 0.02  # seconds

assert preload.LOADED, "loaded before the first fork"  # noqa: S101 -- gives the reason of the import


@dataclass(frozen=True)
class Errand:
    """A module of ours whose `main` is run for a site, with one of its logins; `demo`: as the demo's own."""

    site: Site
    module: str
    login: str = "app"
    demo: bool = False


def run(folder: Path, errands: Iterable[Errand], *, done: Callable[[Errand], None] = lambda _: None) -> None:
    """Run all of them, as many at a time as there are processors; `done` is called after each. Raises StepFailed.

    The calling process must have no thread, no connection and no settings.
    """
    waiting, running = deque(errands), dict[int, Errand]()
    failed: list[Errand] = []
    while running or (waiting and not failed):
        while waiting and not failed and len(running) < (os.cpu_count() or 1):
            errand = waiting.popleft()
            running[fork(_child(folder, errand))] = errand
        for pid in list(running):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                errand = running.pop(pid)
                (failed.append if status else done)(errand)
        time.sleep(LOOK)
    for errand in failed:
        raise deploy.failed(errand.site, errand.module, log=_log(folder, errand))


def _child(folder: Path, errand: Errand) -> Child:
    told = deploy.environment(errand.site, folder, login=errand.login, demo=errand.demo)
    knows = addresses.own(errand.site)
    return Child(errand.module, partial(_run, errand.module), told, _log(folder, errand), knows)


def _log(folder: Path, errand: Errand) -> Path:
    return folder / "log" / f"{errand.site.name}-{errand.module.rpartition('.')[2]}.log"


def _run(module: str) -> None:
    try:
        import_module(module).main()
    except Exception:  # noqa: BLE001 -- the last frame of a process: any error goes into the log
        os.write(2, traceback.format_exc().encode())
        raise SystemExit(1) from None
