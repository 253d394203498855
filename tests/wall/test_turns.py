"""A turn is one person's at a time, and free again whatever happened in it."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from desist.wall.turns import KEY, Taken, turn

pytestmark = pytest.mark.django_db


@pytest.fixture
def another(db: None) -> Iterator[BaseDatabaseWrapper]:
    """The connection of someone else."""
    own = connection.copy()
    with closing(own):
        yield own


def can_have(another: BaseDatabaseWrapper, what: str) -> bool:
    """Whether someone else could have the turn now; it is theirs until `another` is closed."""
    with another.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock({KEY})", [what])
        (had,) = cursor.fetchone()
    return bool(had)


def test_nobody_else_has_a_turn_until_it_ends_and_another_name_is_another_turn(
    another: BaseDatabaseWrapper,
) -> None:
    with turn("referrals of North"):
        assert not can_have(another, "referrals of North")
        assert can_have(another, "referrals of South")

    assert can_have(another, "referrals of North")


def test_a_turn_is_free_again_after_what_was_done_in_it_failed(another: BaseDatabaseWrapper) -> None:
    with pytest.raises(ZeroDivisionError), turn("referrals of North"):
        raise ZeroDivisionError

    assert can_have(another, "referrals of North")


def test_whoever_waited_too_long_is_told_and_nothing_was_done(another: BaseDatabaseWrapper) -> None:
    assert can_have(another, "referrals of North")

    with pytest.raises(Taken), turn("referrals of North", patience=0.05):
        pytest.fail("someone else has the turn")


def test_what_else_stops_the_waiting_is_not_taken_for_somebody_elses_turn(
    another: BaseDatabaseWrapper,
) -> None:
    assert can_have(another, "referrals of North")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '50ms'")

    with pytest.raises(OperationalError, match="statement timeout"), turn("referrals of North"):
        pytest.fail("someone else has the turn")
