"""A file with names: one person asks, a second one releases, it comes sealed, and after 24 hours it is gone."""

import itertools
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests import staff
from tests.audit.conftest import note
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.audit.downloads import sealing
from desist.audit.downloads.models import Download
from desist.audit.downloads.states import LASTS, TRANSITIONS, WAITS, State, state
from desist.programme.sessions.policy import Action
from desist.wall.actors import Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

PHRASE = "four plain words here"
EXPORT = "/audit/export/?purpose=lawfulness"
ASKED = datetime(2026, 3, 3, 14, 30, tzinfo=UTC)


@pytest.fixture
def ada(db: None) -> Client:
    """The administrator, who is the second person."""
    account = staff.account(name="Ada Linnet", email="ada@example.org")
    return staff.browser(account=account, role=Role.ADMINISTRATOR)


def ask(officer: Client, submission: str = "once") -> Download:
    officer.post(EXPORT, {"why": "A complaint", "form_submission": submission})
    return Download.objects.latest("pk")


def decide(client: Client, row: Download, answer: str = "release") -> Any:
    return client.post(f"/downloads/{row.ref}/decide/", {"answer": answer})


def take(client: Client, row: Download, passphrase: str = PHRASE) -> Any:
    return client.post(f"/downloads/{row.ref}/take/", {"passphrase": passphrase})


def is_file(answer: Any) -> bool:
    return "attachment" in answer.headers.get("Content-Disposition", "")


def opened(sealed: bytes, folder: Path, passphrase: str = PHRASE) -> subprocess.CompletedProcess[bytes]:
    """What OpenSSL makes of a file, as the page says."""
    path = folder / "file.sealed"
    path.write_bytes(sealed)
    told = ["-d", "-aes-256-cbc", "-pbkdf2", "-iter", str(sealing.ROUNDS), "-in", str(path)]
    return subprocess.run(
        [shutil.which("openssl") or "openssl", "enc", *told, "-pass", f"pass:{passphrase}"],
        check=False,
        capture_output=True,
    )


def test_the_file_comes_after_a_second_person_released_it_and_openssl_opens_it(
    officer: Client, ada: Client, kit: Account, tmp_path: Path
) -> None:
    note(kit.ref, Action.SEE_SESSION, "programme.session:planted")
    row = ask(officer)
    before = take(officer, row)
    page = text(ada.get("/downloads/"))
    decide(ada, row)

    after = take(officer, row)

    assert not is_file(before)
    assert "This file is gone: it was not released" in text(before)
    assert "Audit, from the beginning: to check that what was done was lawful Dee Quillon" in page
    assert "A complaint" in page
    assert is_file(after)
    assert b"planted" not in after.content
    assert b"programme.session:planted" in opened(after.content, tmp_path).stdout
    assert opened(after.content, tmp_path, "another phrase here").returncode != 0


def test_nobody_releases_their_own_and_nobody_takes_anothers(officer: Client, ada: Client) -> None:
    row = ask(officer)

    assert decide(officer, row).status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        Download.objects.update(decided_by=row.asked_by, decided_at=staff.NOW, released=True)
    decide(ada, row)
    other = staff.browser(account=staff.account(name="Ola Reed"), role=Role.DATA_PROTECTION_OFFICER)
    assert take(other, row).status_code == 404
    assert take(ada, row).status_code == 403


def test_a_second_account_of_the_same_name_is_no_second_person(officer: Client) -> None:
    row = ask(officer)
    again = staff.browser(account=staff.account(name="Dee Quillon"), role=Role.ADMINISTRATOR)

    assert "Release" not in text(again.get("/downloads/"))
    assert decide(again, row).status_code == 403


def test_24_hours_after_the_release_it_is_gone(officer: Client, ada: Client) -> None:
    row = ask(officer)
    decide(ada, row)
    row.refresh_from_db()
    assert row.decided_at is not None
    Download.objects.update(decided_at=row.decided_at - LASTS)

    answer = take(officer, row)

    assert answer.status_code == 422
    assert "its 24 hours are over" in text(answer)


def test_what_was_refused_or_waited_too_long_is_not_released(officer: Client, ada: Client) -> None:
    refused = ask(officer)
    decide(ada, refused, "refuse")
    waited = ask(officer, "twice")
    Download.objects.filter(pk=waited.pk).update(asked_at=waited.asked_at - WAITS)

    for row in (refused, waited):
        decide(ada, row)
        assert not is_file(take(officer, row))


def test_the_second_person_is_told_without_content(officer: Client, ada: Client) -> None:
    ask(officer)

    assert [message.to for message in mail.outbox] == [["ada@example.org"]]
    assert "udit" not in f"{mail.outbox[0].subject}{mail.outbox[0].body}"


def test_where_there_is_nobody_else_the_page_says_what_to_do(officer: Client) -> None:
    for page in (officer.get(EXPORT), officer.get("/downloads/")):
        assert "There is nobody else here who could release" in text(page)
        assert "gives the role of data protection officer" in text(page)


def test_another_officers_first_page_says_that_a_file_waits(officer: Client) -> None:
    ask(officer)
    other = staff.browser(account=staff.account(name="Ola Reed"), role=Role.DATA_PROTECTION_OFFICER)

    assert "1 file waits for a second person" in text(other.get("/audit/"))
    assert "for a second person" not in text(officer.get("/audit/"))


@pytest.mark.parametrize("passphrase", ["", "short", "x" * 14])
def test_a_short_passphrase_is_refused_and_never_repeated_by_an_error_page(
    officer: Client, ada: Client, passphrase: str
) -> None:
    row = ask(officer)
    decide(ada, row)

    answer = take(officer, row, passphrase)

    assert answer.status_code == 422
    assert not is_file(answer)


def test_each_step_is_an_event(officer: Client, ada: Client) -> None:
    row = ask(officer)
    decide(ada, row)
    take(officer, row)

    done = AuditEvent.objects.filter(allowed=True).values_list("action", flat=True)
    assert {"audit.ask_for_file", "audit.release_file", "audit.take_file", "audit.export_events"} <= set(done)


def test_the_same_form_twice_asks_once(officer: Client) -> None:
    ask(officer)
    ask(officer)

    assert Download.objects.count() == 1


@given(
    decided=st.none() | st.tuples(st.integers(0, 300), st.booleans()),
    hours=st.lists(st.integers(0, 400), min_size=2, max_size=8),
)
def test_a_file_goes_the_ways_of_its_table(decided: tuple[int, bool] | None, hours: list[int]) -> None:
    def at(hour: int) -> State:
        moment = ASKED + timedelta(hours=hour)
        when = (
            ASKED + timedelta(hours=decided[0]) if decided and timedelta(hours=decided[0]) < WAITS else None
        )
        known = when if when and when <= moment else None
        return state(
            asked_at=ASKED, decided_at=known, released=bool(known and decided and decided[1]), at=moment
        )

    seen = [at(hour) for hour in sorted(hours)]
    for before, after in itertools.pairwise(seen):
        assert after in {before, *_reachable(before)}


def _reachable(one: State) -> set[State]:
    return set(TRANSITIONS[one]).union(*(_reachable(after) for after in TRANSITIONS[one]))
