"""A person's first page: who, how to reach them, risk, order, goal, progress, last contact, and what is next."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.pages.person.summary import Scores
from desist.programme.referrals.contact_details.models import OwnContact
from desist.programme.referrals.models import Referral
from desist.programme.sessions.diary.models import DiaryDay
from desist.programme.sessions.models import Session
from desist.references import spoken

NOW = factories.NOW


def source(client: Client, episode: Episode) -> str:
    return client.get(f"/episodes/{episode.ref}/").content.decode()


def page(client: Client, episode: Episode) -> str:
    return text(client.get(f"/episodes/{episode.ref}/"))


def period(days: int) -> Any:
    start = timezone.now() + timedelta(days=days)
    return TimestamptzRange(start, start + timedelta(minutes=90))


def own(referral: Referral, **fields: str) -> None:
    """The service keeps contact details beside those of the referrer."""
    said = {name: getattr(referral, name) for name in ("contact_by", "own_phone", "own_email")}
    rest = {"own_address": "", "own_postcode": "", "lives_in": ""}
    OwnContact.objects.create(
        referral=referral, **(said | rest | fields), beside=said | rest, kept_by="carol", kept_at=NOW
    )


@pytest.mark.django_db
def test_the_number_is_a_link_and_the_wish_stands_beside_it(kit_browser: Client, episode: Episode) -> None:
    Referral.objects.update(contact_by="text", own_phone="07700 900172", own_email="quill@post.example")

    drawn = source(kit_browser, episode)

    assert 'href="tel:07700900172"' in drawn
    assert 'href="sms:07700900172"' in drawn
    assert 'href="mailto:quill%40post.example"' in drawn
    assert "wants: text message" in drawn


@pytest.mark.django_db
def test_what_the_service_changed_is_how_the_person_is_reached(kit_browser: Client, episode: Episode) -> None:
    Referral.objects.update(contact_by="phone", own_phone="07700 900001", own_email="old@post.example")
    own(Referral.objects.get(), own_phone="07700 900002")
    Referral.objects.update(own_email="")

    drawn = source(kit_browser, episode)

    assert 'href="tel:07700900002"' in drawn
    assert "07700900001" not in drawn
    assert "old@post.example" not in drawn  # what the referrer took out since appears nowhere


@pytest.mark.django_db
def test_without_judgement_goal_and_contact_the_page_says_so(kit_browser: Client, episode: Episode) -> None:
    seen = page(kit_browser, episode)

    assert "No judgement yet" in seen
    assert "No goal yet" in seen
    assert "None outside sessions" in seen
    assert f"Police number {spoken(episode.referral.ref)}" in seen


@pytest.mark.django_db
def test_the_number_of_a_referral_by_others_is_not_called_the_police_number(
    kit_browser: Client, episode: Episode
) -> None:
    episode.referral.referrer_kind = "probation"
    episode.referral.save()

    seen = page(kit_browser, episode)

    assert f"Referral number {spoken(episode.referral.ref)}" in seen
    assert "Police number" not in seen


@pytest.mark.django_db
def test_the_newest_judgement_the_goal_and_the_last_contact_are_said(
    kit_browser: Client, episode: Episode
) -> None:
    factories.rating(episode=episode, result="High", rated_on=date(2026, 1, 3))
    factories.rating(episode=episode, result="Moderate", rated_on=date(2026, 2, 3))
    struck = {"struck_reason": "Wrong person", "struck_by": "carol", "struck_at": NOW}
    factories.rating(episode=episode, result="Low", rated_on=date(2026, 2, 4), **struck)
    factories.goal(episode=episode, words="I go a week without looking at her profile")
    factories.contact(referral=episode.referral, party="person", outcome="no_answer", held_at=NOW)
    factories.contact(referral=episode.referral, party="police", held_at=NOW + timedelta(days=1))

    seen = page(kit_browser, episode)

    assert "Moderate" in seen
    assert "High" not in seen
    assert "Low" not in seen
    assert "“I go a week without looking at her profile”" in seen
    assert "no answer" in seen


@pytest.mark.django_db
def test_an_alert_that_nobody_acknowledged_is_the_first_thing_on_the_page(
    kit_browser: Client, episode: Episode, session: Session
) -> None:
    concern = factories.concern(session=session, raised_at=NOW)

    waiting = page(kit_browser, episode)
    assert concern.alert is not None
    concern.alert.acknowledged_at = NOW
    concern.alert.save()

    assert waiting.index("Nobody has acknowledged the alert") < waiting.index("Next step")
    assert f'href="/concerns/of/{episode.ref}/"' in source(kit_browser, episode)
    assert "Nobody has acknowledged" not in page(kit_browser, episode)


@pytest.mark.django_db
def test_a_session_that_is_past_is_recorded_and_one_ahead_prepared(
    kit_browser: Client, episode: Episode
) -> None:
    row = factories.session(episode=episode, period=period(-1))
    past = source(kit_browser, episode)
    Session.objects.filter(pk=row.pk).update(period=period(1))
    ahead = source(kit_browser, episode)

    assert f'href="/sessions/{row.ref}/record/"' in past
    assert f'href="/sessions/{row.ref}/prepare/"' in ahead


@pytest.mark.django_db
def test_urges_and_scores_are_drawn_by_session_with_a_table_behind_them(
    kit_browser: Client, episode: Episode
) -> None:
    for number in (1, 2):
        start = NOW + timedelta(days=7 * number)
        factories.attended(
            episode=episode, number=number, period=TimestamptzRange(start, start + timedelta(hours=1))
        )
    for day, urge in ((2, 5), (8, None), (9, 3), (16, 1)):
        said = {"urge": urge, "typed_by": "carol", "typed_at": NOW}
        DiaryDay.objects.create(episode=episode, day=date(2026, 3, day), **said)
    factories.measure(episode=episode, instrument="phq-9", taken_on=NOW.date(), answers=[1] * 9, total=9)

    drawn = source(kit_browser, episode)
    table = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", drawn[drawn.index("The figures as a table") :]))

    assert "Attended above, missed below" in drawn
    assert "Strongest urge in the week before, 0 to 5" in drawn
    assert "PHQ-9, 0 to 27" in drawn
    assert "Session 1 Tuesday 10 March 2026, 2:30pm Attended 3 9" in table
    assert "Session 2 Tuesday 17 March 2026, 2:30pm Attended 1" in table


@pytest.mark.parametrize(
    ("days", "placed"), [([1, 8], [4.0, 6.0]), ([1, 3, 5], [4.0, None, 6.0]), ([9], [6.0])]
)
def test_a_score_stands_at_the_first_session_on_its_day_or_after_it(
    days: list[int], placed: list[float | None]
) -> None:
    scores = Scores("PHQ-9", 27, ((date(2026, 3, 1), 4.0), (date(2026, 3, 4), 6.0)))

    assert scores.by_session([date(2026, 3, day) for day in days]) == placed
