"""Contacts outside sessions: noted by anyone who may see the person, listed, struck out; never on the shared screen."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.pages.history.sources import SOURCES
from desist.programme.sessions.contacts import commands, forms
from desist.programme.sessions.contacts.models import Contact
from desist.programme.sessions.models import Session
from desist.refusals import Refused
from desist.ui import dates
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

SAID = "Rang in the evening. Wants to talk about the weekend."


def form(**changed: Any) -> dict[str, Any]:
    """A call to the person of an hour ago, as a browser sends it."""
    hour_ago = dates.local(timezone.now() - timedelta(hours=1))
    day = {f"held_on-{part}": str(getattr(hour_ago, part)) for part in ("day", "month", "year")}
    return {
        "party": "person",
        "who": "",
        **day,
        "held_time": f"{hour_ago:%H:%M}",
        "begun": "them",
        "way": "telephone",
        "purpose": "support",
        "outcome": "spoke",
        "words": SAID,
    } | changed


@pytest.fixture
def noted(episode: Episode) -> Contact:
    return factories.contact(referral=episode.referral, outcome="spoke", words=SAID)


def test_a_call_is_noted_once_and_listed_where_a_session_is_prepared(
    kit_browser: Client, session: Session, episode: Episode
) -> None:
    address = f"/contacts/{episode.referral.ref}/note/"
    sent = form(form_submission="twice")

    for _ in range(2):
        answer = kit_browser.post(address, sent, follow=True)

    assert "The contact is noted" in text(answer)
    assert Contact.objects.count() == 1
    other = kit_browser.post(address, {**sent, "words": "Rang a second time."})
    assert other.status_code == 422
    assert "already been saved with other words" in text(other)
    assert "Rang a second time." in other.content.decode()
    for page in (f"/contacts/of/{episode.ref}/", f"/sessions/{session.ref}/prepare/"):
        assert SAID in text(kit_browser.get(page))


def test_no_contact_is_ever_on_the_shared_screen(
    kit_browser: Client, session: Session, noted: Contact
) -> None:
    assert SAID not in text(kit_browser.get(f"/sessions/{session.ref}/shared/"))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"words": ""}, "Enter what was said or agreed"),
        ({"party": "probation"}, "Enter their name and role"),
        ({"held_on-year": "2999"}, "must be on or before"),
        ({"held_on-day": "31", "held_on-month": "2"}, "31 February"),
        ({"way": "pigeon"}, "How?"),
        ({"words": "\x00"}, "cannot be"),
        ({"words": "a" * 10_001}, "10,000 characters or fewer"),
    ],
)
def test_what_cannot_be_is_said_plainly_and_what_was_typed_is_kept(
    kit_browser: Client, episode: Episode, changed: dict[str, str], sentence: str
) -> None:
    answer = kit_browser.post(f"/contacts/{episode.referral.ref}/note/", form(**changed))

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Contact.objects.exists()


def test_nothing_was_said_a_minute_ahead() -> None:
    day = {"held_on-day": "3", "held_on-month": "3", "held_on-year": "2026"}
    now, ahead = (
        forms.Contact(form(**day, held_time=clock), at=datetime(2026, 3, 3, 14, 30, tzinfo=UTC))
        for clock in ("14:30", "14:31")
    )

    assert now.is_valid()
    assert "This time is in the future" in ahead.errors["held_time"][0]


def test_an_unanswered_call_needs_no_words(kit_browser: Client, episode: Episode) -> None:
    kit_browser.post(f"/contacts/{episode.referral.ref}/note/", form(outcome="no_answer", words=""))

    assert Contact.objects.get().outcome == "no_answer"


def test_before_a_decision_a_manager_notes_a_contact(signed_in: Callable[..., Client]) -> None:
    referral = factories.referral()
    manager = signed_in(role=Role.MANAGER)

    manager.post(f"/contacts/{referral.ref}/note/", form())

    assert SAID in text(manager.get(f"/contacts/{referral.ref}/"))
    assert f"/contacts/{referral.ref}/" in manager.get(f"/referrals/{referral.ref}/").content.decode()


def test_a_supervisor_reads_and_notes_nothing(
    signed_in: Callable[..., Client], episode: Episode, noted: Contact
) -> None:
    supervisor = signed_in(role=Role.SUPERVISOR)

    seen = text(supervisor.get(f"/contacts/of/{episode.ref}/"))

    assert SAID in seen
    assert "Note a call, letter or meeting" not in seen
    assert "entered in error" not in seen
    assert supervisor.get(f"/contacts/{episode.referral.ref}/note/").status_code == 403


def test_a_contact_noted_by_mistake_stays_readable_with_the_reason(
    kit_browser: Client, session: Session, episode: Episode, noted: Contact
) -> None:
    address = f"/contacts/{noted.ref}/strike/"

    kit_browser.post(address, {"reason": "About another person"})
    again = kit_browser.post(address, {"reason": "Once more"})

    listed = text(kit_browser.get(f"/contacts/of/{episode.ref}/"))
    assert "Entered in error" in listed
    assert SAID in listed
    assert "About another person" in listed
    assert SAID not in text(kit_browser.get(f"/sessions/{session.ref}/prepare/"))
    assert again.status_code == 422
    assert "has already been marked as entered in error" in text(again)
    assert "Once more" in again.content.decode()


def test_a_contact_is_struck_out_once(actor: Actor, noted: Contact) -> None:
    commands.strike(actor=actor, ref=noted.ref, reason="A mistake", at=factories.NOW)

    with pytest.raises(Refused, match="already been marked as entered in error"):
        commands.strike(actor=actor, ref=noted.ref, reason="Again", at=factories.NOW)


def test_the_history_tells_of_a_contact_without_its_words(
    actor: Actor, episode: Episode, noted: Contact
) -> None:
    commands.strike(actor=actor, ref=noted.ref, reason="A mistake", at=factories.NOW)

    lines = [line for source in SOURCES for line in source(episode)]

    assert "Contact with the person" in {line.what for line in lines}
    assert "Contact withdrawn, entered in error" in {line.what for line in lines}
    assert not any(SAID in line.detail for line in lines)


def test_more_contacts_than_a_page_holds_are_reached_page_by_page(
    kit_browser: Client, episode: Episode
) -> None:
    for number in range(13):
        factories.contact(
            referral=episode.referral,
            words=f"Call number {number:02}.",
            held_at=factories.NOW - timedelta(hours=number),
        )
    first = kit_browser.get(f"/contacts/of/{episode.ref}/")

    assert "Call number 11." in text(first)
    assert "Call number 12." not in text(first)
    onward = (
        next(
            line
            for line in first.content.decode().split('href="')
            if line.startswith("?") and "after" in line
        )
        .split('"')[0]
        .replace("&amp;", "&")
    )
    assert "Call number 12." in text(kit_browser.get(f"/contacts/of/{episode.ref}/{onward}"))
