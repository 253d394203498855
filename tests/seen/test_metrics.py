"""What Prometheus is told: numbers of processes, queues and times, with labels from fixed lists alone."""

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from desist import deployment
from desist.privatefile import SettingError
from desist.running import deploy
from desist.zones import metrics
from tests.seen.conftest import Sites
from tests.seen.wire import asked

pytestmark = [pytest.mark.slow, pytest.mark.processes]

AGO = "TIMESTAMPTZ '2026-03-02 12:00+00'"
WAITING = (
    "INSERT INTO post_outbox (ref, receiver, kind, sealed, at, tries, error) "
    f"VALUES (gen_random_uuid(), 'nobody', 'referral', '', {AGO}, 0, '')"
)
DEAD = (
    "INSERT INTO post_inbox (ref, sender, sealed, at, arrived_at, dead_at) "
    f"VALUES (gen_random_uuid(), 'nobody', '', {AGO}, {AGO}, {AGO})"
)
#: the numbers that each site must tell
TOLD = {
    *("desist_processes", "desist_worker_idle_seconds", "desist_disk_free_bytes", "desist_database_up"),
    *("desist_waiting", "desist_oldest_seconds", "desist_dead_envelopes", "desist_unsealed_seconds"),
    *("desist_request_seconds", "desist_answers"),
}

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def scrape(port: int) -> str:
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    wire.request("GET", "/metrics")
    text = wire.getresponse().read().decode()
    wire.close()
    return text


def samples(text: str) -> Samples:
    families = text_string_to_metric_families(text)
    return {
        (one.name, frozenset(one.labels.items())): one.value for family in families for one in family.samples
    }


def unlisted(text: str) -> list[str]:
    """The values of labels that are in no fixed list; the bounds of times are numbers."""
    return [
        f"{name}: {label} is {value}"
        for name, labels in samples(text)
        for label, value in sorted(labels)
        if value not in metrics.LABELS.get(label, ())
        and not (label == "le" and value.replace("+Inf", "0").replace(".", "").isdigit())
    ]


@pytest.fixture(scope="module")
def told(running: Sites) -> Iterator[list[str]]:
    """What each site tells after people, strangers and machines asked it for much."""
    for site in running.listed:
        for path in ("/", "/account/sign-in/", "/people/abcdefghij/", "/health", "/static/nothing.js"):
            asked(site, f"{path}?of=PLANTED")
        asked(site, "/PLANTED/", method="POST", body="name=PLANTED")
    with running.cluster.connect(running.listed[0].database) as connection:
        for statement in (WAITING, DEAD, DEAD):
            connection.execute(statement)
    yield [scrape(running.metrics + number) for number in range(len(running.listed))]
    with running.cluster.connect(running.listed[0].database) as connection:
        connection.execute("DELETE FROM post_outbox")
        connection.execute("DELETE FROM post_inbox")


def test_no_label_takes_a_value_outside_its_list(told: list[str]) -> None:
    assert [found for text in told for found in unlisted(text)] == []
    assert "PLANTED" not in "".join(told)
    for text in told:
        assert {family.name for family in text_string_to_metric_families(text)} - {
            "desist_backup_age_seconds"
        } == TOLD


@pytest.mark.parametrize(
    "planted",
    [
        'desist_answers_total{status="2xx",path="/people/abcdefghij/"} 1.0\n',
        'desist_answers_total{status="404"} 1.0\n',
        'desist_waiting{queue="northmere-programme"} 1.0\n',
        'desist_request_seconds_bucket{le="Sam"} 1.0\n',
    ],
)
def test_a_label_with_another_value_is_found(planted: str) -> None:
    assert unlisted(planted)


