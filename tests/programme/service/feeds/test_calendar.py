"""The calendar's secret address: busy and nothing else, revocable, audited, and silent about everything."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from psycopg.types.range import DateRange, TimestamptzRange
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account, RoleGrant
from desist.feeds import commands
from desist.feeds.models import Feed
from desist.feeds.policy import Action
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.sessions.models import Session
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

START = timezone.now().replace(microsecond=0) + timedelta(days=3)


@pytest.fixture
def session(episode: Episode) -> Session:
    """A session that is still ahead, in a room."""
    return factories.session(
        episode=episode, period=TimestamptzRange(START, START + timedelta(minutes=90)), room=factories.room()
    )


def address(browser: Client) -> str:
    """A new address, as its owner reads it once."""
    page = text(browser.post("/calendar/make/", follow=True))
    return next(word for word in page.split() if word.endswith(".ics")).removeprefix("http://testserver")


def test_the_calendar_says_busy_and_nothing_else(
    kit_browser: Client, practitioner: Practitioner, session: Session
) -> None:
    factories.leave(
        practitioner=practitioner, days=DateRange(START.date(), START.date() + timedelta(days=5)), kind="sick"
    )

    answer = Client().get(address(kit_browser))

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    events: list[Any] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(one["summary"]) for one in events] == ["Busy", "Busy"]
    assert events[0]["dtstart"].dt == START
    assert events[0]["dtend"].dt == START + timedelta(minutes=90)
    words = answer.content.decode()
    referral = session.episode.referral
    unsaid = (
        *(referral.given_names, referral.family_name, referral.ref, session.ref, session.episode.ref),
        *("Mill", "LOCATION", "DESCRIPTION", "ORGANIZER", "sick", "Kit Marlow", practitioner.ref),
    )
    assert not [word for word in unsaid if word in words]


def test_a_cancelled_session_and_those_of_others_are_not_in_it(
    kit_browser: Client, session: Session, episode: Episode
) -> None:
    other = factories.practitioner(account=factories.account(name="Noor Hale"))
    theirs = factories.episode(referral=factories.referral(), practitioner=other)
    factories.session(episode=theirs, period=TimestamptzRange(START, START + timedelta(hours=1)))
    Session.objects.filter(pk=session.pk).update(state="cancelled")

    assert b"VEVENT" not in Client().get(address(kit_browser)).content


def test_an_appointment_keeps_its_mark_from_one_request_to_the_next(
    kit_browser: Client, session: Session
) -> None:
    path = address(kit_browser)

    first, second = (
        Calendar.from_ical(Client().get(path).content).walk("VEVENT")[0]["uid"] for _ in range(2)
    )

    assert first == second


def test_the_address_is_shown_once_and_only_its_digest_is_kept(kit_browser: Client, episode: Episode) -> None:
    path = address(kit_browser)

    token = path.rpartition("/")[2].removesuffix(".ics")
    row = Feed.objects.get()
    assert row.digest == commands.digest(token)
    assert token not in kit_browser.get("/calendar/").content.decode()
    assert token not in str(list(Feed.objects.values()))


def test_revoked_and_unknown_are_the_same_bytes(kit_browser: Client, session: Session) -> None:
    path = address(kit_browser)
    for _ in range(2):  # a double click
        kit_browser.post(f"/calendar/{Feed.objects.get().ref}/revoke/")

    revoked = Client().get(path)
    unknown = Client().get("/calendar/feed/" + "x" * 43 + ".ics")

    assert (revoked.status_code, revoked.content) == (404, unknown.content)
    assert dict(revoked.headers) == dict(unknown.headers)
    assert "Make an address" in text(kit_browser.get("/calendar/"))


def test_a_new_address_takes_the_place_of_the_one_before(kit_browser: Client, session: Session) -> None:
    old = address(kit_browser)
    Feed.objects.update(made_at=factories.NOW)
    new = address(kit_browser)

    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    assert Feed.objects.filter(revoked_at=None).count() == 1


@pytest.mark.parametrize("gone", ["role", "account"])
def test_whoever_works_here_no_longer_has_no_calendar(
    kit_browser: Client, session: Session, kit: Account, gone: str
) -> None:
    path = address(kit_browser)
    if gone == "role":
        RoleGrant.objects.filter(account=kit).update(ended_at=factories.NOW)
    else:
        Account.objects.filter(pk=kit.pk).update(left_at=factories.NOW)

    assert Client().get(path).status_code == 404


def test_every_request_is_audited(kit_browser: Client, session: Session, kit: Account) -> None:
    path = address(kit_browser)
    Client().get(path)
    Client().get("/calendar/feed/nobody.ics")

    events = AuditEvent.objects.filter(action=Action.READ_FEED).order_by("id")
    found = list(events.values_list("who", "allowed", "row"))
    assert found == [
        (kit.ref, True, f"feeds.feed:{Feed.objects.get().ref}"),
        ("unknown", False, "feeds.feed"),
    ]


def test_nothing_is_written_to_the_calendar(kit_browser: Client, session: Session) -> None:
    assert Client().post(address(kit_browser)).status_code == 405


def test_nobody_revokes_the_address_of_somebody_else(
    kit_browser: Client, signed_in: Callable[..., Client], session: Session
) -> None:
    path = address(kit_browser)
    other = signed_in(account=factories.account(name="Noor Hale"))

    answer = other.post(f"/calendar/{Feed.objects.get().ref}/revoke/")

    assert answer.status_code == 404
    assert Client().get(path).status_code == 200


def test_an_assessment_is_busy_for_whoever_holds_it_until_it_is_cancelled(
    kit_browser: Client, episode: Episode
) -> None:
    row = factories.assessment(episode=episode, period=TimestamptzRange(START, START + timedelta(minutes=90)))
    there = address(kit_browser)

    busy: list[Any] = Calendar.from_ical(Client().get(there).content).walk("VEVENT")
    row.state, row.ended_reason, row.ended_by, row.ended_at = "cancelled", "Ill", "carol", START
    row.save()
    free = Calendar.from_ical(Client().get(there).content).walk("VEVENT")

    assert [str(one["summary"]) for one in busy] == ["Busy"]
    assert busy[0]["dtstart"].dt == START
    assert free == []


def test_the_page_of_a_new_address_that_is_loaded_anew_makes_no_other(kit_browser: Client) -> None:
    kit_browser.post("/calendar/make/")
    shown = kit_browser.get("/calendar/made/")
    again = kit_browser.get("/calendar/made/")

    assert ".ics" in text(shown)
    assert "cannot be shown again" in text(again)
    assert Feed.objects.filter(revoked_at=None).count() == 1
