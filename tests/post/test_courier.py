"""The courier between two real databases: exactly once, blind, and no route waits for another."""

import logging
import os
import signal
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests import clock, database
from tests.database import APP, COURIER

from desist import sites
from desist.embedded import Cluster
from desist.post import courier
from desist.post.courier import Courier
from desist.post.routes import Route
from desist.sites import Site, Zone

THERE, BACK = Route("police", "programme"), Route("programme", "police")
AT = clock.in_sql()
NOWHERE = "postgresql://courier@/nowhere?host=/nonexistent"
PUT = f"INSERT INTO post_outbox (ref, receiver, kind, sealed, at, tries, error) VALUES (%s, %s, 'k', 's', {AT}, 0, '')"


class Two:
    """A police site and a programme, each with its database, and how logins reach them."""

    def __init__(self, server: Cluster, databases: dict[str, str]) -> None:
        self.server, self.databases = server, databases

    def address(self, site: str, login: str = COURIER) -> str:
        return str(self.server.url(login, self.databases[site]))

    def ask(self, site: str, query: str, *values: object) -> list[Any]:
        with psycopg.connect(self.address(site, APP), autocommit=True) as connection:
            cursor = connection.execute(query.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def send(self, sender: str = "police", receiver: str = "programme", count: int = 1) -> None:
        for _ in range(count):
            self.ask(sender, PUT, uuid.uuid4(), receiver)

    def arrived(self, site: str = "programme") -> int:
        return int(self.ask(site, "SELECT count(*) FROM post_inbox")[0][0])

    def waiting(self, site: str = "police") -> int:
        return int(self.ask(site, "SELECT count(*) FROM post_outbox WHERE sent_at IS NULL")[0][0])


@pytest.fixture(scope="module")
def both(django_db_setup: None, server: Cluster) -> Iterator[Two]:
    with database.copied(server, "police") as police, database.copied(server, "programme") as programme:
        yield Two(server, {"police": police, "programme": programme})


@pytest.fixture
def two(both: Two) -> Two:
    """The two sites with nothing on its way."""
    for name in both.databases.values():
        with both.server.connect(name) as superuser:
            superuser.execute("TRUNCATE post_outbox, post_inbox")
    return both


@pytest.fixture
def carrier(two: Two) -> Iterator[Courier]:
    addresses = {site: partial(two.address, site) for site in two.databases}
    carrier = Courier(routes=[THERE, BACK], addresses=addresses)
    yield carrier
    carrier.close()


def test_an_envelope_is_carried_with_its_senders_name(two: Two, carrier: Courier) -> None:
    two.send()

    assert carrier.round(now=0) == 1

    assert two.waiting() == 0
    ((sender, sealed),) = two.ask("programme", "SELECT sender, sealed FROM post_inbox")
    assert (sender, sealed) == ("police", b"s")


def test_what_was_carried_is_not_carried_again(two: Two, carrier: Courier) -> None:
    two.send()
    carrier.round(now=0)

    assert carrier.round(now=1) == 0


def test_an_envelope_offered_again_arrives_once(two: Two, carrier: Courier) -> None:
    two.send()
    carrier.round(now=0)
    two.ask("police", "UPDATE post_outbox SET sent_at = NULL")

    assert carrier.round(now=1) == 1

    assert two.arrived() == 1


def test_an_envelope_counts_as_sent_only_after_it_arrived(two: Two, carrier: Courier) -> None:
    two.send()

    carrier.round(now=0)

    ((sent_at,),) = two.ask("police", "SELECT sent_at FROM post_outbox")
    ((arrived_at,),) = two.ask("programme", "SELECT arrived_at FROM post_inbox")
    assert sent_at > arrived_at


def test_many_envelopes_go_in_batches(two: Two, carrier: Courier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courier, "BATCH", 3)
    two.send(count=5)

    assert [carrier.round(now=0), carrier.round(now=0), carrier.round(now=0)] == [3, 2, 0]

    assert two.arrived() == 5


def test_an_envelope_that_is_to_wait_waits(two: Two, carrier: Courier) -> None:
    two.send()
    two.ask("police", "UPDATE post_outbox SET next_at = 'infinity'")

    assert carrier.round(now=0) == 0


def test_an_envelope_to_nobody_known_stays(two: Two, carrier: Courier) -> None:
    two.send(receiver="file-partner")

    assert carrier.round(now=0) == 0

    assert two.waiting() == 1


def test_a_site_that_is_down_delays_only_its_own(two: Two) -> None:
    addresses: dict[str, Callable[[], str]] = {
        "police": partial(two.address, "police"),
        "programme": partial(two.address, "programme"),
        "advocacy": lambda: NOWHERE,
    }
    carrier = Courier(routes=[Route("police", "advocacy"), THERE], addresses=addresses)
    two.send(receiver="advocacy")
    two.send()

    assert carrier.round(now=0) == 1

    carrier.close()
    ((tries, error),) = two.ask("police", "SELECT tries, error FROM post_outbox WHERE receiver = 'advocacy'")
    assert (tries, error) == (1, "The courier cannot bring it (OperationalError); it keeps trying.")


def test_a_route_rests_longer_each_time_and_says_so_once(two: Two, caplog: pytest.LogCaptureFixture) -> None:
    places = {"police": two.address("police"), "programme": NOWHERE}
    carrier = Courier(routes=[THERE], addresses={name: partial(places.__getitem__, name) for name in places})
    two.send()

    with caplog.at_level(logging.WARNING):
        for now in (0.0, 0.1, 0.25, 0.5, 0.74, 0.75):
            carrier.round(now=now)

    assert two.ask("police", "SELECT tries FROM post_outbox") == [(3,)]
    assert caplog.messages == ["No envelope goes from police to programme (OperationalError)."]
    places["programme"] = two.address("programme")
    with caplog.at_level(logging.WARNING):
        assert carrier.round(now=100) == 1
    assert caplog.messages[1:] == ["Envelopes go from police to programme again."]
    assert two.ask("police", "SELECT error FROM post_outbox") == [("",)]
    carrier.close()


def test_a_pause_has_an_end(two: Two) -> None:
    carrier = Courier(routes=[THERE], addresses={"police": lambda: NOWHERE, "programme": lambda: NOWHERE})

    for now in range(0, 1000, 50):
        carrier.round(now=now)

    assert carrier._pauses[THERE].seconds == courier.LONGEST_PAUSE


def test_a_cut_connection_is_made_anew(two: Two, carrier: Courier) -> None:
    carrier.round(now=0)
    with two.server.connect() as superuser:
        superuser.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'courier'")
    two.send()

    carrier.wait(0)
    carried = carrier.round(now=10) + carrier.round(now=20)

    assert carried == 1


def test_writing_to_an_outbox_wakes_the_courier(two: Two, carrier: Courier) -> None:
    carrier.round(now=0)
    writer = threading.Timer(0.2, two.send)
    writer.start()
    began = time.monotonic()

    carrier.wait(30)

    assert time.monotonic() - began < 10
    writer.join()
    assert carrier.round(now=1) == 1


def test_two_couriers_do_not_double(two: Two, carrier: Courier) -> None:
    two.send(count=3)
    source = psycopg.connect(two.address("police"))
    claimed = source.execute(courier.CLAIM, ["programme", 2]).fetchall()

    carried = carrier.round(now=0)

    source.close()
    assert (len(claimed), carried) == (2, 1)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT kind FROM post_outbox",
        "SELECT * FROM post_outbox",
        "DELETE FROM post_outbox",
        "UPDATE post_outbox SET sealed = ''",
        "UPDATE post_outbox SET receiver = 'elsewhere'",
        "INSERT INTO post_outbox (ref, receiver, kind, sealed, at, tries, error) VALUES (gen_random_uuid(), '', '', '', '2026-03-03', 0, '')",
        "SELECT ref FROM post_inbox",
        "SELECT count(*) FROM post_inbox",
        "UPDATE post_inbox SET handled_at = '2026-03-03'",
        "DELETE FROM post_inbox",
        "SELECT * FROM post_partner",
        "SELECT * FROM post_byhandtask",
        "SELECT * FROM wall_auditevent",
        "SELECT * FROM accounts_account",
        "CREATE TABLE own (id int)",
        "TRUNCATE post_outbox",
    ],
)
def test_the_courier_may_do_nothing_but_carry(both: Two, statement: str) -> None:
    with (
        psycopg.connect(both.address("police")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement.encode())


def test_the_courier_may_read_no_table_but_the_outbox(both: Two) -> None:
    with psycopg.connect(both.address("police")) as connection:
        readable = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v') "
            "AND has_any_column_privilege(oid, 'SELECT')"
        ).fetchall()

    assert readable == [("post_outbox",)]


class StoppedError(Exception):
    """The test has seen enough."""


def stop(number: int, frame: object) -> None:
    raise StoppedError


def test_the_process_carries_between_the_sites_of_its_folder(
    two: Two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    police, programme = (
        Site("police", Zone.PARTNERSHIP, "Police"),
        Site("programme", Zone.PROGRAMME, "Programme"),
    )
    sites.write_sites(folder=tmp_path, sites=[police, programme])
    monkeypatch.setenv("DESIST_DATA", str(tmp_path))
    for site in two.databases:
        monkeypatch.setenv(f"DESIST_COURIER_{site.upper()}_DATABASE_URL", two.address(site))
    two.send()

    def stop_once_it_was_sent() -> None:
        while two.waiting():
            time.sleep(0.05)
        time.sleep(0.3)  # by then the courier rests
        os.kill(os.getpid(), signal.SIGUSR1)

    before = signal.signal(signal.SIGUSR1, stop)
    threading.Thread(target=stop_once_it_was_sent).start()
    try:
        with pytest.raises(StoppedError):
            courier.main()
    finally:
        signal.signal(signal.SIGUSR1, before)

    assert two.arrived() == 1
