"""A session that was missed: three questions, the contact, and another time, one page after the other."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.sessions.models import Session
from desist.ui import dates

pytestmark = pytest.mark.django_db

HELD = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)
ANSWERS = {
    "missed_reason": "no_word",
    "words": "Rang at noon: he had forgotten.",
    "contact": "spoke",
    "form_version": "1",
    "next": "again",
}


@pytest.fixture
def over(episode: Episode) -> Session:
    """Session 5, planned for two hours ago in a room, without a record."""
    period = TimestamptzRange(HELD, HELD + timedelta(minutes=60))
    return factories.session(episode=episode, number=5, period=period, room=factories.room(name="Room 2"))


@pytest.fixture
def missed(over: Session) -> Session:
    Session.objects.filter(pk=over.pk).update(
        state="missed", missed_reason="ill", recorded_by="kit", recorded_at=factories.NOW
    )
    over.refresh_from_db()
    return over


def first_offer(browser: Client, address: str) -> str:
    """The first free time that a page offers, as its form sends it."""
    return offers(browser.get(address))[0]


def offers(page: Any) -> list[str]:
    """The times that a page offers, as its form sends them; the last is another."""
    return re.findall(r'name="when" type="radio" value="([^"]+)"', page.content.decode())


def test_three_answers_close_the_record_keep_the_contact_and_lead_to_another_time(
    kit_browser: Client, over: Session
) -> None:
    answer = kit_browser.post(f"/sessions/{over.ref}/missed/", ANSWERS)

    over.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, f"/rescheduling/{over.ref}/again/")
    assert (over.state, over.missed_reason, over.whose_reason) == ("missed", "no_word", "person")
    assert (over.follow_up, over.attempts, over.follow_up_note) == ("spoke", 1, ANSWERS["words"])
    assert over.next_steps == ANSWERS["words"]


def test_a_contact_that_nobody_tried_stays_due(kit_browser: Client, over: Session) -> None:
    sent = {**ANSWERS, "contact": "not_yet", "words": "", "missed_reason": "room", "next": ""}

    page = text(kit_browser.post(f"/sessions/{over.ref}/missed/", sent, follow=True))

    over.refresh_from_db()
    assert (over.state, over.whose_reason, over.followed_up_at) == ("missed", "service", None)
    assert "Session 5 is recorded: did not attend." in page
    assert "No contact has been recorded" in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"missed_reason": "other", "whose_reason": "others", "words": ""}, "Enter the other reason"),
        ({"missed_reason": "other"}, "Answer “Who was responsible?”"),
        ({"words": ""}, "Enter what was said or done since"),
        ({"contact": ""}, "Answer “Have you contacted them since?”"),
    ],
)
def test_what_is_lacking_is_asked_for_and_nothing_is_kept(
    kit_browser: Client, over: Session, fields: dict[str, str], sentence: str
) -> None:
    answer = kit_browser.post(f"/sessions/{over.ref}/missed/", {**ANSWERS, **fields})

    over.refresh_from_db()
    assert (answer.status_code, over.state) == (422, "planned")
    assert sentence in text(answer)


def test_a_session_that_was_finished_meanwhile_or_has_not_begun_is_not_missed(
    kit_browser: Client, episode: Episode, over: Session
) -> None:
    later = timezone.now() + timedelta(days=9)
    ahead = factories.session(
        episode=episode, number=6, period=TimestamptzRange(later, later + timedelta(hours=1))
    )
    early = kit_browser.post(f"/sessions/{ahead.ref}/missed/", ANSWERS)
    kit_browser.post(f"/sessions/{over.ref}/missed/", {**ANSWERS, "missed_reason": "ill"})

    late = kit_browser.post(f"/sessions/{over.ref}/missed/", ANSWERS)

    assert "This session has not begun" in text(early)
    assert late.status_code == 422
    assert "this record was finished at" in text(late)
    assert "Rang at noon" in text(late)
    assert "This record is finished." in text(kit_browser.get(f"/sessions/{over.ref}/missed/"))


def test_another_time_is_booked_with_the_length_the_room_and_the_hour_of_the_missed_one(
    kit_browser: Client, missed: Session
) -> None:
    address = f"/rescheduling/{missed.ref}/again/"
    offered = first_offer(kit_browser, address)

    page = text(kit_browser.post(address, {"when": offered, "form_submission": "one"}, follow=True))

    made = Session.objects.get(kind="catch_up")
    assert (made.number, made.room, made.period.upper - made.period.lower) == (
        5,
        missed.room,
        timedelta(minutes=60),
    )
    assert dates.local(made.period.lower).time() == dates.local(missed.period.lower).time()
    assert f"Session 5 is booked for {dates.near(made.period.lower)}." in page


def test_two_colleagues_book_another_time_and_the_second_reads_when_it_is(
    kit_browser: Client, missed: Session
) -> None:
    address = f"/rescheduling/{missed.ref}/again/"
    first, second, *_ = offers(kit_browser.get(address))
    for when, submission in ((first, "one"), (first, "one"), (second, "two")):
        answer = kit_browser.post(address, {"when": when, "form_submission": submission})

    made = Session.objects.get(kind="catch_up")
    assert answer.status_code == 422
    assert f"Not booked: catch-up session 5 is on {dates.near(made.period.lower)}" in text(answer)
    assert "No other time can be booked" in text(kit_browser.get(address))


def test_an_offered_time_that_was_taken_meanwhile_says_why_and_offers_the_next_three(
    kit_browser: Client, missed: Session, practitioner: Practitioner
) -> None:
    address = f"/rescheduling/{missed.ref}/again/"
    offered = first_offer(kit_browser, address)
    start = datetime.fromisoformat(offered.partition("/")[0]).replace(tzinfo=dates.LONDON)
    other = factories.episode(referral=factories.referral(), practitioner=practitioner)
    factories.session(episode=other, period=TimestamptzRange(start, start + timedelta(hours=1)))

    answer = kit_browser.post(address, {"when": offered, "form_submission": "one"})

    found = offers(answer)
    assert "Kit Marlow has another session then" in text(answer)
    assert len(found) == 4
    assert offered not in found
    assert not Session.objects.filter(kind="catch_up").exists()


def test_a_time_that_is_offered_and_a_typed_day_together_are_asked_about(
    kit_browser: Client, missed: Session
) -> None:
    address = f"/rescheduling/{missed.ref}/again/"
    both = {"when": first_offer(kit_browser, address), "day-day": "9", "day-month": "12", "day-year": "2026"}

    answer = kit_browser.post(address, both)

    assert answer.status_code == 422
    assert "You chose a time that is offered and typed 9 12 2026 as well" in text(answer)
    assert not Session.objects.filter(kind="catch_up").exists()


@pytest.mark.parametrize("sent", ["nonsense", "2026-12-09T14:00/", "2026-99-09T14:00/remote", ""])
def test_a_time_that_is_none_is_not_taken(kit_browser: Client, missed: Session, sent: str) -> None:
    answer = kit_browser.post(f"/rescheduling/{missed.ref}/again/", {"when": sent})

    assert answer.status_code == 422
    assert not Session.objects.filter(kind="catch_up").exists()


def test_only_a_missed_session_is_booked_again(kit_browser: Client, over: Session) -> None:
    address = f"/rescheduling/{over.ref}/again/"

    later = dates.local(HELD + timedelta(days=9))
    answer = kit_browser.post(address, {"when": f"{later:%Y-%m-%dT%H:%M}/remote"})

    assert "Not booked: this session was not missed" in text(answer)
