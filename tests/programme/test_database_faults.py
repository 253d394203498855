"""Two people at once, a full disk, and a database that goes away: a plain sentence, typed words kept, nothing lost."""

import logging
import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.logs import Lines
from desist.post.models import Outbox, Partner
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import State
from desist.programme.sessions.models import Session
from desist.programme.triage import commands as triage
from desist.refusals import Changed
from desist.wall.actors import Actor, Role, post

WORDS = "PLANTED-WORDS of a person"


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: what is tested here ends transactions, or connections."""


def record(session: Session, **changes: str) -> dict[str, str]:
    return {"form_version": str(session.version), "form_submission": "once", **changes}


def written(caplog: pytest.LogCaptureFixture) -> str:
    """What a zone's log would hold."""
    return "\n".join(Lines().format(line) for line in caplog.records)


def test_of_two_who_decide_at_once_one_is_answered_and_the_other_told(police: Partner) -> None:
    ref = factories.referral().ref
    begin, told = threading.Barrier(2), []

    def decide(who: str, outcome: State) -> None:
        actor = Actor(who=who, role=Role.MANAGER, area=factories.AREA, correlation=post().correlation)
        begin.wait()
        try:
            why = "soon" if outcome is State.ACCEPTED else ""
            decided = triage.Decided(outcome, "", why, "")
            triage.decide(actor=actor, ref=ref, decided=decided, version=1, at=factories.NOW)
        except Changed:
            told.append(who)
        finally:
            connection.close()

    outcomes = (("ada", State.ACCEPTED), ("ben", State.CONSULTATION))
    both = [threading.Thread(target=decide, args=one) for one in outcomes]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert len(told) == 1
    assert Outbox.objects.count() == 1
    assert {Referral.objects.get(ref=ref).decided_by} == {"ada", "ben"} - set(told)


FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device, writing {words}' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER full_disk BEFORE UPDATE ON programme_session EXECUTE FUNCTION full_disk();
"""


def test_a_full_disk_is_told_apart_and_the_words_can_be_sent_again(
    server: Any, kit_browser: Client, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    with server.connect(connection.settings_dict["NAME"]) as superuser:
        superuser.execute(FULL.format(words=WORDS))
    kit_browser.raise_request_exception = False

    with caplog.at_level(logging.DEBUG):
        answer = kit_browser.post(f"/sessions/{session.ref}/record/", record(session, work_done=WORDS))

    assert answer.status_code == 503
    assert "There is no room left to save this" in text(answer)
    assert WORDS in text(answer)
    assert WORDS not in written(caplog)
    session.refresh_from_db()
    assert session.work_done == ""


def test_a_database_that_goes_away_in_the_middle_gives_the_words_back(
    server: Any, kit_browser: Client, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    database = connection.settings_dict["NAME"]
    kit_browser.raise_request_exception = False
    with server.connect() as superuser:
        superuser.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database]
        )

    with caplog.at_level(logging.DEBUG):
        away = kit_browser.post(f"/sessions/{session.ref}/record/", record(session, work_done=WORDS))
    connection.close()
    back = kit_browser.post(f"/sessions/{session.ref}/record/", record(session, work_done=WORDS))

    assert away.status_code == 503
    assert "Nothing was saved by your last step." in text(away)
    assert WORDS in text(away)
    assert WORDS not in written(caplog)
    assert back.status_code == 302
    session.refresh_from_db()
    assert session.work_done == WORDS
