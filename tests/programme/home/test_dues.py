"""What is due on the first page: sessions nobody recorded, missed ones nobody followed up, people nobody has."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from pytest_django import DjangoAssertNumQueries
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.references import spoken
from desist.ui import dates
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db


def days_ago(days: int) -> TimestamptzRange:
    start = timezone.now() - timedelta(days=days, hours=2)
    return TimestamptzRange(start, start + timedelta(minutes=90))


def test_a_session_without_an_outcome_is_due_after_two_days(kit_browser: Client, episode: Episode) -> None:
    factories.session(episode=episode, number=1, period=days_ago(3))
    factories.session(episode=episode, number=2, period=days_ago(1))

    page = text(kit_browser.get("/"))

    assert "Finish the record of session 1" in page
    assert "held 3 days ago, no outcome" in page
    assert "Finish the record of session 2" not in page


def test_a_missed_session_is_due_until_somebody_has_asked(kit_browser: Client, episode: Episode) -> None:
    missed = factories.missed(episode=episode, period=days_ago(10))

    today = dates.day_of(timezone.now())
    day = {"tried_on-day": today.day, "tried_on-month": today.month, "tried_on-year": today.year}
    form = {"outcome": "message", "note": "Left a voicemail.", "form_version": "0", **day}
    before = text(kit_browser.get("/"))
    kit_browser.post(f"/sessions/{missed.ref}/follow-up/", form)
    tried = text(kit_browser.get("/"))
    kit_browser.post(f"/sessions/{missed.ref}/follow-up/", {**form, "outcome": "spoke", "form_version": "1"})
    after = text(kit_browser.get("/"))

    assert "after a missed session" in before
    assert "after a missed session, tried 1 time" in tried
    assert "after a missed session" not in after


def test_what_waits_names_the_kind_of_session(kit_browser: Client, episode: Episode) -> None:
    factories.session(episode=episode, kind="pivot", period=days_ago(4))
    now = timezone.now()
    just_now = TimestamptzRange(now, now + timedelta(minutes=1))
    factories.session(episode=episode, kind="catch_up", number=5, period=just_now)

    page = text(kit_browser.get("/"))

    assert "Finish the record of pivot session 1" in page
    assert "Catch-up session 5" in page


def test_the_late_comes_before_the_rest(kit_browser: Client, episode: Episode) -> None:
    factories.missed(episode=episode, number=2, period=days_ago(0))
    factories.session(episode=episode, number=1, period=days_ago(4))

    page = text(kit_browser.get("/"))

    assert page.index("Finish the record of session 1") < page.index("after a missed session")


@pytest.mark.parametrize("number", [1, 9])
def test_my_day_costs_the_same_queries_however_much_is_due(
    kit_browser: Client, episode: Episode, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for one in range(1, number + 1):
        factories.session(episode=episode, number=one, period=days_ago(10 * one))

    with django_assert_num_queries(27):
        kit_browser.get("/")


def test_an_assessment_of_today_stands_among_the_meetings(kit_browser: Client, episode: Episode) -> None:
    now = timezone.now()
    period = TimestamptzRange(now, now + timedelta(minutes=1))
    row = factories.assessment(episode=episode, period=period)

    answer = kit_browser.get("/")

    assert "Robin Example Assessment By video" in text(answer)
    assert f"/assessments/{row.ref}/" in answer.content.decode()


@pytest.mark.parametrize(("days", "due"), [(1, False), (3, True)])
def test_an_assessment_without_an_outcome_is_due_after_two_days(
    kit_browser: Client, episode: Episode, days: int, due: bool
) -> None:
    factories.assessment(episode=episode, period=days_ago(days))

    page = text(kit_browser.get("/"))

    assert ("Finish or cancel the assessment of" in page) is due


@pytest.mark.parametrize(("ago", "urgency"), [(3, "Late"), (-5, "Soon"), (-20, "")])
def test_whoever_was_not_told_is_due_a_week_before_the_first_session_and_late_after_it(
    kit_browser: Client, episode: Episode, ago: int, urgency: str
) -> None:
    day = dates.on(factories.session(episode=episode, period=days_ago(ago)).period.lower)

    page = kit_browser.get("/")

    said = f"Give {spoken(episode.ref)} the notice {urgency}: session of {day}"
    assert (said in text(page)) is bool(urgency)
    assert ("the notice" in text(page)) is bool(urgency)
    assert (f'href="/agreement/{episode.ref}/"' in page.content.decode()) is bool(urgency)


def test_after_the_notice_the_answer_is_due_and_after_the_answer_nothing(
    kit_browser: Client, episode: Episode
) -> None:
    factories.session(episode=episode, period=days_ago(1))
    factories.notice_given(episode=episode)

    told = text(kit_browser.get("/"))
    factories.agreement(episode=episode, state="refused")
    answered = text(kit_browser.get("/"))

    assert f"Record the answer of {spoken(episode.ref)}" in told
    assert "Record the answer" not in answered
    assert "the notice" not in answered


def test_a_session_that_was_missed_or_cancelled_met_nobody(kit_browser: Client, episode: Episode) -> None:
    factories.missed(episode=episode, number=1, period=days_ago(9))
    factories.session(episode=episode, number=2, state="cancelled", period=days_ago(2))

    assert "the notice" not in text(kit_browser.get("/"))


def test_a_manager_tells_where_nobody_works_with_the_person_and_a_supervisor_reads_nothing_of_it(
    signed_in: Callable[..., Client], episode: Episode, practitioner: Practitioner
) -> None:
    factories.session(episode=episode, period=days_ago(1))
    manager, supervisor = signed_in(role=Role.MANAGER), signed_in(role=Role.SUPERVISOR)

    theirs = text(manager.get("/"))
    episode.allocations.update(ended_at=timezone.now(), reason="other")
    nobodys = text(manager.get("/"))

    assert "the notice" not in theirs
    assert f"Give {spoken(episode.ref)} the notice Late" in nobodys
    assert "the notice" not in text(supervisor.get("/"))


def test_nobody_is_told_of_somebody_who_left(kit_browser: Client, episode: Episode) -> None:
    factories.session(episode=episode, period=days_ago(1))
    factories.ended(episode=episode, state="left")

    assert "the notice" not in text(kit_browser.get("/"))


def missing(page: str, episode: Episode) -> list[str]:
    """What the page says of the assessment and the baseline."""
    said = (f"Assess {spoken(episode.ref)}", f"Take the baseline measures of {spoken(episode.ref)}")
    return [one for one in said if one in page]


def test_who_is_in_sessions_is_still_to_be_assessed_and_measured_until_they_are(
    kit_browser: Client, episode: Episode
) -> None:
    factories.agreement(episode=episode)
    factories.session(episode=episode, period=days_ago(1))
    before = missing(text(kit_browser.get("/")), episode)
    held = factories.attended(episode=episode, number=2, period=days_ago(8))

    page = kit_browser.get("/")
    assert len(missing(text(page), episode)) == 2
    assert f"Late: sessions began on {dates.on(held.period.lower)}" in text(page)
    assert f'href="/measures/of/{episode.ref}/"' in page.content.decode()
    assert before == []

    factories.measure(episode=episode)
    assert missing(text(kit_browser.get("/")), episode) == [f"Assess {spoken(episode.ref)}"]
    factories.assessment(episode=episode)
    assert missing(text(kit_browser.get("/")), episode) == []


@pytest.mark.parametrize(
    ("state", "requirement", "asked"), [("refused", "", 0), ("withdrawn", "Condition 4", 2)]
)
def test_who_said_no_is_neither_assessed_nor_measured_unless_something_requires_them(
    kit_browser: Client, episode: Episode, state: str, requirement: str, asked: int
) -> None:
    ended: dict[str, Any] = {
        "withdrawal_reason": "moved",
        "withdrawn_by": "kit",
        "withdrawn_at": factories.NOW,
    }
    changes = ended if state == "withdrawn" else {}
    factories.agreement(episode=episode, state=state, requirement=requirement, **changes)
    factories.attended(episode=episode, period=days_ago(8))

    assert len(missing(text(kit_browser.get("/")), episode)) == asked


def test_only_whoever_works_with_the_person_is_asked_for_what_is_missing(
    signed_in: Callable[..., Client], episode: Episode
) -> None:
    factories.attended(episode=episode, period=days_ago(8))
    manager, supervisor = signed_in(role=Role.MANAGER), signed_in(role=Role.SUPERVISOR)
    theirs = missing(text(manager.get("/")), episode)
    episode.allocations.update(ended_at=timezone.now(), reason="other")

    assert theirs == []
    assert len(missing(text(manager.get("/")), episode)) == 2
    assert missing(text(supervisor.get("/")), episode) == []
    factories.ended(episode=episode, state="left")
    assert missing(text(manager.get("/")), episode) == []
