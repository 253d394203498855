"""The feedback on sessions: drawn session by session, and a quiet word before the next one where it was low."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.sessions.models import Session

pytestmark = pytest.mark.django_db


def test_answers_stand_in_a_table_beside_their_pictures(kit_browser: Client, episode: Episode) -> None:
    for number, pace in ((1, 4), (2, 2)):
        held = factories.attended(episode=episode, number=number, method="chain")
        factories.feedback(session=held, pace=pace)
    factories.attended(episode=episode, number=3)

    answer = kit_browser.get(f"/feedback/{episode.ref}/")

    page = text(answer)
    assert "Chain analysis Fully Fully Fully Fully" in page
    assert "Chain analysis Fully Fully A little Fully" in page
    assert "Lower than the time before: a little." in page
    assert answer.content.decode().count("<figure") == 4


def test_before_any_answer_the_page_says_what_will_be_here(kit_browser: Client, episode: Episode) -> None:
    assert "No feedback yet" in text(kit_browser.get(f"/feedback/{episode.ref}/"))


def test_a_low_answer_is_mentioned_while_the_next_session_is_prepared(
    kit_browser: Client, episode: Episode, session: Session
) -> None:
    before = session.period.lower - timedelta(days=7)
    held = factories.attended(episode=episode, number=2, period=(before, before + timedelta(hours=2)))
    factories.feedback(session=held, pace=2)

    prepared = text(kit_browser.get(f"/sessions/{session.ref}/prepare/"))

    assert "How the last session was for them “The pace was right for me”: a little" in prepared
    assert "I could say what I think" not in prepared
    shared = text(kit_browser.get(f"/sessions/{session.ref}/shared/"))
    assert "pace was right" not in shared


def test_good_answers_are_no_prompt(kit_browser: Client, episode: Episode, session: Session) -> None:
    before = session.period.lower - timedelta(days=7)
    held = factories.attended(episode=episode, number=2, period=(before, before + timedelta(hours=2)))
    factories.feedback(session=held)

    assert "How the last session was" not in text(kit_browser.get(f"/sessions/{session.ref}/prepare/"))


def test_the_main_method_is_kept_and_shown(kit_browser: Client, session: Session) -> None:
    sent = {"method": "motivation", "form_version": session.version}
    kit_browser.post(f"/sessions/{session.ref}/record/", sent)

    assert "Main method Motivational work" in text(kit_browser.get(f"/sessions/{session.ref}/"))
