"""Reminders by text message: tried again until GOV.UK Notify has them, never twice, and to no number that became unsafe."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client, override_settings
from tests import notify as stand_in
from tests.notify import SERVICE, Standing
from tests.processes import free_port
from tests.programme import factories
from tests.programme.reading import text
from tests.programme.service.reminders.test_reminders import (
    AT,
    MEETING,
    SENT,
    by_phone,
    cancel,
    end_choice,
    go_on_paper,
    leave,
    move,
    tomorrow,
)

from desist.accounts.mailing import queries as mailing
from desist.accounts.mailing.commands import FIRST_PAUSE
from desist.deployment import Notify
from desist.programme.episodes.models import Episode
from desist.programme.plans.between.models import BetweenSessions
from desist.programme.referrals.models import Referral
from desist.programme.service.reminders import commands
from desist.programme.service.reminders.models import Reminder, ReminderChoice
from desist.programme.sessions.models import Session
from desist.ui import dates
from desist.wall import actors
from desist.zones import condition
from desist.zones.condition import Queue

__all__ = ["by_phone", "tomorrow"]  # fixtures
pytestmark = pytest.mark.django_db

NUMBER = "07700 900321"
TYPED = {**SENT, "channel": "text", "number": "07700900321", "address": ""}


@pytest.fixture
def notify() -> Iterator[Standing]:
    with stand_in.notify() as told, override_settings(DESIST_TEXTS=told.site):
        yield told


@pytest.fixture
def chosen(by_phone: BetweenSessions) -> ReminderChoice:
    """Robin chose text messages."""
    return factories.chosen_reminders(episode=by_phone.episode, channel="text", address=NUMBER)


def send(at: datetime = AT) -> int:
    return commands.send_due(actor=actors.clock(), at=at)


def became() -> tuple[str, str, int]:
    row = Reminder.objects.get()
    return row.state, row.failure, row.tries


def test_a_number_is_chosen_beside_an_address(
    kit_browser: Client, by_phone: BetweenSessions, notify: Standing
) -> None:
    page = text(kit_browser.post(f"/reminders/{by_phone.episode.ref}/choose/", TYPED, follow=True))

    assert f"Text message, to {NUMBER}" in page
    assert ReminderChoice.objects.get().channel == "text"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"number": ""}, "Enter their own mobile number"),
        ({"number": "020 7946 0321"}, "a text message reaches no other"),
        ({"number": "seven"}, "telephone number"),
        ({"channel": "email"}, "Enter their own e-mail address"),
        ({"alone": "yes"}, "Reminders go only where nobody else reads them"),
    ],
)
def test_what_no_text_reaches_is_a_sentence(
    kit_browser: Client, by_phone: BetweenSessions, notify: Standing, typed: dict[str, str], said: str
) -> None:
    answer = kit_browser.post(f"/reminders/{by_phone.episode.ref}/choose/", TYPED | typed)

    assert answer.status_code == 422
    assert said in text(answer)
    assert not ReminderChoice.objects.exists()


def test_a_service_without_text_messages_offers_none(kit_browser: Client, by_phone: BetweenSessions) -> None:
    page = text(kit_browser.get(f"/reminders/{by_phone.episode.ref}/choose/"))
    kit_browser.post(f"/reminders/{by_phone.episode.ref}/choose/", TYPED)

    assert "Text message" not in page
    assert not ReminderChoice.objects.exists()


def test_one_text_goes_out_once_and_says_nothing(
    notify: Standing, chosen: ReminderChoice, tomorrow: Session
) -> None:
    assert [send(), send(), send(AT + timedelta(hours=3))] == [1, 0, 0]

    (message,) = notify.messages
    assert message["phone_number"] == NUMBER
    assert message["personalisation"] == {"message": "Please look at your calendar."}
    assert Reminder.objects.get().ref not in str(message)


def test_what_was_not_taken_is_tried_again_with_growing_pauses(
    notify: Standing, chosen: ReminderChoice, tomorrow: Session
) -> None:
    notify.answers = [500, 429]
    send()
    before = became()
    send(AT + timedelta(seconds=1))
    same = became()
    second = AT + FIRST_PAUSE
    send(second)
    send(second + 2 * FIRST_PAUSE)

    assert (before, same) == (("waiting", "Fault", 1), ("waiting", "Fault", 1))
    assert became() == ("sent", "", 3)
    assert len(notify.messages) == 1


def test_two_workers_at_one_moment_try_it_once(
    notify: Standing, chosen: ReminderChoice, tomorrow: Session
) -> None:
    notify.answers = [500]
    send()
    ref = Reminder.objects.get().ref
    commands._try(
        actors.clock(), chosen.episode.ref, ref, AT
    )  # it was read as due before the other one tried

    assert became() == ("waiting", "Fault", 1)
    assert len(notify.asked) == 1


def test_what_it_has_already_is_not_sent_twice(
    notify: Standing, chosen: ReminderChoice, tomorrow: Session
) -> None:
    notify.cuts_off = True
    send()
    before = became()
    notify.cuts_off = False
    send(AT + FIRST_PAUSE)

    assert before == ("waiting", "ConnectionError", 1)
    assert became()[0] == "sent"
    assert len(notify.messages) == 1


def test_a_process_that_died_before_it_noted_the_answer_sends_nothing_twice(
    notify: Standing, chosen: ReminderChoice, tomorrow: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(commands, "_note", killed)
        with pytest.raises(SystemExit):
            send()
    send(AT + FIRST_PAUSE)

    assert became()[0] == "sent"
    assert len(notify.messages) == 1


def strike(session: Session) -> None:
    """The service learns that the number is another person's now."""
    referral = session.episode.referral
    Referral.objects.filter(pk=referral.pk).update(own_phone="07700 900999")
    referral.changes.create(
        name="own_phone",
        before=NUMBER,
        after="07700 900999",
        by="carol",
        at=factories.NOW + timedelta(hours=1),
    )


