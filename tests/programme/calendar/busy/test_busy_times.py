"""When a person cannot come: noted coarse, by weekday or day, removed and never overwritten."""

from datetime import date, time
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.calendar.busy.models import BusyTime
from desist.programme.episodes.models import Episode

pytestmark = pytest.mark.django_db

FORM = {"kind": "worship", "day": "4", "starts": "midday", "ends": "2pm", "form_submission": "once"}


def note(browser: Client, episode: Episode, **fields: str) -> Any:
    return browser.post(f"/busy/{episode.ref}/add/", {**FORM, **fields}, follow=True)


def test_a_time_of_the_week_is_noted_once(kit_browser: Client, episode: Episode) -> None:
    for _ in range(2):
        page = text(note(kit_browser, episode))

    row = BusyTime.objects.get()
    assert (row.weekday, row.starts, row.ends) == ("4", time(12), time(14))
    assert "Every Friday, midday to 2pm Religious observance" in page


def test_one_day_and_the_whole_day(kit_browser: Client, episode: Episode) -> None:
    day = {"on-day": "6", "on-month": "3", "on-year": "2026"}

    page = text(note(kit_browser, episode, day="one_day", starts="", ends="", **day))

    row = BusyTime.objects.get()
    assert (row.first_on, row.last_on, row.weekday) == (date(2026, 3, 6), date(2026, 3, 6), "4")
    assert "Friday 6 March 2026, the whole day" in page


def test_an_end_is_told(kit_browser: Client, episode: Episode) -> None:
    end = {"last_on-day": "1", "last_on-month": "6", "last_on-year": "2027"}

    assert "Every Friday, midday to 2pm, until 1 June 2027" in text(note(kit_browser, episode, **end))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"ends": ""}, "Enter both times, or leave both empty"),
        ({"starts": "3pm"}, "The end time must be after the start time"),
        ({"starts": "late"}, "must be a time"),
        ({"day": "one_day"}, "Answer “Which day?”"),
        ({"day": "one_day", "on-day": "31", "on-month": "2", "on-year": "2026"}, "is not a date"),
        ({"kind": "faith"}, "Choose one of the answers shown"),
    ],
)
def test_bad_input_is_answered_in_a_sentence(
    kit_browser: Client, episode: Episode, fields: dict[str, str], sentence: str
) -> None:
    answer = note(kit_browser, episode, **fields)

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not BusyTime.objects.exists()


def test_a_time_that_is_free_again_stays_in_the_history(kit_browser: Client, episode: Episode) -> None:
    row = factories.busy_time(episode=episode)

    for _ in range(2):
        page = text(kit_browser.post(f"/busy/{row.ref}/remove/", follow=True))

    row.refresh_from_db()
    assert row.removed_by
    assert "No times have been added." in page


def test_the_database_keeps_hours_and_days_in_order(episode: Episode) -> None:
    faults: tuple[dict[str, Any], ...] = (
        {"starts": "13:00", "ends": "09:00"},
        {"first_on": date(2026, 3, 2), "last_on": date(2026, 3, 1)},
        {"removed_by": "carol"},
    )
    for fields in faults:
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.busy_time(episode=episode, **fields)
