"""Motivational sessions come before the twelve: they are met and recorded, and nothing believes that the twelve have begun."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from tests.programme import factories
from tests.programme.calendar.rescheduling.test_rescheduling import DAY, at, form
from tests.programme.reading import text
from tests.programme.returned import answer

from desist.programme.episodes.models import Episode
from desist.programme.leaving.certificates.lines import attended
from desist.programme.leaving.reports import facts
from desist.programme.measures import queries as measures
from desist.programme.service.returns.facts import Period
from desist.programme.service.returns.queries import SITTINGS
from desist.programme.sessions.models import Session
from desist.programme.sessions.progress import begin_sessions, stage
from desist.programme.sessions.states import Kind
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def before(episode: Episode) -> Episode:
    """Robin, allocated, whom nobody told, assessed or measured yet."""
    Episode.objects.filter(pk=episode.pk).update(state="allocated")
    episode.refresh_from_db()
    return episode


@pytest.fixture
def met(before: Episode) -> Session:
    """A motivational session that Robin attended a week ago."""
    return factories.attended(episode=before, number=1, kind="motivational")


def booked(browser: Client, episode: Episode, **fields: Any) -> Any:
    sent = form(what="motivational", minutes="60", **fields)
    return browser.post(f"/rescheduling/{episode.ref}/add/", sent)


def test_one_is_booked_before_session_1_and_numbered_on_its_own(kit_browser: Client, before: Episode) -> None:
    booked(kit_browser, before)

    row = Session.objects.get()
    assert (row.kind, row.number, row.about, row.curriculum) == (Kind.MOTIVATIONAL, 1, "", None)
    assert "Motivational session 1" in text(kit_browser.get(f"/planner/{before.ref}/"))


def test_none_is_booked_once_session_1_was_held_or_after_its_time(
    kit_browser: Client, before: Episode
) -> None:
    start = at(DAY - timedelta(days=1), 10)
    period = TimestamptzRange(start, start + timedelta(minutes=90))
    factories.session(episode=before, period=period)

    answer = booked(kit_browser, before)
    assert "choose a time before it, or move it first" in text(answer)

    factories.attended(episode=before, number=2)
    assert "Motivational session (before" not in text(kit_browser.get(f"/rescheduling/{before.ref}/add/"))
    assert booked(kit_browser, before, form_submission="b").status_code == 422
    assert not Session.objects.filter(kind="motivational").exists()


def test_the_person_stays_at_their_stage(met: Session) -> None:
    begin_sessions(met.episode)
    met.episode.refresh_from_db()

    assert met.episode.state == "allocated"
    assert stage(met.episode) == "allocated"


def test_what_comes_before_session_1_stays_on_the_page_and_in_no_strip(
    kit_browser: Client, met: Session
) -> None:
    page = text(kit_browser.get(f"/episodes/{met.episode.ref}/"))

    assert "Before the first session" in page
    assert "Still missing" not in page
    people = text(kit_browser.get("/episodes/"))
    assert "0 of 12" in people
    assert "✓" not in people


def test_to_do_does_not_say_that_sessions_began(kit_browser: Client, met: Session) -> None:
    assert "sessions began on" not in text(kit_browser.get("/"))


def test_no_certificate_report_or_baseline_counts_it(met: Session, actor: Actor) -> None:
    assert attended(met.episode) == ()
    assert facts.gather(met.episode).attendance.attended == 0
    assert facts.gather(met.episode).attendance.planned_in_all == 0
    factories.measure(episode=met.episode, taken_on=met.period.upper.date() + timedelta(days=3))
    said = measures.compared(actor=actor, episode=met.episode.ref, at=timezone.now())
    assert [one.points[0].said for one in said.comparisons] == ["The baseline"]


def test_a_manager_sees_no_day_to_certify(signed_in: Callable[..., Client], met: Session) -> None:
    factories.agreement(episode=met.episode, state="required", requirement="Licence condition 3")
    page = text(
        signed_in(role=Role.MANAGER).get(reverse("certificates:certificates", args=[met.episode.ref]))
    )

    assert "No attended session has been recorded yet." in page


def test_no_return_counts_it(met: Session) -> None:
    day = met.period.lower.date()
    period = Period(day - timedelta(days=3), day + timedelta(days=3))

    assert answer(SITTINGS, period, at=timezone.now()) == []