def test_what_waits_is_dead_and_runs_is_told(told: list[str]) -> None:
    found = samples(told[0])
    zone = ("zone", "programme")

    assert found["desist_database_up", frozenset({zone})] == 1
    assert found["desist_waiting", frozenset({zone, ("queue", "outbox")})] == 1
    assert found["desist_oldest_seconds", frozenset({zone, ("queue", "outbox")})] > 86400
    assert found["desist_oldest_seconds", frozenset({zone, ("queue", "inbox")})] == 0
    assert found["desist_dead_envelopes", frozenset({zone})] == 2
    assert found["desist_processes", frozenset({zone, ("process", "web")})] == 2
    assert found["desist_processes", frozenset({zone, ("process", "worker")})] == 1
    assert found["desist_worker_idle_seconds", frozenset({zone})] < 60


def test_answers_are_counted_over_all_web_processes_by_kind_and_class_of_status(running: Sites) -> None:
    site, before = running.listed[1], samples(scrape(running.metrics + 1))
    for _ in range(8):
        asked(site, "/account/sign-in/")
    asked(site, "/nowhere/PLANTED/")
    asked(site, "/health")
    after = samples(scrape(running.metrics + 1))

    def more(name: str, **labels: str) -> float:
        key = name, frozenset({"zone": "partnership", **labels}.items())
        return after[key] - before.get(key, 0)

    assert more("desist_answers_total", status="2xx") == 8
    assert more("desist_answers_total", status="4xx") == 1
    assert more("desist_request_seconds_count", kind="account") == 8
    assert more("desist_request_seconds_count", kind="page") == 1


def test_it_answers_on_this_machine_alone(running: Sites) -> None:
    listening = []
    for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]:
        address, state = line.split()[1], line.split()[3]
        if state == "0A" and int(address.partition(":")[2], 16) == running.metrics:
            listening.append(address.partition(":")[0])

    assert listening == ["0100007F"]


def test_a_database_that_hangs_is_told_and_does_not_stop_the_numbers(running: Sites) -> None:
    with running.cluster.connect() as superuser:
        superuser.execute(f"ALTER DATABASE {running.listed[3].database} ALLOW_CONNECTIONS false")
        superuser.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [running.listed[3].database],
        )
        try:
            found = samples(scrape(running.metrics + 3))
        finally:
            superuser.execute(f"ALTER DATABASE {running.listed[3].database} ALLOW_CONNECTIONS true")

    assert found["desist_database_up", frozenset({("zone", "commission")})] == 0
    assert ("desist_processes", frozenset({("zone", "commission"), ("process", "web")})) in found


@pytest.mark.parametrize(
    ("given", "said"), [("0.0.0.0:9900", "Write a port of this machine"), ("99999", "Write a port of this")]
)
def test_no_other_address_can_be_named(monkeypatch: pytest.MonkeyPatch, given: str, said: str) -> None:
    monkeypatch.setenv("DESIST_METRICS_PORT", given)

    with pytest.raises(SettingError, match=said):
        deployment.metrics_port("north-programme")


def test_a_site_does_not_start_with_such_an_address(sites: Sites) -> None:
    site = sites.listed[0]
    told = {
        **os.environ,
        **deploy.environment(site, sites.folder, demo=True),
        "DESIST_METRICS_PORT": "0.0.0.0:9",
    }

    start = subprocess.run(
        [sys.executable, "-m", "desist.zones.start"], env=told, capture_output=True, text=True, check=False
    )

    assert start.returncode == 1
    assert "DESIST_METRICS_PORT is '0.0.0.0:9'. Write a port of this machine" in start.stderr


def test_the_port_of_a_site_is_refused(monkeypatch: pytest.MonkeyPatch, sites: Sites) -> None:
    monkeypatch.setenv("DESIST_DATA", str(sites.folder))
    monkeypatch.setenv("DESIST_METRICS_PORT", str(sites.listed[0].port))

    with pytest.raises(SettingError, match="where North programme is"):
        deployment.metrics_port("north-programme")


def test_nothing_listens_unless_a_port_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESIST_METRICS_PORT", raising=False)

    assert deployment.metrics_port("north-programme") is None
