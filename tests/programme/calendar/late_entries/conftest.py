"""A session that has begun and has no record yet."""

import pytest
from tests.programme import factories
from tests.programme.calendar.late_entries.saying import moment, span

from desist.programme.episodes.models import Episode
from desist.programme.sessions.models import Session


@pytest.fixture
def begun(episode: Episode) -> Session:
    """A session that was planned for three days ago and has no record; the person was accepted eight days ago."""
    Episode.objects.filter(pk=episode.pk).update(opened_at=moment(8, 11))
    episode.refresh_from_db()
    return factories.session(episode=episode, period=span(3), room=factories.room())
