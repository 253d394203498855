"""Reminders: only to whom chose it, only where nobody else reads it, once, and of nothing that was moved or cancelled."""

from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.test import Client
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.plans.between.models import BetweenSessions
from desist.programme.service.reminders import commands
from desist.programme.service.reminders.models import Reminder, ReminderChoice
from desist.programme.sessions.models import Session
from desist.ui import dates, email
from desist.wall import actors
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

#: the day before the meeting of `tomorrow`, at 11 in the morning in London
AT = datetime(2026, 3, 3, 11, tzinfo=dates.LONDON)
MEETING = AT.replace(hour=14) + timedelta(days=1)
SENT = {
    "address": "robin@example.org",
    "alone": "no",
    "words": "calendar",
    "chosen_on-day": "2",
    "chosen_on-month": "3",
    "chosen_on-year": "2026",
    "form_version": "0",
}


@pytest.fixture
def by_phone(episode: Episode) -> BetweenSessions:
    """It is set that Robin may use a phone."""
    return BetweenSessions.objects.create(episode=episode, set_by="carol", set_at=factories.NOW)


@pytest.fixture
def chosen(by_phone: BetweenSessions) -> ReminderChoice:
    """Robin chose reminders."""
    return ReminderChoice.objects.create(
        episode=by_phone.episode,
        channel="email",
        address="robin@example.org",
        words="calendar",
        alone=True,
        chosen_on=AT.date(),
        noted_by="carol",
        noted_at=factories.NOW,
    )


@pytest.fixture
def tomorrow(episode: Episode) -> Session:
    """A session on the day after AT."""
    return factories.session(episode=episode, period=(MEETING, MEETING + timedelta(hours=2)))


def send(at: datetime = AT) -> int:
    return commands.send_due(actor=actors.clock(), at=at)


def test_the_choice_is_recorded_with_its_day(kit_browser: Client, by_phone: BetweenSessions) -> None:
    page = text(kit_browser.post(f"/reminders/{by_phone.episode.ref}/choose/", SENT, follow=True))

    assert "E-mail, to robin@example.org" in page
    assert "Please look at your calendar" in page
    assert "Chosen by the person on 2 March 2026" in page


def test_an_address_that_others_read_is_refused(kit_browser: Client, by_phone: BetweenSessions) -> None:
    answer = kit_browser.post(f"/reminders/{by_phone.episode.ref}/choose/", {**SENT, "alone": "yes"})

    assert answer.status_code == 422
    assert "Reminders go only where nobody else reads them" in text(answer)
    assert not ReminderChoice.objects.exists()


@pytest.mark.parametrize("setting", [None, {"on_paper": True, "because": "order"}])
def test_without_a_setting_and_on_paper_nothing_is_chosen(
    kit_browser: Client, episode: Episode, setting: dict[str, object] | None
) -> None:
    if setting:
        BetweenSessions.objects.create(episode=episode, set_by="carol", set_at=factories.NOW, **setting)

    answer = kit_browser.post(f"/reminders/{episode.ref}/choose/", SENT)

    assert "Not saved: it is not set that this person may use a phone" in text(answer)
    assert not ReminderChoice.objects.exists()


def test_one_reminder_goes_out_once_and_says_nothing(chosen: ReminderChoice, tomorrow: Session) -> None:
    assert [send(), send(), send(AT + timedelta(hours=3))] == [1, 0, 0]

    (message,) = mail.outbox
    assert message.to == ["robin@example.org"]
    assert (message.subject, message.body) == (
        "A reminder",
        f"Please look at your calendar.\n\n{email.CLOSING}\n",
    )


def test_the_other_words_are_sent_only_where_they_were_agreed(
    chosen: ReminderChoice, tomorrow: Session
) -> None:
    ReminderChoice.objects.update(words="appointment")
    send()

    assert mail.outbox[0].body.startswith("You have an appointment tomorrow.")


def end_choice(session: Session) -> None:
    ReminderChoice.objects.update(address="", ended_by="carol", ended_at=factories.NOW)


def go_on_paper(session: Session) -> None:
    BetweenSessions.objects.update(on_paper=True, because="order")


def cancel(session: Session) -> None:
    Session.objects.update(state="cancelled")


def move(session: Session) -> None:
    later = MEETING + timedelta(days=1)
    Session.objects.update(period=(later, later + timedelta(hours=2)))


def leave(session: Session) -> None:
    Episode.objects.update(state="left", ended_at=factories.NOW)


@pytest.mark.parametrize("meanwhile", [end_choice, go_on_paper, cancel, move, leave])
def test_nothing_goes_out_after(
    chosen: ReminderChoice, tomorrow: Session, meanwhile: Callable[[Session], None]
) -> None:
    meanwhile(tomorrow)

    assert send() == 0
    assert mail.outbox == []
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("hour", [9, 18, 23])
def test_nothing_goes_out_early_or_late(chosen: ReminderChoice, tomorrow: Session, hour: int) -> None:
    assert send(AT.replace(hour=hour, minute=59 if hour == 9 else 0)) == 0


def test_a_meeting_that_was_moved_is_reminded_of_at_its_new_time(
    chosen: ReminderChoice, tomorrow: Session
) -> None:
    send()
    move(tomorrow)

    assert [send(), send(AT + timedelta(days=1)), send(AT + timedelta(days=1))] == [0, 1, 0]


def test_an_assessment_is_reminded_of_too(chosen: ReminderChoice) -> None:
    factories.assessment(
        episode=chosen.episode, state="appointed", period=(MEETING, MEETING + timedelta(hours=1))
    )

    assert send() == 1


def test_what_the_mail_server_did_not_take_is_shown_and_never_tried_again(
    kit_browser: Client, chosen: ReminderChoice, tomorrow: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(**_: object) -> None:
        raise SMTPServerDisconnected

    with monkeypatch.context() as patched:
        patched.setattr(email, "send", silent)
        assert send() == 0
    assert send() == 0

    page = text(kit_browser.get(f"/reminders/{chosen.episode.ref}/"))
    assert "Not sent The mail server did not take it. Tell the person yourself." in page


def test_staff_see_what_was_sent(kit_browser: Client, chosen: ReminderChoice, tomorrow: Session) -> None:
    send()

    page = text(kit_browser.get(f"/reminders/{chosen.episode.ref}/"))

    assert "E-mail: “Please look at your calendar.” Sent" in page


def test_ending_empties_the_address(kit_browser: Client, chosen: ReminderChoice) -> None:
    for _ in range(2):
        page = text(kit_browser.post(f"/reminders/{chosen.episode.ref}/end/", follow=True))

    chosen.refresh_from_db()
    assert chosen.address == ""
    assert "Reminders were ended by Kit Marlow" in page


def test_work_on_paper_ends_reminders(kit_browser: Client, chosen: ReminderChoice) -> None:
    sent = {"on_paper": "yes", "because": "order", "edition": "standard", "form_version": "1"}
    kit_browser.post(f"/between/{chosen.episode.ref}/", sent)

    chosen.refresh_from_db()
    assert chosen.ended_at is not None
    assert chosen.address == ""


def test_the_address_of_a_person_who_left_is_emptied(chosen: ReminderChoice, tomorrow: Session) -> None:
    leave(tomorrow)
    send()

    chosen.refresh_from_db()
    assert (chosen.address, chosen.ended_at) == ("", AT)


def test_a_colleague_with_other_people_sees_no_address(chosen: ReminderChoice) -> None:
    ola = factories.account(name="Ola Reed")
    browser = staff.browser(account=ola, role=Role.PRACTITIONER)

    assert browser.get(f"/reminders/{chosen.episode.ref}/").status_code == 404
