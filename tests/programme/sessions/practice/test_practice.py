"""The practice log: typed from paper line by line, counted by skill, struck out and never overwritten."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.sessions.practice import queries
from desist.programme.sessions.practice.models import SkillPractice

pytestmark = pytest.mark.django_db

LINE = {"skill": "ride", "helped": "yes", "note": "It fell after ten minutes"}
DAY = {"day-day": "2", "day-month": "3", "day-year": "2026"}


def add(browser: Client, episode: Episode, **changes: str) -> str:
    """Type a line, and return what the page after it says."""
    sent = {**LINE, **DAY, "form_submission": f"{changes}"[:60], **changes}
    return text(browser.post(f"/practice/{episode.ref}/add/", sent, follow=True))


def test_what_was_tried_is_counted_by_skill(kit_browser: Client, episode: Episode) -> None:
    add(kit_browser, episode)
    add(kit_browser, episode, helped="no")
    page = add(kit_browser, episode, skill="facts", helped="worse")

    assert "Ride the urge 2 1 – 1 –" in page
    assert "Check the facts 1 – – – 1" in page
    assert "It fell after ten minutes" in page


def test_a_line_sent_twice_is_kept_once(kit_browser: Client, episode: Episode) -> None:
    add(kit_browser, episode)
    add(kit_browser, episode)

    assert SkillPractice.objects.count() == 1


def test_the_next_line_follows_at_once(kit_browser: Client, episode: Episode) -> None:
    assert "Type a line from the sheet" in add(kit_browser, episode, next="more")


def test_a_line_typed_by_mistake_is_struck_out_and_stays_in_the_history(
    kit_browser: Client, episode: Episode
) -> None:
    add(kit_browser, episode)
    row = SkillPractice.objects.get()

    for _ in range(2):
        page = kit_browser.post(f"/practice/{episode.ref}/strike/{row.ref}/", follow=True)

    assert "Nothing is noted yet" in text(page)
    row.refresh_from_db()
    assert row.struck_at is not None
    assert row.note == "It fell after ten minutes"
    assert queries.by_skill(episode=episode) == ()


def test_a_day_ahead_is_refused(kit_browser: Client, episode: Episode) -> None:
    assert "There is a problem" in add(kit_browser, episode, **{"day-year": "2099"})
    assert not SkillPractice.objects.exists()


def test_what_helped_is_counted_since_a_day(kit_browser: Client, episode: Episode) -> None:
    add(kit_browser, episode)
    row = SkillPractice.objects.get()

    assert [one.times for one in queries.by_skill(episode=episode, since=row.day)] == [1]
    assert queries.by_skill(episode=episode, since=row.day + timedelta(days=1)) == ()


def test_a_skill_that_left_the_catalogue_keeps_its_key(episode: Episode) -> None:
    SkillPractice.objects.create(
        episode=episode,
        day=factories.NOW.date(),
        skill="gone",
        helped="yes",
        submission="x",
        entered_by="kit",
        entered_at=factories.NOW,
    )

    assert queries.by_skill(episode=episode)[0].name == "gone"
