"""One process that starts a deployment's processes, keeps them running, and stops them together."""

import contextlib
import http.client
import logging
import logging.handlers
import math
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path
from types import FrameType

from setproctitle import setproctitle

from desist import addresses, logs
from desist.embedded import ClusterError
from desist.embedded.cluster import Cluster
from desist.post import courier
from desist.public import serve
from desist.running import children, deploy, handover, preload, web
from desist.running.children import LONGEST_PAUSE, LOOK, Child, Nursery, keep
from desist.sites import Site, Zone
from desist.zones import start, worker

#: The time in which a web process must answer after its start.
PATIENCE = 30.0
NOT_HERE = (
    "desist: Nothing was restarted: the embedded database ends with this process. Stop `./desist up`, and start it "
    "again.\n"
)
NOT_READY = (
    "desist: Nothing was restarted: the reasons stand above. The processes that run go on answering. Mend it, then "
    "send the signal again.\n"
)
#: the seconds that PostgreSQL has to run for its next end to be a new one
STEADY = 10.0

log = logging.getLogger(__name__)

assert preload.LOADED, "loaded before the first fork"  # noqa: S101 -- gives the reason of the import


class DoesNotAnswer(Exception):
    """A site's web process did not come up; the text names its log."""


@dataclass(frozen=True)
class Deployment:
    """The sites to run and their folder; `demo` offers sign-in by name."""

    folder: Path
    sites: Sequence[Site]
    demo: bool = False

    def children(self) -> list[Child]:
        """One process a staff site, with a web process and a worker below it; the public site; and one courier."""
        staff = [site for site in self.sites if site.zone is not Zone.PUBLIC]
        found = [self._site(site) for site in staff]
        found += [self._public(site) for site in self.sites if site.zone is Zone.PUBLIC]
        return [*found, self._courier()]

    def _courier(self) -> Child:
        knows = {addresses.courier_variable(site) for site in self.sites}
        log = self.folder / "log" / "courier.log"
        return Child("courier", courier.main, {"DESIST_DATA": str(self.folder)}, log, knows)

    def _site(self, site: Site) -> Child:
        below = [self._child(f"{site.name}-web", web.serve, site)]
        if site.shares is None:
            below.append(self._child(f"{site.name}-worker", worker.run, site))
        return self._child(site.name, partial(keep, below, load=start.load), site)

    def _public(self, site: Site) -> Child:
        """The process of the public site, which is files: it has no database, no login and no key."""
        beside = handover.BEFORE in os.environ
        run = partial(serve.serve, self.folder / "public", port=site.port or 0, beside=beside)
        return Child(f"{site.name}-web", run, {}, self.folder / "log" / f"{site.name}-web.log")

    def _child(self, name: str, run: Callable[[], None], site: Site) -> Child:
        environment = deploy.environment(site, self.folder, demo=self.demo)
        return Child(name, run, environment, self.folder / "log" / f"{name}.log", addresses.own(site))


class Supervisor:
    """Runs a deployment until it is told to stop."""

    def __init__(self, deployment: Deployment, cluster: Cluster | None) -> None:
        """Keep the deployment and start no process yet; the cluster runs, where a site needs the embedded one."""
        self.deployment = deployment
        self.cluster = cluster
        self.nursery = Nursery(deployment.children())
        self._before = handover.before()
        self._stopping = False
        self._renewing = False
        self._revived, self._pause = 0.0, 0.0

    def start(self) -> None:
        """Start every process and wait until every site answers, or SIGINT or SIGTERM comes. Raises DoesNotAnswer."""
        setproctitle("desist supervisor")
        _speak(self.deployment.folder / "log" / "supervisor.log")
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGUSR2, self._renew)
        self.nursery.start()
        for site in self.deployment.sites:
            if site.zone is not Zone.PUBLIC:
                self._wait_for(site)
        self._end_those_before()

    def run(self) -> None:
        """Keep every process running until SIGINT or SIGTERM."""
        while not self._stopping:
            if self.cluster is not None:
                self._tend(self.cluster)
            self.nursery.watch()
            if self._renewing:
                self._hand_over()
            time.sleep(LOOK)

    def stop(self) -> None:
        """Stop every process."""
        self.nursery.stop()
        self._end_those_before()

    def _tend(self, cluster: Cluster) -> None:
        """Start PostgreSQL again where it ended: at once, and after growing pauses for as long as it ends again."""
        lived = time.monotonic() - self._revived
        if not cluster.died():
            if self._pause and lived > STEADY:
                log.warning("PostgreSQL runs again.")
                self._pause = 0.0
            return
        if lived < self._pause:
            return
        log.warning("PostgreSQL ended and is started again: %s", cluster.last_words())
        self._revived = time.monotonic()
        self._pause = min(1.3 * self._pause or LOOK, LONGEST_PAUSE)
        try:
            cluster.revive()
        except ClusterError as error:
            log.warning("PostgreSQL cannot be started: %s", error)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self._stopping = True

    def _renew(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self._renewing = True

    def _hand_over(self) -> None:
        """Become the program as it is now, unless that would not start."""
        self._renewing = False
        if self.cluster is not None and self.cluster.mine:
            sys.stderr.write(NOT_HERE)
        elif not handover.would_start():
            sys.stderr.write(NOT_READY)
        else:
            handover.take_over(self.nursery.pids().values())

    def _end_those_before(self) -> None:
        """Let the children of the version before finish what they have, and end."""
        children.end(self._before, patience=children.PATIENCE)
        self._before = []

    def _wait_for(self, site: Site) -> None:
        """Wait until a site answers; while the version before does, for as long as it takes. Raises DoesNotAnswer."""
        end = time.monotonic() + PATIENCE
        name = addresses.hosts(site, listed=self.deployment.sites)[0]
        while not (self._stopping or self._serves(site, name)):
            if time.monotonic() > end:
                log = self.deployment.folder / "log" / f"{site.name}-web.log"
                sentence = f"{site.title} does not answer on port {site.port}. {log} says why."
                if not self._before:
                    raise DoesNotAnswer(sentence)
                sys.stderr.write(
                    f"desist: The new version of {sentence} The version before goes on answering.\n"
                )
                end = math.inf
            if self._before:
                self.nursery.watch()
            time.sleep(0.05)

    def _serves(self, site: Site, name: str) -> bool:
        """Whether the site answers, and its answers are not those of the version before alone."""
        new = not self._before or handover.listens(self.nursery.pids().get(site.name, 0), site.port or 0)
        return new and _answers(site, name)


def _speak(path: Path) -> None:
    """Say what happens to the processes on the screen and in a log of its own; a full disk keeps nobody from going on."""
    logging.raiseExceptions = False
    ours = logging.getLogger("desist.running")
    ours.propagate = False
    for said in list(ours.handlers):
        ours.removeHandler(said)
    screen, kept = logging.StreamHandler(), logging.handlers.WatchedFileHandler(path, delay=True)
    for handler, formatter in ((screen, logs.Plain()), (kept, logs.formatter())):
        handler.setFormatter(formatter)
        ours.addHandler(handler)


def _answers(site: Site, name: str) -> bool:
    page = "/begin/" if site.zone is Zone.PARTICIPANT else "/account/sign-in/"
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", site.port or 0, timeout=5)) as connection:
        try:
            connection.request("GET", page, headers={"Host": f"{name}:{site.port}"})
            return connection.getresponse().status == HTTPStatus.OK
        except OSError:
            return False
