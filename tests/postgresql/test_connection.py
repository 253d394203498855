"""What a connection reads is what Django's own would have read."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

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