@pytest.mark.parametrize("meanwhile", [end_choice, go_on_paper, cancel, move, leave, strike])
def test_a_text_that_waits_is_decided_anew(
    notify: Standing, chosen: ReminderChoice, tomorrow: Session, meanwhile: Callable[[Session], None]
) -> None:
    notify.answers = [500]
    send()
    meanwhile(tomorrow)
    send(AT + FIRST_PAUSE)

    assert became()[0] == "dropped"
    assert notify.messages == []


@pytest.mark.parametrize("meanwhile", [end_choice, go_on_paper, cancel, move, leave, strike])
def test_nothing_goes_out_after(
    notify: Standing, chosen: ReminderChoice, tomorrow: Session, meanwhile: Callable[[Session], None]
) -> None:
    meanwhile(tomorrow)

    assert send() == 0
    assert notify.asked == []
    assert not Reminder.objects.exists()


def test_a_number_that_is_theirs_once_more_counts_again(
    notify: Standing, chosen: ReminderChoice, tomorrow: Session
) -> None:
    strike(tomorrow)
    Referral.objects.update(own_phone="+44 7700 900321")

    assert send() == 1


def test_staff_read_why_a_number_became_unsafe(
    kit_browser: Client, notify: Standing, chosen: ReminderChoice, tomorrow: Session
) -> None:
    strike(tomorrow)

    page = text(kit_browser.get(f"/reminders/{chosen.episode.ref}/"))

    assert f"No reminder is sent to {NUMBER}. It was taken out of their contact details" in page


def test_after_the_hours_of_reminders_no_text_waits(
    kit_browser: Client, notify: Standing, chosen: ReminderChoice, tomorrow: Session
) -> None:
    notify.answers = [500] * 9
    send(AT.replace(hour=17, minute=59))
    send(AT.replace(hour=18))
    page = text(kit_browser.get(f"/reminders/{chosen.episode.ref}/"))

    assert became()[0] == "dropped"
    assert "Not sent It was not taken in time" in page
    assert "Tell the person yourself." in page


def test_a_number_that_is_refused_is_not_tried_again(
    kit_browser: Client, notify: Standing, chosen: ReminderChoice, tomorrow: Session
) -> None:
    notify.refused = NUMBER
    send()
    send(AT + timedelta(hours=1))

    assert became() == ("failed", "AddressRefused", 1)
    assert len(notify.asked) == 1
    assert "Not sent The number was refused." in text(kit_browser.get(f"/reminders/{chosen.episode.ref}/"))


def test_texts_that_were_switched_off_meanwhile_are_not_sent(
    kit_browser: Client, chosen: ReminderChoice, tomorrow: Session
) -> None:
    assert send() == 0
    page = text(kit_browser.get(f"/reminders/{chosen.episode.ref}/"))

    assert "This service sends no text messages" in page


def test_administrators_count_what_waits(chosen: ReminderChoice, tomorrow: Session) -> None:
    away = Notify(f"http://127.0.0.1:{free_port()}", SERVICE, SERVICE, SERVICE)
    with override_settings(DESIST_TEXTS=away):
        send()

    found = {one.queue: one for one in condition.condition(at=AT + timedelta(minutes=90)).waiting}
    assert (found[Queue.TEXTS].number, found[Queue.TEXTS].oldest) == (1, timedelta(minutes=90))
    assert mailing.texts() == mailing.Texts(1, AT, "ConnectionError")


def test_a_zone_without_text_messages_counts_none() -> None:
    with override_settings(DESIST_TEXTS_WAITING=""):
        assert Queue.TEXTS not in {one.queue for one in condition.condition(at=AT).waiting}


def test_a_meeting_that_was_moved_is_reminded_of_at_its_new_time(
    notify: Standing, chosen: ReminderChoice, tomorrow: Session
) -> None:
    send()
    later = MEETING + timedelta(days=1)
    Session.objects.update(period=(later, later + timedelta(hours=2)))

    assert [send(), send(AT + timedelta(days=1)), send(AT + timedelta(days=1))] == [0, 1, 0]


def test_both_clocks_of_the_year_keep_the_hours(
    notify: Standing, chosen: ReminderChoice, episode: Episode
) -> None:
    at = datetime(2026, 3, 28, 10, tzinfo=dates.LONDON)  # the clocks go forward in the night
    begins = datetime(2026, 3, 29, 14, tzinfo=dates.LONDON)
    factories.session(episode=episode, period=(begins, begins + timedelta(hours=2)))

    assert [send(at - timedelta(minutes=1)), send(at)] == [0, 1]
