"""Two web processes serve one site from one database: neither knows anything that the other does not."""

import os
import re
import signal
import threading
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import psycopg
import pytest
from tests import tables
from tests.processes import free_port
from tests.processes import until as once
from tests.running.window import Window, serving, until

from desist.accounts.searching import LIMIT
from desist.embedded import Cluster
from desist.embedded.throwaway import throwaway_cluster
from desist.running import deploy, static
from desist.sites import Site, Zone

pytestmark = [pytest.mark.slow, pytest.mark.processes]

SITES = tuple(
    Site("northmere-programme", Zone.PROGRAMME, "Northmere service", port=free_port()) for _ in range(2)
)
OWN = (
    "SELECT s.ref, r.ref, p.name FROM programme_session s JOIN programme_episode e ON e.id = s.episode_id "
    "JOIN programme_referral r ON r.id = e.referral_id "
    "JOIN programme_allocation a ON a.episode_id = e.id "
    "JOIN programme_practitioner p ON p.id = a.practitioner_id "
    "WHERE s.state = 'planned' AND a.ended_at IS NULL AND p.ref LIKE 'staff%%' ORDER BY s.period LIMIT 1"
)
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"
CALL = {
    "party": "person",
    "who": "",
    "held_on-day": "20",
    "held_on-month": "11",
    "held_on-year": "2026",
    "held_time": "10:00",
    "begun": "them",
    "way": "telephone",
    "purpose": "support",
    "outcome": "spoke",
    "words": "Rang about the weekend.",
    "form_submission": "both",
}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A programme with synthetic people, served by two processes."""
    with throwaway_cluster() as cluster:
        tables.founded(cluster.folder, SITES[:1], on=date(2026, 3, 2))
        deploy.run_in(SITES[0], cluster.folder, "tools.synthetic.load")
        static.collect(SITES[0], cluster.folder)
        running = [serving(one, cluster.folder) for one in SITES]
        try:
            yield cluster
        finally:
            for one in running:
                os.killpg(one.pid, signal.SIGKILL)
                one.wait()


@pytest.fixture
def database(cluster: Cluster) -> Iterator[psycopg.Connection]:
    with cluster.connect(SITES[0].database) as connection:
        yield connection


@pytest.fixture
def case(database: psycopg.Connection) -> tuple[str, str, str]:
    """A planned session, the referral of its person, and whose person it is."""
    row = database.execute(OWN).fetchone()
    assert row is not None
    return row


@pytest.fixture
def windows(case: tuple[str, str, str]) -> tuple[Window, Window]:
    """The same browser, answered by the one process and by the other."""
    one, other = (Window(site.port or 0) for site in SITES)
    until(200, other, "/account/sign-in/")
    page = until(200, one, "/account/sign-in/")
    grant = re.search(r'<button[^>]*value="(\d+)"[^>]*>\s*' + re.escape(case[2]), page)
    assert grant is not None
    one.ask("POST", "/account/sign-in/", grant=grant[1])
    other.cookies = one.cookies
    return one, other


def together(
    database: psycopg.Connection, lock: str, row: str, *clicks: Callable[[], tuple[int, str]]
) -> list[tuple[int, str]]:
    """What each click is answered, where all have come before the first is answered: both wait for the row."""
    answers: list[Any] = [None] * len(clicks)

    def click(number: int) -> None:
        answers[number] = clicks[number]()

    threads = [threading.Thread(target=click, args=[number]) for number in range(len(clicks))]
    with database.transaction():
        database.execute(lock, [row])
        for thread in threads:
            thread.start()
        once(lambda: waiting(database) == len(clicks) or None not in answers, 30)
        assert answers == [None] * len(clicks)
    for thread in threads:
        thread.join(30)
    return answers


def waiting(database: psycopg.Connection) -> int:
    database.execute(
        "SELECT pg_stat_clear_snapshot()"
    )  # else a transaction sees who waited at its first look
    row = database.execute(WAITING, [SITES[0].database]).fetchone()
    assert row is not None
    return int(row[0])


def test_a_double_click_across_both_makes_one_row_and_leads_to_one_place(
    database: psycopg.Connection, windows: tuple[Window, Window], case: tuple[str, str, str]
) -> None:
    page = f"/contacts/{case[1]}/note/"
    assert windows[0].ask("GET", page)[0] == 200
    windows[1].token = windows[0].token

    answers = together(
        database,
        "SELECT 1 FROM programme_referral WHERE ref = %s FOR UPDATE",
        case[1],
        *(lambda one=one: one.ask("POST", page, **CALL) for one in windows),
    )

    assert [status for status, _ in answers] == [302, 302]
    kept = database.execute("SELECT count(*) FROM programme_contact WHERE words = %s", [CALL["words"]])
    assert kept.fetchone() == (1,)


def test_of_two_who_save_one_record_one_is_saved_and_the_other_told(
    database: psycopg.Connection, windows: tuple[Window, Window], case: tuple[str, str, str]
) -> None:
    page = f"/sessions/{case[0]}/record/"
    for one in windows:
        assert one.ask("GET", page)[0] == 200
    sent = [
        {"work_done": words, "form_version": windows[0].version, "form_submission": words}
        for words in ("First words", "Other words")
    ]

    answers = together(
        database,
        "SELECT 1 FROM programme_session WHERE ref = %s FOR UPDATE",
        case[0],
        *(
            lambda one=one, form=form: one.ask("POST", page, **form)
            for one, form in zip(windows, sent, strict=True)
        ),
    )

    assert sorted(status for status, _ in answers) == [302, 422]
    saved = database.execute("SELECT work_done FROM programme_session WHERE ref = %s", [case[0]]).fetchone()
    assert saved is not None
    told, typed = next(
        (page, form["work_done"]) for (status, page), form in zip(answers, sent, strict=True) if status == 422
    )
    assert saved[0] != typed
    assert typed in told


def test_a_sign_out_at_one_ends_the_session_at_the_other_at_once(windows: tuple[Window, Window]) -> None:
    one, other = windows
    other.cookies = dict(one.cookies)
    assert other.ask("GET", "/account/")[0] == 200

    assert one.ask("POST", "/account/sign-out/", sure="yes")[0] == 302

    assert other.ask("GET", "/account/")[0] == 302


def test_searches_are_counted_together(windows: tuple[Window, Window]) -> None:
    for one in windows:
        assert one.ask("GET", "/search/")[0] == 200
    answers = [
        windows[number % 2].ask("POST", "/search/", search="Nobodyatall")[0] for number in range(LIMIT)
    ]

    refused = [one.ask("POST", "/search/", search="Nobodyatall") for one in windows]

    assert set(answers) == {302}
    assert [status for status, _ in refused] == [422, 422]
    assert "You have searched 60 times within an hour" in refused[0][1]
