"""A site of each staff zone that runs: two web processes and a worker, with JSON logs and numbers for Prometheus."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from desist.embedded import Cluster
from desist.embedded.throwaway import throwaway_cluster
from desist.running import deploy, static
from desist.sites import Site, Zone
from desist.zones import alive
from desist.zones.alive import Process
from tests import tables
from tests.processes import free_port
from tests.running.window import PATIENCE, serving
from tests.seen.wire import asked

ALL = Counter({Process.WEB: 2, Process.WORKER: 1})
ZONES = (Zone.PROGRAMME, Zone.PARTNERSHIP, Zone.ADVOCACY, Zone.COMMISSION)


@dataclass(frozen=True)
class Sites:
    """The sites, their folder, and the port of the first one's numbers."""

    cluster: Cluster
    listed: tuple[Site, ...]
    metrics: int

    @property
    def folder(self) -> Path:
        return self.cluster.folder

    def environment(self, site: Site) -> dict[str, str]:
        """The environment of a process of a site."""
        own = {"DESIST_ZONE": site.zone.value, "DESIST_LOGS": "json", "DESIST_WEB_PROCESSES": "2"}
        return {**own, "DESIST_METRICS_PORT": str(self.metrics)}


@pytest.fixture(scope="package")
def sites() -> Iterator[Sites]:
    """The four sites, migrated; none runs."""
    listed = tuple(Site(f"north-{zone}", zone, f"North {zone}", port=free_port()) for zone in ZONES)
    with throwaway_cluster() as cluster:
        tables.founded(cluster.folder, listed, on=date(2026, 3, 2))
        static.collect(listed[0], cluster.folder)
        yield Sites(cluster, listed, _free_ports(len(listed)))


@pytest.fixture(scope="package")
def running(sites: Sites) -> Iterator[Sites]:
    """The four sites, at work."""
    processes = []
    for site in sites.listed:
        told = sites.environment(site)
        processes.append(serving(site, sites.folder, **told))
        environment = {**os.environ, **deploy.environment(site, sites.folder, demo=True), **told}
        log = (sites.folder / "log" / f"{site.name}-worker.log").open("wb")
        processes.append(
            subprocess.Popen(
                [sys.executable, "-m", "desist.zones.worker"],
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        )
        log.close()
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DESIST_DATA", str(sites.folder))
            for site in sites.listed:
                asked(site, "/health", patience=PATIENCE)
                _until_all_live(site)
        yield sites
    finally:
        for one in processes:
            os.killpg(one.pid, signal.SIGKILL)
            one.wait()


def _until_all_live(site: Site) -> None:
    """Wait until both web processes and the worker are at work: the first may answer before the second has begun."""
    until = time.monotonic() + PATIENCE
    while Counter(one.process for one in alive.living(site=site.name)) != ALL:
        assert time.monotonic() < until, f"{site.name} has not all its processes"
        time.sleep(0.05)


def _free_ports(number: int) -> int:
    while True:
        first = free_port()
        try:
            for port in range(first + 1, first + number):
                socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return first
