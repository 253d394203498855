"""E-mails to staff go out by GOV.UK Notify where the site says so, each once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client, override_settings
from tests import notify as stand_in
from tests.accounts.conftest import SignedIn
from tests.notify import KEY, SECRET, SERVICE, TEMPLATE, Standing
from tests.processes import free_port

from desist import deployment
from desist.accounts import mail
from desist.accounts.mailing import commands, queries
from desist.accounts.mailing.models import OutgoingEmail
from desist.accounts.models import Account
from desist.deployment import Notify
from desist.privatefile import SettingError
from desist.ui.email import Kind

pytestmark = pytest.mark.django_db

TO, LINK = "sam.lowe@service.example", "https://desist.example/"
State = OutgoingEmail.State


@pytest.fixture
def notify() -> Iterator[Standing]:
    with stand_in.notify() as told, override_settings(DESIST_NOTIFY=told.site, EMAIL_HOST=""):
        yield told


@pytest.fixture
def administrator(ada: Account, signed_in: SignedIn) -> Client:
    return signed_in(ada)


def tell(at: datetime, to: str = TO) -> None:
    assert mail.tell(to=to, kind=Kind.WAITING, link=LINK, at=at)


def failure() -> tuple[str, str]:
    row = OutgoingEmail.objects.get()
    return row.state, row.failure


def test_a_message_is_handed_over_with_its_words_and_our_reference(notify: Standing, now: datetime) -> None:
    tell(now)
    assert commands.send_next(at=now)

    [message] = notify.messages
    assert message["email_address"] == TO
    assert message["personalisation"]["subject"] == "Something is waiting for you"
    assert LINK in message["personalisation"]["message"]
    assert len(message["reference"]) == 32
    assert notify.asked == ["POST /v2/notifications/email"]
    assert failure() == ("sent", "")


def test_what_it_has_already_is_not_sent_twice(notify: Standing, now: datetime) -> None:
    notify.cuts_off = True
    tell(now)
    commands.send_next(at=now)
    before = failure()
    notify.cuts_off = False
    commands.send_next(at=now + commands.FIRST_PAUSE)

    assert before == ("waiting", "ConnectionError")
    assert len(notify.messages) == 1
    assert failure()[0] == "sent"


def test_a_process_that_was_killed_before_it_noted_the_answer_sends_nothing_twice(
    notify: Standing, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(now)

    def killed(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(commands, "_done", killed)
        with pytest.raises(SystemExit):
            commands.send_next(at=now)
    commands.send_next(at=now + commands.FIRST_PAUSE)

    assert len(notify.messages) == 1
    assert failure()[0] == "sent"


@pytest.mark.parametrize(
    ("code", "name"),
    [(400, "RequestRefused"), (403, "KeyRefused"), (429, "Busy"), (500, "Fault"), (503, "Fault")],
)
def test_what_may_change_is_tried_again_with_growing_pauses(
    notify: Standing, now: datetime, code: int, name: str
) -> None:
    notify.answers = [code, code]
    tell(now)
    at, pauses = now, []
    for _ in range(2):
        commands.send_next(at=at)
        row = OutgoingEmail.objects.get()
        pauses.append((row.next_try_at - at).total_seconds())
        at = row.next_try_at
    before = failure()
    commands.send_next(at=at)

    assert (before, pauses) == (("waiting", name), [15, 30])
    assert len(notify.messages) == 1
    assert failure()[0] == "sent"


def test_an_address_that_it_refuses_is_not_tried_again(notify: Standing, now: datetime) -> None:
    notify.refused = TO
    tell(now)
    commands.send_next(at=now)

    assert failure() == ("refused", "AddressRefused")
    assert bytes(OutgoingEmail.objects.get().sealed) == b""


def test_a_key_of_another_service_is_refused(notify: Standing, now: datetime) -> None:
    with override_settings(DESIST_NOTIFY=replace(notify.site, secret=SERVICE)):
        tell(now)
        commands.send_next(at=now)

    assert failure() == ("waiting", "KeyRefused")


def test_one_that_is_out_of_reach_is_tried_again(now: datetime) -> None:
    away = Notify(f"http://127.0.0.1:{free_port()}", SERVICE, SECRET, TEMPLATE)
    with override_settings(DESIST_NOTIFY=away):
        tell(now)
        commands.send_next(at=now)

    assert failure() == ("waiting", "ConnectionError")


def test_one_that_takes_no_more_is_not_pressed_by_what_goes_out(notify: Standing, now: datetime) -> None:
    notify.answers = [429, 500]
    for number in range(3):
        tell(now, to=f"{number}{TO}")
    for _ in range(3):
        commands.send_next(at=now)
    later = now + timedelta(seconds=1)
    tell(later)
    while commands.send_next(at=later):
        pass

    left = OutgoingEmail.objects.get(state=State.WAITING)
    assert left.failure == "Busy"
    assert len(notify.messages) == 3


def test_an_administrator_reads_what_waits_and_why(
    notify: Standing, now: datetime, administrator: Client
) -> None:
    notify.answers = [403]
    tell(now)
    commands.send_next(at=now)

    first = administrator.get("/account/people/").content.decode()
    page = administrator.get("/account/emails/not-sent/").content.decode()

    assert "E-mails do not go out" in first
    assert "1 e-mail waits" in first
    assert "GOV.UK Notify refuses the key, or this machine’s clock is wrong" in page
    assert TO not in page


def test_where_everything_goes_out_the_first_page_says_nothing(
    notify: Standing, now: datetime, administrator: Client
) -> None:
    tell(now)
    commands.send_next(at=now)

    assert "E-mails do not go out" not in administrator.get("/account/people/").content.decode()
    assert "Every e-mail was sent" in administrator.get("/account/emails/not-sent/").content.decode()


def test_an_administrator_reads_that_text_messages_do_not_go_out(
    administrator: Client, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "desist.programme.service.reminders.queries.waiting", lambda: queries.Texts(2, now, "Busy")
    )

    first = administrator.get("/account/people/").content.decode()
    page = administrator.get("/account/emails/not-sent/").content.decode()

    assert "Text messages do not go out" in first
    assert "2 text messages wait" in page
    assert "GOV.UK Notify takes no more just now." in page


def test_a_site_names_its_key_and_its_template(monkeypatch: pytest.MonkeyPatch) -> None:
    assert deployment.notify() is None
    monkeypatch.setenv("DESIST_NOTIFY_KEY", KEY)
    monkeypatch.setenv("DESIST_NOTIFY_TEMPLATE", TEMPLATE)

    assert deployment.notify() == Notify(
        "https://api.notifications.service.gov.uk", SERVICE, SECRET, TEMPLATE
    )
    assert settings.DESIST_NOTIFY is None


def test_text_messages_have_a_key_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESIST_NOTIFY_KEY", KEY)
    monkeypatch.setenv("DESIST_NOTIFY_TEMPLATE", TEMPLATE)
    assert deployment.texts() is None
    monkeypatch.setenv("DESIST_TEXT_KEY", KEY)
    with pytest.raises(SettingError, match="DESIST_TEXT_TEMPLATE is missing"):
        deployment.texts()
    monkeypatch.setenv("DESIST_TEXT_TEMPLATE", TEMPLATE)

    assert deployment.texts() == deployment.notify()
    assert settings.DESIST_TEXTS is None


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DESIST_NOTIFY_KEY", "northmere", "no key of GOV.UK Notify"),
        ("DESIST_NOTIFY_TEMPLATE", "", "Write the ID of the template"),
        ("DESIST_NOTIFY_ADDRESS", "http://notify.example", "must begin with https://"),
    ],
)
def test_a_notify_that_cannot_be_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv("DESIST_NOTIFY_KEY", KEY)
    monkeypatch.setenv("DESIST_NOTIFY_TEMPLATE", TEMPLATE)
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingError, match=said):
        deployment.notify()
