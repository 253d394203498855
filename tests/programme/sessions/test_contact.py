"""After which missed sessions someone has to ask how the person is, also where they were entered afterwards."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.sessions import contact
from desist.programme.sessions.models import BEFOREHAND, Session
from desist.programme.sessions.reached import UNCONTACTED

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def entered(episode: Episode, *, days: float, number: int = 1, **fields: Any) -> Session:
    """A session that was missed so many days before the person was accepted, and entered afterwards."""
    start = episode.opened_at - timedelta(days=days)
    period = TimestamptzRange(start, start + timedelta(hours=1))
    row = factories.missed(episode=episode, number=number, period=period, **fields)
    factories.entered(session=row)
    return row


@pytest.mark.parametrize("days", [0.1, 3, 6.9])
def test_who_vanished_just_before_the_acceptance_is_asked_about(
    kit_browser: Client, episode: Episode, days: float
) -> None:
    row = entered(episode, days=days)

    after = contact.after_missing(row, by="", at=NOW)

    assert list(Session.objects.filter(UNCONTACTED)) == [row]
    assert after
    assert after.due
    assert f"/sessions/{row.ref}/" in kit_browser.get("/").content.decode()


def test_what_was_past_its_days_when_the_person_was_accepted_asks_for_no_contact(
    kit_browser: Client, episode: Episode
) -> None:
    row = entered(episode, days=7.1)

    after = contact.after_missing(row, by="", at=NOW)

    assert not Session.objects.filter(UNCONTACTED).exists()
    assert list(Session.objects.filter(BEFOREHAND)) == [row]
    assert after
    assert not after.due
    assert f"/sessions/{row.ref}/" not in kit_browser.get("/").content.decode()
    page = text(kit_browser.get(f"/sessions/{row.ref}/"))
    assert "so nobody here is asked to" in page
    assert "was due by" not in page


def test_what_was_planned_here_is_asked_about_however_long_ago(episode: Episode) -> None:
    start = episode.opened_at - timedelta(days=30)
    row = factories.missed(episode=episode, period=TimestamptzRange(start, start + timedelta(hours=1)))

    after = contact.after_missing(row, by="", at=NOW)

    assert list(Session.objects.filter(UNCONTACTED)) == [row]
    assert after
    assert after.due
