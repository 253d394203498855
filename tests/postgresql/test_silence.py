"""A server that says nothing is not waited for without end, and is not asked again at once."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import cast

import psycopg
import pytest
from django.db import OperationalError, connection

from desist.postgresql import base, silence
from desist.postgresql.base import DatabaseWrapper, NotConfirmed
from desist.postgresql.silence import Silent, Watch

pytestmark = pytest.mark.django_db


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """A watch of the process whose looks the test itself makes."""
    watch = Watch(patience=2.0)
    monkeypatch.setattr(base, "watch", watch)
    return watch


@pytest.fixture
def apart(watch: Watch) -> Iterator[DatabaseWrapper]:
    """A connection of its own, which may be cut."""
    apart = cast("DatabaseWrapper", connection.copy())
    yield apart
    apart.close()


def while_it_is_silent(watch: Watch, ask: Callable[[], object]) -> None:
    """Ask, while looks are made as fast as can be until the asker has an answer or an error."""
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.01):
            watch.look()

    looking = threading.Thread(target=look)
    looking.start()
    try:
        ask()
    finally:
        over.set()
        looking.join()


def query(apart: DatabaseWrapper, statement: str) -> object:
    with apart.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def test_a_statement_that_is_not_answered_ends_with_an_error_as_if_the_server_had_gone(
    watch: Watch, apart: DatabaseWrapper
) -> None:
    query(apart, "SET statement_timeout = 0")

    with pytest.raises(OperationalError):
        while_it_is_silent(watch, lambda: query(apart, "SELECT pg_sleep(60)"))


def test_the_server_itself_ends_a_statement_before_its_asker_loses_patience(
    watch: Watch, apart: DatabaseWrapper
) -> None:
    with pytest.raises(OperationalError, match="statement timeout"):
        query(apart, "SELECT pg_sleep(60)")


def test_after_silence_nobody_asks_for_a_moment_and_then_one_finds_out(
    watch: Watch, monkeypatch: pytest.MonkeyPatch, apart: DatabaseWrapper
) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    with pytest.raises(psycopg.errors.ConnectionTimeout), watch.connecting():
        raise psycopg.errors.ConnectionTimeout
    with pytest.raises(Silent), watch.connecting():
        pass
    with pytest.raises(OperationalError, match="did not answer a moment ago"):
        query(apart, "SELECT 1")

    now[0] += silence.REST

    with watch.connecting(), pytest.raises(Silent), watch.connecting():
        pass  # while one finds out, no other does
    with watch.connecting(), watch.connecting():
        pass  # it answers again


def test_a_server_that_refuses_is_not_taken_for_silent(watch: Watch) -> None:
    with pytest.raises(psycopg.OperationalError), watch.connecting():
        raise psycopg.OperationalError

    with watch.connecting():
        pass


def test_a_server_that_could_not_be_reached_is_told_until_it_is_or_for_a_minute(
    watch: Watch, monkeypatch: pytest.MonkeyPatch, apart: DatabaseWrapper
) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    told = [watch.troubled]

    for failure in (psycopg.OperationalError, psycopg.errors.ConnectionTimeout):
        with pytest.raises(failure), watch.connecting():
            raise failure
        told.append(watch.troubled)
        now[0] += silence.REST
        with watch.connecting():
            pass
        told.append(watch.troubled)
    with pytest.raises(OperationalError):
        while_it_is_silent(watch, lambda: query(apart, "SELECT pg_sleep(60)"))
    told.append(watch.troubled)
    now[0] += silence.TOLD
    told.append(watch.troubled)

    assert told == [False, True, False, True, False, True, False]


def test_an_answer_in_time_ends_nothing(watch: Watch, apart: DatabaseWrapper) -> None:
    query(apart, "SELECT 1")

    for _ in range(100):
        watch.look()

    query(apart, "SELECT 1")


def test_a_question_within_another_has_its_own_time(watch: Watch, apart: DatabaseWrapper) -> None:
    query(apart, "SELECT 1")
    raw = apart.connection

    with watch.asking(raw), watch.asking(raw, within=100):
        for _ in range(20):
            watch.look()
        raw.execute("SELECT 1")


def test_where_nobody_looks_nothing_is_noted(monkeypatch: pytest.MonkeyPatch, apart: DatabaseWrapper) -> None:
    idle = Watch()
    monkeypatch.setattr(base, "watch", idle)

    assert query(apart, "SHOW statement_timeout") == "0"


def test_a_change_that_the_server_did_not_confirm_is_in_doubt(watch: Watch, apart: DatabaseWrapper) -> None:
    apart.set_autocommit(False)
    query(apart, "SELECT 1")
    with socket.socket(fileno=os.dup(apart.connection.fileno())) as wire:
        wire.shutdown(socket.SHUT_RDWR)

    with pytest.raises(NotConfirmed):
        apart.commit()


def test_a_connection_that_was_never_made_has_nothing_to_keep(apart: DatabaseWrapper) -> None:
    apart.commit()
    apart.rollback()
    assert not apart.is_usable()


def test_looks_are_made_by_themselves_once_they_have_begun() -> None:
    run = (
        "import threading; from desist.postgresql import silence; silence.LOOK = 0.01\n"
        "looked = threading.Event(); silence.Watch.look = lambda _: looked.set()\n"
        "watch = silence.Watch(); watch.start(7.0); assert looked.wait(20) and watch.patience == 7.0"
    )

    subprocess.run([sys.executable, "-c", run], check=True)
