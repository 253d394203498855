"""A hold is over while two of the programme's clocks look at it: one of them ends it."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from tests.programme import factories
from tests.waiting import until_somebody_waits

from desist.post.models import Outbox
from desist.programme.episodes.models import Episode
from desist.programme.leaving import commands
from desist.programme.leaving.models import Leaving

UNTIL = timezone.now()


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits, seen from two connections."""


def released() -> list[int]:
    """How many each of two clocks ended, which both found the hold over before either had the person's row."""
    counts: list[int] = []

    def release() -> None:
        try:
            counts.append(commands.release_due(at=UNTIL))
        finally:
            connection.close()

    clocks = [threading.Thread(target=release) for _ in range(2)]
    with transaction.atomic():
        Episode.objects.select_for_update().get()
        for clock in clocks:
            clock.start()
        until_somebody_waits(2)
    for clock in clocks:
        clock.join()
    return sorted(counts)


def test_a_hold_that_two_clocks_find_over_ends_once_and_the_referrer_hears_it_once(episode: Episode) -> None:
    factories.leaving(episode=episode, held_until=UNTIL)

    counts = released()

    episode.refresh_from_db()
    leaving = Leaving.objects.get()
    assert counts == [0, 1]
    assert (leaving.state, leaving.ended_at, episode.state, episode.version) == ("ended", UNTIL, "left", 2)
    assert [envelope.kind for envelope in Outbox.objects.all()] == ["progress-notice"]
