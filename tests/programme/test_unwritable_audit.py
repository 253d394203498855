"""Where the audit cannot be written nothing opens, and a page says so in words; tried out by really taking it away."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.logs import Lines
from desist.programme.episodes.models import Episode
from desist.programme.sessions.models import Session
from desist.wall.actors import Role

WORDS = "PLANTED-WORDS of a person"
SAID = "Nothing can be opened, because it cannot be recorded"
FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file, writing words' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON wall_auditevent EXECUTE FUNCTION full_disk();
"""
Taking = Callable[[Any], Any]


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: rights and locks are the database's own."""


@pytest.fixture(autouse=True)
def _people(db: None) -> None:
    """Whom one rings: an administrator by name, and a duty number."""
    staff.grant(account=staff.account(name="Ada Linnet"), role=Role.ADMINISTRATOR)
    factories.duty_number()


@contextmanager
def no_rights(superuser: Any) -> Iterator[None]:
    superuser.execute("REVOKE INSERT ON wall_auditevent FROM tests_app")
    yield
    superuser.execute("GRANT INSERT ON wall_auditevent TO tests_app")


@contextmanager
def locked(superuser: Any) -> Iterator[None]:
    superuser.autocommit = False
    superuser.execute("LOCK TABLE wall_auditevent IN ACCESS EXCLUSIVE MODE")
    yield
    superuser.rollback()


@contextmanager
def full(superuser: Any) -> Iterator[None]:
    superuser.execute(FULL)
    yield
    superuser.execute("DROP TRIGGER full_disk ON wall_auditevent")


WAYS: dict[Taking, str] = {
    no_rights: "The right to write the record has been taken away.",
    locked: "The table that holds the record is locked.",
    full: "The disk of the server is full.",
}


@pytest.mark.parametrize("taking", WAYS)
def test_nothing_opens_and_the_page_says_what_happened_whom_to_ring_and_keeps_the_words(
    server: Any, session: Session, kit_browser: Client, taking: Taking, caplog: pytest.LogCaptureFixture
) -> None:
    name = Episode.objects.get().referral.family_name
    kit_browser.raise_request_exception = False
    form = {"form_version": str(session.version), "form_submission": "once", "work_done": WORDS}
    with server.connect(connection.settings_dict["NAME"]) as superuser, caplog.at_level(logging.DEBUG):
        with taking(superuser):
            connection.cursor().execute("SET lock_timeout = '200ms'")
            looked = [
                kit_browser.get(path)
                for path in (f"/sessions/{session.ref}/", f"/episodes/{session.episode.ref}/", "/search/")
            ]
            sent = kit_browser.post(f"/sessions/{session.ref}/record/", form)
            searched = kit_browser.post("/search/", {"search": name}, follow=True)
        again = kit_browser.post(f"/sessions/{session.ref}/record/", form)

    for answer in (*looked[:2], sent, searched):
        assert answer.status_code == 503
        assert SAID in text(answer)
        assert WAYS[taking] in text(answer)
        assert "Ring your administrator (Ada Linnet)" in text(answer)
        assert "01632 960" in text(answer)
    assert not [answer for answer in (*looked, searched) if name in text(answer)]
    assert WORDS in text(sent)
    assert WORDS not in "\n".join(Lines().format(line) for line in caplog.records)
    assert again.status_code == 302
    session.refresh_from_db()
    assert session.work_done == WORDS


def test_another_fault_of_the_database_says_nothing_of_the_audit(
    server: Any, session: Session, kit_browser: Client
) -> None:
    kit_browser.raise_request_exception = False
    with server.connect(connection.settings_dict["NAME"]) as superuser:
        superuser.execute("REVOKE SELECT ON programme_episode FROM tests_app")

        answer = kit_browser.get("/")

    assert answer.status_code == 500
    assert SAID not in text(answer)


def test_who_is_not_signed_in_is_told_no_name_and_no_number(server: Any) -> None:
    client = Client(raise_request_exception=False)
    with (
        server.connect(connection.settings_dict["NAME"]) as superuser,
        no_rights(superuser),
    ):
        answer = client.post("/account/recover/", {"email": "kit@example.org", "code": "aaaa"})

    assert SAID in text(answer)
    assert "Ada" not in text(answer)
    assert "01632" not in text(answer)
