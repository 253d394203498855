"""What a connection reads is what Django's own would have read."""

from contextlib import closing
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from django.db import DataError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desist.postgresql.base import DatabaseWrapper

pytestmark = pytest.mark.django_db


@given(st.datetimes(timezones=st.timezones()).filter(lambda moment: 1 < moment.year < 9999))
@example(datetime(2026, 3, 29, 1, 30, tzinfo=UTC))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_moment_comes_back_as_the_same_moment_in_utc(moment: datetime) -> None:
    moment = moment.astimezone(UTC)  # an hour that a clock leaps over equals nothing, in Python
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz, tstzrange(%s::timestamptz, NULL)", [moment, moment])
        alone, period = cursor.fetchone()

    assert alone == moment
    assert alone.tzinfo is UTC
    assert period.lower == moment


def test_many_rows_can_be_read_in_portions() -> None:
    """With `iterator`, for which Django would keep a cursor on the server."""
    from django.contrib.contenttypes.models import ContentType

    assert len(list(ContentType.objects.iterator(chunk_size=2))) == ContentType.objects.count() > 2


def wrapper() -> DatabaseWrapper:
    return cast("DatabaseWrapper", connection)


def one(sql: str, *, on: DatabaseWrapper) -> Any:
    cursor = on.standing_cursor()
    cursor.execute(sql)
    return cursor.fetchone()[0]


def test_a_connection_has_one_cursor_that_stands() -> None:
    assert wrapper().standing_cursor() is wrapper().standing_cursor()


def test_the_standing_cursor_answers_after_a_statement_that_failed_and_on_the_next_connection() -> None:
    own = cast("DatabaseWrapper", connection.copy())
    with closing(own):
        with pytest.raises(DataError):
            one("SELECT 1 / 0", on=own)
        assert one("SELECT 2", on=own) == 2
        before = one("SELECT pg_backend_pid()", on=own)

        own.close()

        assert one("SELECT pg_backend_pid()", on=own) != before


def test_whoever_listens_to_statements_hears_those_of_the_standing_cursor() -> None:
    assert one("SELECT 1", on=wrapper()) == 1

    with CaptureQueriesContext(connection) as heard:
        one("SELECT 2", on=wrapper())

    assert [each["sql"] for each in heard.captured_queries] == ["SELECT 2"]
