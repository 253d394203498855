"""E-mails wait in the database until the mail server took them, and no page waits for it."""

import contextlib
import re
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from tests.accounts.conftest import AREA, Joined
from tests.mailserver import MailServer, mail_server
from tests.notify import notify
from tests.processes import free_port

from desist.accounts import mail
from desist.accounts.mailing import commands
from desist.accounts.mailing.models import OutgoingEmail
from desist.accounts.models import Account, Invitation
from desist.ui.email import Kind

BACKEND = "desist.accounts.mailing.server.EmailBackend"
TO, LINK = "sam.lowe@service.example", "https://desist.example/"
ASKED = {"name": "Sam Lowe", "email": TO, "role": "practitioner", "area": AREA}
State = OutgoingEmail.State


def settings(port: int, security: str = "plain", authority: str = "") -> Any:
    return override_settings(
        EMAIL_BACKEND=BACKEND,
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
        EMAIL_USE_TLS=security == "starttls",
        EMAIL_USE_SSL=security == "tls",
        DESIST_EMAIL_CA_FILE=authority,
    )


@contextlib.contextmanager
def served(folder: Path, security: str = "plain", *, silent: bool = False) -> Iterator[MailServer]:
    """A mail server that this site uses."""
    authority = "" if security == "plain" else str(folder / "authority.pem")
    with (
        mail_server(folder, security=security, silent=silent) as told,
        settings(told.port, security, authority),
    ):
        yield told


def states() -> list[str]:
    return [row.state for row in OutgoingEmail.objects.order_by("pk")]


def tell(at: datetime, to: str = TO, kind: Kind = Kind.WAITING, link: str = LINK) -> bool:
    return mail.tell(to=to, kind=kind, link=link, at=at)


@pytest.fixture
def administrator(ada: Account, joined: Callable[..., Joined]) -> Client:
    return joined(ada).browser


@pytest.mark.django_db
@pytest.mark.parametrize("security", ["starttls", "tls", "plain"])
def test_an_email_goes_to_the_mail_server_over_the_way_that_is_set(
    security: str, tmp_path: Path, now: datetime
) -> None:
    with served(tmp_path, security) as server:
        assert tell(now)
        before = list(server.messages)
        assert commands.send_next(at=now)
        assert not commands.send_next(at=now)

    assert before == []
    [(to, text)] = server.messages
    assert to == [TO]
    assert LINK in text
    assert server.ciphered == [security != "plain"]
    assert states() == ["sent"]


@pytest.mark.django_db
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_mail_server_of_an_unknown_authority_gets_nothing(
    security: str, tmp_path: Path, now: datetime
) -> None:
    with served(tmp_path, security) as server, override_settings(DESIST_EMAIL_CA_FILE=""):
        tell(now)
        commands.send_next(at=now)

    assert server.messages == []
    row = OutgoingEmail.objects.get()
    assert (row.state, row.failure) == (State.WAITING, "SSLCertVerificationError")


@pytest.mark.django_db
def test_address_and_link_are_not_readable_in_the_database_and_go_once_it_is_done(
    tmp_path: Path, now: datetime
) -> None:
    with served(tmp_path):
        tell(now)
        with connection.cursor() as cursor:
            cursor.execute("SELECT encode(sealed, 'escape'), * FROM accounts_outgoingemail")
            kept = str(cursor.fetchall())
        commands.send_next(at=now)

    assert "sam" not in kept
    assert "desist.example" not in kept
    assert bytes(OutgoingEmail.objects.get().sealed) == b""


@pytest.mark.django_db
def test_it_is_tried_with_growing_pauses_while_the_server_is_away(now: datetime) -> None:
    at, pauses = now, []
    with settings(free_port()):
        tell(now)
        for _ in range(9):
            assert commands.send_next(at=at)
            row = OutgoingEmail.objects.get()
            assert not commands.send_next(at=row.next_try_at - timedelta(seconds=1))
            pauses.append((row.next_try_at - at).total_seconds())
            at = row.next_try_at

    assert pauses == [15, 30, 60, 120, 240, 480, 900, 900, 900]
    assert (row.state, row.failure, row.tries) == (State.WAITING, "ConnectionRefusedError", 9)


