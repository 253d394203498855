"""The diary as typed from paper: four weeks to see, one day to type, nothing lost between two pages."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.programme.reading import text

from desist.programme.clocks import LONDON
from desist.programme.episodes.models import Episode
from desist.programme.sessions.diary.models import DiaryDay

pytestmark = pytest.mark.django_db

NOTHING = {
    "urge": "",
    "act": "",
    "anger": "",
    "sadness": "",
    "shame": "",
    "sleep_hours": "",
    "substances": "",
    "skill": "",
    "note": "",
    "form_version": "0",
}
PAPER = {**NOTHING, "urge": "4", "act": "resisted", "sleep_hours": "5", "substances": "no", "skill": "ride"}


@pytest.fixture
def today() -> date:
    return timezone.now().astimezone(LONDON).date()


def address(episode: Episode, day: date) -> str:
    return f"/diary/{episode.ref}/{day.isoformat()}/"


def test_a_day_is_typed_as_it_stands_on_paper(kit_browser: Client, episode: Episode, today: date) -> None:
    kit_browser.post(address(episode, today), PAPER)

    row = DiaryDay.objects.get()
    assert (row.urge, row.act, row.sleep_hours, row.substances, row.skill) == (
        4,
        "resisted",
        5,
        False,
        "ride",
    )
    assert "Ride the urge" in text(kit_browser.get(f"/diary/{episode.ref}/"))


def test_save_and_next_day_leads_on_until_today(kit_browser: Client, episode: Episode, today: date) -> None:
    yesterday = today - timedelta(days=1)

    on = kit_browser.post(address(episode, yesterday), {**PAPER, "next": "day"})
    end = kit_browser.post(address(episode, today), {**PAPER, "next": "day"})

    assert on["Location"] == address(episode, today)
    assert end["Location"] == f"/diary/{episode.ref}/"


def test_typing_begins_at_the_first_gap_of_the_week(
    kit_browser: Client, episode: Episode, today: date
) -> None:
    kit_browser.post(address(episode, today - timedelta(days=6)), PAPER)

    page = kit_browser.get(f"/diary/{episode.ref}/").content.decode()

    assert f'href="{address(episode, today - timedelta(days=5))}"' in page


def test_the_same_day_sent_twice_is_kept_once(kit_browser: Client, episode: Episode, today: date) -> None:
    for _ in range(2):
        answer = kit_browser.post(address(episode, today), PAPER)

    assert answer.status_code == 302
    assert DiaryDay.objects.get().version == 1


def test_a_stale_page_keeps_its_words_and_overwrites_nothing(
    kit_browser: Client, episode: Episode, today: date
) -> None:
    kit_browser.post(address(episode, today), PAPER)

    stale = kit_browser.post(address(episode, today), {**PAPER, "urge": "1", "note": "Walked home"})

    assert stale.status_code == 422
    assert "this day was entered elsewhere" in text(stale)
    assert "Walked home" in text(stale)
    assert DiaryDay.objects.get().urge == 4


def test_a_changed_day_is_a_new_version(kit_browser: Client, episode: Episode, today: date) -> None:
    kit_browser.post(address(episode, today), PAPER)

    kit_browser.post(address(episode, today), {**PAPER, "urge": "2", "form_version": "1"})

    row = DiaryDay.objects.get()
    assert (row.urge, row.version) == (2, 2)


def test_a_day_that_lies_ahead_or_is_impossible_is_not_there(
    kit_browser: Client, episode: Episode, today: date
) -> None:
    ahead = kit_browser.get(address(episode, today + timedelta(days=1)))
    impossible = kit_browser.get(f"/diary/{episode.ref}/2026-02-30/")

    assert (ahead.status_code, impossible.status_code) == (404, 404)


def test_a_figure_beyond_five_and_a_day_of_30_hours_are_refused(
    kit_browser: Client, episode: Episode, today: date
) -> None:
    answer = kit_browser.post(address(episode, today), {**PAPER, "urge": "9", "sleep_hours": "30"})

    assert answer.status_code == 422
    assert not DiaryDay.objects.exists()


def test_nothing_typed_says_what_will_appear(kit_browser: Client, episode: Episode) -> None:
    assert "Nothing has been entered for these four weeks" in text(kit_browser.get(f"/diary/{episode.ref}/"))


def test_a_diary_costs_the_same_queries_however_full(
    kit_browser: Client, episode: Episode, today: date, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(10):
        kit_browser.post(address(episode, today - timedelta(days=number)), PAPER)

    with django_assert_num_queries(5):
        kit_browser.get(f"/diary/{episode.ref}/")
