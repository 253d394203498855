"""What is worked on every day fits two screens of a laptop; on a phone the alert and the next step stand in the first."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, ViewportSize
from psycopg.types.range import TimestamptzRange
from tests.programme import factories

from desist.programme.episodes.models import Episode
from desist.programme.referrals.models import Referral
from desist.programme.sessions.diary.models import DiaryDay

pytestmark = pytest.mark.browser

LAPTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
HEIGHT = "document.documentElement.scrollHeight"
BOTTOM = "(name) => Math.round(document.querySelector(name).getBoundingClientRect().bottom)"
#: what is filled in every day about the person and the next session -> the answers that open most below them
ASKED = {
    "/rescheduling/{}/add/": ("[name=when][value=another]",),
    "/rescheduling/{next}/move/": ("[name=when][value=another]",),
    "/sessions/{next}/record/": ("[name=attendance][value=attended]", "[name=attendance][value=missed]"),
}
#: the eight places of a person, the first of which fits one screen
PLACES = (
    *(
        "/episodes/{}/",
        "/planner/{}/",
        "/chains/of/{}/",
        "/plans/{}/",
        "/measures/of/{}/",
        "/contacts/of/{}/",
    ),
    *("/documents/of/{}/", "/risk/{}/", "/history/{}/"),
    *("/circumstances/{}/", "/circumstances/{}/self-harm/", "/circumstances/{}/family/"),
)


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


@pytest.fixture
def full(episode: Episode) -> Episode:
    """Nine sessions behind the person and three ahead, with as much around them as a programme brings."""
    now = timezone.now()
    Referral.objects.update(risk_kinds=["animals"], risks_to_staff="A dog at the address.", contact_by="text")
    for number in range(1, 13):
        start = now + timedelta(weeks=number - 9, hours=-2)
        period = TimestamptzRange(start, start + timedelta(minutes=90))
        make = factories.missed if number == 4 else factories.attended if number <= 9 else factories.session
        row = make(episode=episode, number=number, period=period)
        if number in {3, 5, 6, 8, 9}:
            factories.chain(session=row, links=8)
    for ago in range(60):
        said = {"urge": ago % 6, "typed_by": "carol", "typed_at": now}
        DiaryDay.objects.create(episode=episode, day=now.date() - timedelta(days=ago), **said)
    for instrument in ("phq-9", "gad-7", "core-10"):
        for occasion, weeks in (("baseline", 9), ("mid", 4), ("closing", 1)):
            taken = now.date() - timedelta(weeks=weeks)
            factories.measure(episode=episode, instrument=instrument, occasion=occasion, taken_on=taken)
    for number in range(3):
        goal = factories.goal(episode=episode)
        for score in (2, 5):
            goal.ratings.create(
                score=score,
                rated_on=date(2026, 3, score),
                submission=f"rated-{number}-{score}",
                recorded_by="carol",
                recorded_at=now,
            )
        factories.rating(episode=episode, rated_on=date(2026, 3, number + 1))
        factories.document(episode=episode, digest=f"{number:064}")
        factories.contact(referral=episode.referral, words="Asked him to ring back on Monday.")
    factories.order(referral=episode.referral, requirements=["Attend the programme weekly"])
    factories.busy_time(episode=episode)
    factories.circumstance(episode=episode)
    factories.circumstance(
        episode=episode, kind="easy_read", words="Read homework aloud, one thing at a time."
    )
    factories.self_harm(episode=episode)
    factories.relative(episode=episode)
    factories.concern(session=row, raised_at=now - timedelta(minutes=47))
    return episode


def test_what_is_opened_before_a_session_and_after_a_call_fits_two_screens(
    browsing: Callable[..., BrowserContext], kit_browser: Client, full: Episode
) -> None:
    page = browsing(client=kit_browser, viewport=LAPTOP).new_page()
    ahead, chained = full.sessions.get(number=10), full.sessions.get(number=9).chains.get()
    places = (
        f"/sessions/{ahead.ref}/prepare/", f"/chains/{chained.ref}/", f"/contacts/{full.referral.ref}/note/",
    )  # fmt: skip
    heights = {}
    for place in places:
        answer = page.goto(place)
        assert answer
        assert answer.ok
        heights[place] = page.evaluate(HEIGHT)

    assert {place: height for place, height in heights.items() if height > 2 * 900} == {}


def test_the_places_of_a_person_fit_two_screens_and_the_next_step_the_first_of_a_phone(
    browsing: Callable[..., BrowserContext], kit_browser: Client, full: Episode
) -> None:
    page = browsing(client=kit_browser, viewport=LAPTOP).new_page()
    heights = {}
    for place in PLACES:
        page.goto(place.format(full.ref))
        heights[place] = page.evaluate(HEIGHT)
    page.goto(PLACES[0].format(full.ref))
    laptop = page.evaluate(BOTTOM, ".desist-glance")
    page.set_viewport_size(PHONE)
    page.reload()
    phone = page.evaluate(BOTTOM, ".desist-glance__next .govuk-button")
    alert = page.evaluate(BOTTOM, ".desist-notice--danger")

    assert {place: height for place, height in heights.items() if height > 2 * 900} == {}
    assert laptop <= 900
    assert alert < phone <= 844


def test_what_is_filled_in_every_day_fits_two_screens_also_with_its_longest_answers(
    browsing: Callable[..., BrowserContext], kit_browser: Client, full: Episode
) -> None:
    begun = full.sessions.get(number=10)
    for number in range(4):
        factories.room(name=f"The Mill, room {number}")
    page = browsing(client=kit_browser, viewport=LAPTOP).new_page()
    heights = {}
    for place, longest in ASKED.items():
        page.goto(place.format(full.ref, next=begun.ref))
        heights[place] = page.evaluate(HEIGHT)
        for answer in longest:
            page.locator(answer).check()
            heights[f"{place} {answer}"] = page.evaluate(HEIGHT)

    assert {place: height for place, height in heights.items() if height >= 2 * 900} == {}