@pytest.mark.django_db
def test_once_the_server_answers_again_nothing_waits_out_its_pause(tmp_path: Path, now: datetime) -> None:
    with settings(free_port()):
        for number in range(3):
            tell(now, to=f"{number}{TO}")
        for _ in range(3):
            commands.send_next(at=now)
    later = now + timedelta(seconds=1)
    with served(tmp_path) as server:
        tell(later)
        while commands.send_next(at=later):
            pass

    assert len(server.messages) == 4


@pytest.mark.django_db
def test_an_address_that_the_server_does_not_take_is_not_tried_for_ever(
    tmp_path: Path, now: datetime
) -> None:
    with served(tmp_path) as server:
        server.refused = {TO: 550, f"busy.{TO}": 450}
        for address in server.refused:
            tell(now, to=address)
        tell(now, to=f"other.{TO}")
        while commands.send_next(at=now):
            pass

    assert states() == ["refused", "waiting", "sent"]
    refused, waiting, _ = OutgoingEmail.objects.order_by("pk")
    assert bytes(refused.sealed) == b""
    assert waiting.failure == "SMTPRecipientsRefused"
    assert waiting.next_try_at > now


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "days"), [(Kind.WAITING, 1), (Kind.CHANGED, 3)])
def test_what_would_come_too_late_is_not_sent(kind: Kind, days: int, tmp_path: Path, now: datetime) -> None:
    with served(tmp_path) as server:
        tell(now, kind=kind)
        commands.send_next(at=now + timedelta(days=days))

    assert server.messages == []
    assert states() == ["ended"]
    assert bytes(OutgoingEmail.objects.get().sealed) == b""


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["used_at", "cancelled_at"])
def test_a_link_that_opens_nothing_any_more_is_not_sent(
    administrator: Client, field: str, tmp_path: Path, now: datetime
) -> None:
    with served(tmp_path) as server:
        administrator.post("/account/people/invite/", ASKED)
        Invitation.objects.filter(account__email=TO).update(**{field: now})
        commands.send_next(at=now + timedelta(hours=1))

    assert server.messages == []
    assert states() == ["ended"]


@pytest.mark.django_db
def test_a_link_that_has_expired_is_not_sent(administrator: Client, tmp_path: Path, now: datetime) -> None:
    with served(tmp_path) as server:
        administrator.post("/account/people/invite/", ASKED)
        made = Invitation.objects.get(account__email=TO)
        commands.send_next(at=made.expires_at)

    assert (server.messages, states()) == ([], ["ended"])


@pytest.mark.django_db
def test_the_page_that_invites_does_not_wait_for_a_silent_mail_server_and_says_what_came_of_it(
    administrator: Client, tmp_path: Path, now: datetime
) -> None:
    with served(tmp_path, silent=True) as server:
        page = administrator.post("/account/people/invite/", ASKED, follow=True).content.decode()
        asked = server.connections
        ref = Account.objects.get(email=TO).ref
        waiting = administrator.get(f"/account/people/{ref}/").content.decode()
        server.answering.set()
        commands.send_next(at=now + timedelta(seconds=5))
        sent = administrator.get(f"/account/people/{ref}/").content.decode()

    assert asked == 0
    assert f"An e-mail with the link goes out to {TO} soon." in page
    assert "E-mail: waiting for the mail server" in waiting
    assert "E-mail: taken by the mail server, " in sent
    [(to, text)] = server.messages
    assert to == [TO]
    found = re.search(r"<code>(https://[^<]+)</code>", page)
    assert found
    assert found[1] in text


