"""The assessment in real requests: an appointment, words that save themselves, and an end."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.assessments.models import Assessment
from desist.programme.episodes.models import Episode
from desist.ui import dates

pytestmark = pytest.mark.django_db

APPOINTMENT = {
    "day-day": "9",
    "day-month": "3",
    "day-year": "2026",
    "time": "2:30pm",
    "minutes": "90",
    "room": "video",
    "form_submission": "one-appointment",
}
WORDS = {
    "needs": "Sleeps badly.",
    "children_and_family": "Two children, with their mother.",
    "risk": "To others: contact after rejection.",
    "story": "It began when he was left.",
    "formulation": "Being left means being nobody.",
    "protective_factors": "His brother.",
}


@pytest.fixture
def assessment(episode: Episode) -> Assessment:
    return factories.assessment(episode=episode)


def sent(row: Assessment, **changes: str) -> dict[str, str]:
    return {**WORDS, "form_version": str(row.version), **changes}


def test_an_appointment_is_made_once(kit_browser: Client, episode: Episode) -> None:
    for _ in range(2):
        answer = kit_browser.post(f"/assessments/of/{episode.ref}/appoint/", APPOINTMENT, follow=True)

    assert "Monday 9 March 2026, 2:30pm" in text(answer)
    assert Assessment.objects.count() == 1


def test_one_appointment_at_a_time(kit_browser: Client, episode: Episode, assessment: Assessment) -> None:
    answer = kit_browser.post(f"/assessments/of/{episode.ref}/appoint/", APPOINTMENT)

    assert answer.status_code == 422
    assert "this person has an appointment already" in text(answer)


@pytest.mark.parametrize(("part", "value"), [("day-day", "31"), ("day-month", "2"), ("time", "25:00")])
def test_an_impossible_moment_is_refused(
    kit_browser: Client, episode: Episode, part: str, value: str
) -> None:
    impossible = {**APPOINTMENT, "day-day": "31", "day-month": "2"} if part != "time" else APPOINTMENT

    answer = kit_browser.post(f"/assessments/of/{episode.ref}/appoint/", {**impossible, part: value})

    assert answer.status_code == 422
    assert not Assessment.objects.exists()


def test_an_appointment_is_moved_and_the_words_stay(kit_browser: Client, assessment: Assessment) -> None:
    kit_browser.post(f"/assessments/{assessment.ref}/save/", sent(assessment))

    answer = kit_browser.post(
        f"/assessments/{assessment.ref}/move/", {**APPOINTMENT, "form_version": "2"}, follow=True
    )
    stale = kit_browser.post(f"/assessments/{assessment.ref}/move/", {**APPOINTMENT, "form_version": "2"})

    assert "Monday 9 March 2026, 2:30pm" in text(answer)
    assert "Sleeps badly." in text(answer)
    assert stale.status_code == 422


def test_it_saves_itself_and_a_second_tab_overwrites_nothing(
    kit_browser: Client, assessment: Assessment
) -> None:
    path = f"/assessments/{assessment.ref}"
    first = kit_browser.post(f"{path}/save/", sent(assessment, story="Words of the first tab"))

    quiet = kit_browser.post(f"{path}/save/", sent(assessment, story="Words of the second tab"))
    shown = kit_browser.post(f"{path}/write/", sent(assessment, story="Words of the second tab"))

    assert (first.status_code, first["Desist-Version"]) == (204, "2")
    assert quiet.status_code == 409
    assert quiet.content.decode().startswith("changed elsewhere at ")
    assert shown.status_code == 422
    assert "Words of the first tab" in text(shown)
    assert "Words of the second tab" in text(shown)
    assessment.refresh_from_db()
    assert assessment.story == "Words of the first tab"


def test_the_same_words_twice_are_saved_once(kit_browser: Client, assessment: Assessment) -> None:
    for _ in range(2):
        answer = kit_browser.post(f"/assessments/{assessment.ref}/write/", sent(assessment))
        assert answer.status_code == 302

    assessment.refresh_from_db()
    assert assessment.version == 2


def test_too_much_text_is_told_and_kept(kit_browser: Client, assessment: Assessment) -> None:
    answer = kit_browser.post(f"/assessments/{assessment.ref}/write/", sent(assessment, story="x" * 50_001))

    assert answer.status_code == 422
    assert "take out 1" in text(answer)
    quiet = kit_browser.post(f"/assessments/{assessment.ref}/save/", sent(assessment, story="x" * 50_001))
    assert quiet.status_code == 422


def test_a_concern_is_raised_from_an_assessment_once_its_words_are_kept(
    kit_browser: Client, assessment: Assessment
) -> None:
    path = f"/assessments/{assessment.ref}/write/"

    onward = kit_browser.post(path, sent(assessment, next="concern"))

    assert onward["Location"] == f"/concerns/of/{assessment.episode.ref}/raise/"


def test_what_is_missing_is_told_before_it_is_finished(kit_browser: Client, assessment: Assessment) -> None:
    kit_browser.post(f"/assessments/{assessment.ref}/save/", sent(assessment, formulation="", risk=" "))

    answer = kit_browser.post(f"/assessments/{assessment.ref}/finish/", {"form_version": "2"})

    assert answer.status_code == 422
    assert "Not finished. Still to fill in: risk, formulation" in text(answer)


def test_an_assessment_that_lies_ahead_is_not_finished(kit_browser: Client, assessment: Assessment) -> None:
    begins = timezone.now() + timedelta(days=1)
    assessment.period = TimestamptzRange(begins, begins + timedelta(hours=1))
    assessment.save()
    kit_browser.post(f"/assessments/{assessment.ref}/save/", sent(assessment))

    answer = kit_browser.post(f"/assessments/{assessment.ref}/finish/", {"form_version": "2"})

    assert answer.status_code == 422
    assert f"This assessment has not begun: it is planned for {dates.at(begins)}" in text(answer)
    assessment.refresh_from_db()
    assert assessment.state == "appointed"


def test_a_finished_assessment_stays_as_it_is(kit_browser: Client, assessment: Assessment) -> None:
    path = f"/assessments/{assessment.ref}"
    onward = kit_browser.post(f"{path}/write/", sent(assessment, next="finish"))
    stale = kit_browser.post(f"{path}/finish/", {"form_version": "1"})
    done = kit_browser.post(f"{path}/finish/", {"form_version": "2"}, follow=True)
    late = kit_browser.post(f"{path}/save/", sent(assessment, story="Too late"))
    shown = kit_browser.post(f"{path}/write/", sent(assessment, story="Too late"))

    assert onward["Location"].endswith("/finish/")
    assert stale.status_code == 422
    assert "Finished" in text(done)
    assert late.status_code == 409
    assert "this assessment was ended at" in late.content.decode()
    assert "Too late" in text(shown)
    assessment.refresh_from_db()
    assert (assessment.state, assessment.story) == ("finished", "It began when he was left.")


def test_a_cancelled_appointment_says_why_and_another_can_be_made(
    kit_browser: Client, episode: Episode, assessment: Assessment
) -> None:
    path = f"/assessments/{assessment.ref}/cancel/"
    kit_browser.post(path, {"reason": "Did not come"})
    again = kit_browser.post(path, {"reason": "Did not come"})

    kit_browser.post(f"/assessments/of/{episode.ref}/appoint/", APPOINTMENT)

    assert again.status_code == 422
    assert "Did not come" in text(kit_browser.get(f"/assessments/{assessment.ref}/"))
    assert Assessment.objects.count() == 2


def test_the_list_shows_every_assessment(
    kit_browser: Client, episode: Episode, assessment: Assessment
) -> None:
    factories.assessment(
        episode=episode,
        state="cancelled",
        ended_reason="Ill",
        ended_by="carol",
        ended_at=factories.NOW,
        period=TimestamptzRange(factories.NOW - timedelta(days=9), factories.NOW - timedelta(days=8)),
    )

    page = text(kit_browser.get(f"/assessments/of/{episode.ref}/"))

    assert "Appointment made" in page
    assert "Cancelled" in page
