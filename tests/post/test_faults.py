"""Whatever is killed, and wherever: no envelope is lost, none is handled twice, none can be read on its way."""

import os
import signal
import time
from collections.abc import Iterator

import pytest
from tests.post.town.town import COURIER, FAR, POLICE, PROGRAMME, WORKER, Process, Town

from desist.sites import Site

pytestmark = [pytest.mark.processes, pytest.mark.slow]

WORDS = 2000  # each is answered


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    town = Town(tmp_path_factory.mktemp("town"))
    try:
        town.found()
        yield town
    finally:
        town.close()


@pytest.fixture
def staff(town: Town) -> Iterator[dict[str, Process]]:
    """The courier and every site's worker; all are gone after the test."""
    staff = {"courier": Process(town, COURIER)} | {
        site.name: Process(town, WORKER, site) for site in (POLICE, PROGRAMME, FAR)
    }
    yield staff
    for process in staff.values():
        process.kill()


def assert_exactly_once(town: Town, receiver: Site, prefix: str, count: int) -> None:
    """Every word sent was handled once by its receiver, and its answer once by the police."""
    once = {f"{prefix}-{number}": 1 for number in range(count)}
    assert town.tally(receiver, prefix) == once
    assert town.tally(POLICE, prefix) == once


def everywhere(town: Town, receiver: Site, prefix: str, count: int) -> bool:
    return town.handled(POLICE, prefix) == town.handled(receiver, prefix) == count


def test_four_thousand_envelopes_survive_kills_at_every_edge_of_a_commit(
    town: Town, staff: dict[str, Process]
) -> None:
    feeder = Process(
        town, "tests.post.town.feed", POLICE, (PROGRAMME.name, "edge", str(WORDS)), iter(range(1, 6))
    )
    staff["courier"].deaths = iter([*range(1, 25), *range(31, 400, 37)])
    for name in (POLICE.name, PROGRAMME.name):
        staff[name].deaths = iter([*range(1, 9), *range(101, 1000, 101)])
    del staff[FAR.name]
    fed = lambda: town.ask(POLICE, "SELECT count(*) FROM fed WHERE word LIKE 'edge-%'") == [(WORDS,)]  # noqa: E731

    town.tend_until(fed, [feeder, *staff.values()])
    feeder.kill()
    town.tend_until(lambda: everywhere(town, PROGRAMME, "edge", WORDS), list(staff.values()))

    assert_exactly_once(town, PROGRAMME, "edge", WORDS)
    assert feeder.died >= 5
    assert min(process.died for process in staff.values()) >= 10


def test_no_envelope_shows_what_it_says(town: Town, staff: dict[str, Process]) -> None:
    town.feed(PROGRAMME, "PLANTED", 20)
    files = [path for path in (town.folder / "log").rglob("*") if path.is_file()]

    ((shown,),) = town.ask(
        POLICE,
        "SELECT count(*) FROM post_outbox WHERE position('PLANTED'::bytea in sealed) > 0 "
        "OR position('withdrawn'::bytea in sealed) > 0",
    )

    assert shown == 0
    assert not any(b"PLANTED" in path.read_bytes() for path in [*files, town.folder / "processes.log"])


def test_a_destination_that_is_down_delays_only_its_own(town: Town, staff: dict[str, Process]) -> None:
    everyone = list(staff.values())
    with town.cluster.connect() as superuser:
        superuser.execute("ALTER DATABASE far_programme ALLOW_CONNECTIONS false")
        superuser.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'far_programme'"
        )
        town.feed(FAR, "far", 100)
        town.feed(PROGRAMME, "near", 100)

        town.tend_until(lambda: everywhere(town, PROGRAMME, "near", 100), everyone)

        waiting = "SELECT count(*), max(tries) > 0 FROM post_outbox WHERE receiver = 'far-programme' AND sent_at IS NULL"
        assert town.ask(POLICE, waiting) == [(100, True)]
        superuser.execute("ALTER DATABASE far_programme ALLOW_CONNECTIONS true")
    town.tend_until(lambda: everywhere(town, FAR, "far", 100), everyone)
    assert_exactly_once(town, FAR, "far", 100)
    assert_exactly_once(town, PROGRAMME, "near", 100)


def test_nothing_is_lost_when_the_postmaster_is_killed(town: Town, staff: dict[str, Process]) -> None:
    everyone = list(staff.values())
    town.feed(PROGRAMME, "crash", 600)
    for part in (50, 200, 400):
        town.tend_until(lambda: town.handled(PROGRAMME, "crash") >= part, everyone)  # noqa: B023 -- used in this turn
        os.kill(int((town.cluster.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        while not town.cluster.died():
            time.sleep(0.02)
        town.cluster.start()

    town.tend_until(lambda: everywhere(town, PROGRAMME, "crash", 600), everyone)

    assert_exactly_once(town, PROGRAMME, "crash", 600)


def back_up_the_programme(town: Town) -> None:
    """Copy its database as it stands, once nobody is connected to it."""
    with town.cluster.connect() as superuser:
        superuser.execute("ALTER DATABASE town_programme ALLOW_CONNECTIONS false")
        superuser.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'town_programme'"
        )
        superuser.execute("CREATE DATABASE backup_of_it TEMPLATE town_programme OWNER town_programme_owner")
        superuser.execute("ALTER DATABASE town_programme ALLOW_CONNECTIONS true")


def test_a_site_restored_from_an_older_backup_is_offered_again_what_it_lost(
    town: Town, staff: dict[str, Process]
) -> None:
    everyone = list(staff.values())
    town.feed(PROGRAMME, "before", 200)
    town.tend_until(lambda: everywhere(town, PROGRAMME, "before", 200), everyone)
    staff[PROGRAMME.name].kill()
    back_up_the_programme(town)
    town.feed(PROGRAMME, "after", 300)
    town.tend_until(lambda: everywhere(town, PROGRAMME, "after", 300), everyone)

    for process in everyone:
        process.kill()
    with town.cluster.connect() as superuser:
        superuser.execute("DROP DATABASE town_programme WITH (FORCE)")
        superuser.execute("ALTER DATABASE backup_of_it RENAME TO town_programme")
        superuser.execute("REVOKE ALL ON DATABASE town_programme FROM PUBLIC")
        superuser.execute("GRANT CONNECT ON DATABASE town_programme TO town_programme_app, courier")
    assert town.handled(PROGRAMME, "after") == 0
    assert town.start(POLICE, "tests.post.town.reoffer", PROGRAMME.name).wait(60) == 0
    town.tend_until(lambda: everywhere(town, PROGRAMME, "after", 300), everyone)
    waiting = "SELECT count(*) FROM post_inbox WHERE handled_at IS NULL"
    unsent = "SELECT count(*) FROM post_outbox WHERE sent_at IS NULL"
    town.tend_until(
        lambda: all(
            town.ask(site, query) == [(0,)] for site in (POLICE, PROGRAMME) for query in (waiting, unsent)
        ),
        everyone,
    )

    assert_exactly_once(town, PROGRAMME, "before", 200)
    assert_exactly_once(town, PROGRAMME, "after", 300)