@pytest.mark.django_db
def test_an_administrator_reads_that_the_mail_server_does_not_answer(
    administrator: Client, now: datetime
) -> None:
    with settings(free_port()):
        administrator.post("/account/people/invite/", ASKED)
        for minutes in (1, 2, 3):
            commands.send_next(at=now + timedelta(minutes=minutes))
        page = administrator.get(f"/account/people/{Account.objects.get(email=TO).ref}/").content.decode()

    assert "E-mail: waiting for the mail server, tried 3 times" in page


@pytest.mark.django_db
def test_one_sealed_with_a_key_that_is_gone_is_given_up(tmp_path: Path, now: datetime) -> None:
    with served(tmp_path) as server:
        tell(now)
        with override_settings(DESIST_MFA_KEYS=[b"another key".ljust(32)]):
            commands.send_next(at=now)

    assert (server.messages, states()) == ([], ["refused"])


@pytest.mark.django_db
def test_a_text_that_is_no_address_is_told_at_once(now: datetime) -> None:
    with settings(free_port()):
        assert not tell(now, to="sam, kit@service.example")

    assert states() == []


@pytest.mark.django_db
def test_what_was_done_a_week_ago_is_forgotten_and_what_waits_is_not(tmp_path: Path, now: datetime) -> None:
    with served(tmp_path):
        tell(now)
        commands.send_next(at=now)
        tell(now)
        commands.forget(before=now)
        before = states()
        commands.forget(before=now + timedelta(seconds=1))

    assert before == ["sent", "waiting"]
    assert states() == ["waiting"]


@pytest.mark.usefixtures("committed")
def test_two_workers_never_try_one_email_at_once(tmp_path: Path, now: datetime) -> None:
    with served(tmp_path) as server:
        tell(now)
        other = connection.copy()
        with contextlib.closing(other):
            other.set_autocommit(False)
            with other.cursor() as cursor:
                cursor.execute("SELECT 1 FROM accounts_outgoingemail FOR UPDATE")
            meanwhile = commands.send_next(at=now)
            other.rollback()
        afterwards = commands.send_next(at=now)

    assert (meanwhile, afterwards) == (False, True)
    assert len(server.messages) == 1


#: how many wait at once in the test; the measured run has 10,000 (docs/scale.md)
MANY = 120


def work(at: datetime) -> None:
    """What one worker does: it sends whatever is its turn, on a connection of its own."""
    try:
        while commands.send_next(at=at):
            pass
    finally:
        connection.close()


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("way", ["smtp", "notify"])
def test_many_that_wait_are_each_sent_once_by_two_workers(way: str, tmp_path: Path, now: datetime) -> None:
    with served(tmp_path) as server, notify() as standing:
        with override_settings(DESIST_NOTIFY=standing.site if way == "notify" else None):
            for number in range(MANY):
                tell(now, to=f"{number}{TO}")
            workers = [threading.Thread(target=work, args=[now]) for _ in range(2)]
            for one in workers:
                one.start()
            for one in workers:
                one.join()
        sent = [to for (to,), _ in server.messages] + [one["email_address"] for one in standing.messages]

    assert sorted(sent) == sorted(f"{number}{TO}" for number in range(MANY))
    assert states() == ["sent"] * MANY


@pytest.mark.django_db
def test_an_email_that_is_tried_again_bears_the_same_message_id(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(tmp_path) as server:
        tell(now)
        tell(now, to=f"other.{TO}")
        with monkeypatch.context() as patched:
            patched.setattr(commands, "_done", lambda *_: None)  # the process dies before it notes the answer
            commands.send_next(at=now)
        while commands.send_next(at=now + commands.FIRST_PAUSE):
            pass

    names = [re.findall(r"^Message-ID: (.+)$", text, re.MULTILINE) for _, text in server.messages]
    assert len(names) == 3
    assert [to for to, _ in server.messages].count([TO]) == 2
    assert len({name for (name,) in names}) == 2
