"""Numbers about a site's health for Prometheus, on a port of this machine alone; none counts or names a person.

Every label takes its value from a fixed list (LABELS): no path, route, partner, account or reference is one.
"""

import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import Error, connection

from desist import deployment, sites
from desist.sites import Zone
from desist.zones import alive, condition
from desist.zones.alive import Process
from desist.zones.condition import Queue

if TYPE_CHECKING:
    from prometheus_client.core import Metric

#: the one address that is listened on: no other machine can ask
ADDRESS = "127.0.0.1"
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)  # seconds

log = logging.getLogger(__name__)


class Kind(StrEnum):
    """What is asked for, and no nearer."""

    PAGE = "page"
    FORM = "form"
    ACCOUNT = "account"
    STATIC = "static"


class Status(StrEnum):
    """What was answered, and no nearer."""

    GOOD = "2xx"
    MOVED = "3xx"
    REFUSED = "4xx"
    FAILED = "5xx"


#: label -> every value that it may take
LABELS: Mapping[str, frozenset[str]] = {
    "zone": frozenset(Zone),
    "kind": frozenset(Kind),
    "status": frozenset(Status),
    "queue": frozenset(Queue),
    "process": frozenset(Process),
}
STATUSES = {2: Status.GOOD, 3: Status.MOVED, 4: Status.REFUSED}

Observer = Callable[[Kind, int, float], None]
_observers: list[Observer] = []


def observe(kind: Kind, status: int, seconds: float) -> None:
    """Count one answer, where numbers are wanted."""
    for observer in _observers:
        observer(kind, status, seconds)


def count_requests() -> None:
    """Begin to count in this web process, where DESIST_METRICS_PORT is set; several share a folder of counts."""
    if deployment.metrics_port(settings.DESIST_SITE) is None:
        return
    folder = deployment.metrics_folder(settings.DESIST_SITE)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)  # read when the library is imported
    from prometheus_client import Counter, Histogram  # noqa: PLC0415 -- see above

    zone = settings.DESIST_ZONE
    times = Histogram("desist_request_seconds", "Time of answers", ["zone", "kind"], buckets=BUCKETS)
    answers = Counter("desist_answers", "Answers by their status", ["zone", "status"])

    def observer(kind: Kind, status: int, seconds: float) -> None:
        times.labels(zone, kind.value).observe(seconds)
        answers.labels(zone, STATUSES.get(status // 100, Status.FAILED).value).inc()

    _observers[:] = [observer]


def serve() -> None:
    """Answer Prometheus from a thread of this process, where DESIST_METRICS_PORT is set."""
    port = deployment.metrics_port(settings.DESIST_SITE)
    if port is None:
        return
    from prometheus_client import CollectorRegistry, start_http_server  # noqa: PLC0415 -- only where it is wanted
    from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415 -- see above

    folder = deployment.metrics_folder(settings.DESIST_SITE)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(folder))  # type: ignore[no-untyped-call]  # the library has no type here
    registry.register(SiteCollector())
    try:
        start_http_server(port, addr=ADDRESS, registry=registry)
    except OSError as failure:
        log.warning(
            "Nothing answers Prometheus: port %s of %s cannot be used (%s).", port, ADDRESS, failure.strerror
        )


class SiteCollector:
    """What a site says of itself when it is asked."""

    def __init__(self) -> None:
        """Ask the database once at a time, so that a silent one holds up one thread."""
        self._asking = threading.Lock()

    def describe(self) -> "Iterable[Metric]":
        """Nothing beforehand: the library would ask the database for it."""
        return ()

    def collect(self) -> "Iterable[Metric]":
        """Every number, with those of the database where it answers."""
        at = datetime.now(UTC)
        told = Told(settings.DESIST_ZONE)
        running = alive.living(site=settings.DESIST_SITE)
        for process in Process:
            beats = [one.beat for one in running if one.process is process]
            told.gauge("processes", "Processes that run", len(beats), process=process)
            if process is Process.WORKER and beats:
                told.gauge("worker_idle_seconds", "Since the worker's last round", _seconds(at, max(beats)))
        told.gauge(
            "disk_free_bytes", "Room left for the data folder", shutil.disk_usage(sites.data_folder()).free
        )
        if saved := deployment.last_backup(settings.DESIST_SITE):
            told.gauge("backup_age_seconds", "Since the last backup", _seconds(at, saved))
        told.gauge("database_up", "Whether the database answers", self._of_database(told, at))
        return told.families

    def _of_database(self, told: "Told", at: datetime) -> int:
        if not self._asking.acquire(blocking=False):
            return 0
        try:
            found = condition.condition(at=at)
        except Error:
            return 0
        finally:
            connection.close()
            self._asking.release()
        for one in found.waiting:
            told.gauge("waiting", "What waits in a queue", one.number, queue=one.queue)
            told.gauge(
                "oldest_seconds", "How long the oldest waits", one.oldest.total_seconds(), queue=one.queue
            )
        told.gauge("dead_envelopes", "Envelopes given up", found.dead)
        told.gauge("unsealed_seconds", "How long the audit waits for a seal", found.unsealed.total_seconds())
        return 1


class Told:
    """The numbers of one answer."""

    def __init__(self, zone: str) -> None:
        """No number yet."""
        self.zone = zone
        self.families: list[Metric] = []
        self._known: dict[str, Callable[[list[str], float], None]] = {}

    def gauge(self, name: str, what: str, value: float, **labels: StrEnum) -> None:
        """Add a number; several of one name differ in a label."""
        if name not in self._known:
            from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415 -- only where it is wanted

            family = GaugeMetricFamily(f"desist_{name}", what, labels=["zone", *labels])
            self.families.append(family)
            self._known[name] = family.add_metric
        self._known[name]([self.zone, *(label.value for label in labels.values())], value)


def _seconds(at: datetime, since: datetime) -> float:
    return max((at - since).total_seconds(), 0.0)
