"""Two who sign at once, a full disk while the document is kept, a referral taken back meanwhile: nothing twice, no word lost."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.post import payloads
from desist.post.handlers import Received
from desist.post.models import Outbox
from desist.programme.episodes.models import Episode
from desist.programme.leaving.reports import commands
from desist.programme.leaving.reports.models import Report, ReportDocument
from desist.programme.leaving.reports.records import Words
from desist.programme.referrals import commands as referrals
from desist.programme.sessions.models import Session
from desist.wall import actors
from desist.wall.actors import Actor, Role, post

WORDS = "PLANTED-WORDS of a person"
FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON programme_reportdocument EXECUTE FUNCTION full_disk();
"""


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: what is tested here ends transactions."""


def at_once(*work: Callable[[], object]) -> list[str]:
    """Run everything at one moment; the names of what was raised."""
    begin, raised = threading.Barrier(len(work)), []

    def run(one: Callable[[], object]) -> None:
        begin.wait()
        try:
            one()
        except Exception as failure:  # noqa: BLE001 -- told by its name below
            raised.append(type(failure).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def boss(who: str) -> Actor:
    return Actor(who=who, role=Role.MANAGER, area=factories.AREA, correlation=post().correlation)


def test_of_two_who_sign_at_once_one_does_and_one_envelope_leaves(episode: Episode) -> None:
    row = factories.offered(episode=episode)
    names = [factories.account(name=name).ref for name in ("Ada", "Ben")]

    raised = at_once(
        *(
            lambda who=who: commands.sign(
                actor=boss(who), ref=row.ref, version=1, override=None, at=factories.NOW
            )
            for who in names
        )
    )

    row.refresh_from_db()
    assert raised == ["NotOpen"]
    assert row.signed_by in names
    assert (ReportDocument.objects.count(), Outbox.objects.filter(kind="exit-report").count()) == (1, 1)


def test_of_two_who_write_at_once_neither_overwrites_the_other(episode: Episode, actor: Actor) -> None:
    row = factories.report(episode=episode)

    raised = at_once(
        *(
            lambda said=said: commands.save(
                actor=actor, ref=row.ref, words=Words(themes=said), version=1, at=factories.NOW
            )
            for said in ("One", "Two")
        )
    )

    row.refresh_from_db()
    assert raised == ["Changed"]
    assert (row.themes in {"One", "Two"}, row.version) == (True, 2)


def test_a_full_disk_while_the_document_is_kept_sends_nothing_and_can_be_tried_again(
    server: Any, signed_in: Callable[..., Client], episode: Episode
) -> None:
    row = factories.offered(episode=episode)
    browser = signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))
    with server.connect(connection.settings_dict["NAME"]) as superuser:
        superuser.execute(FULL)
    browser.raise_request_exception = False

    answer = browser.post(f"/reports/{row.ref}/sign/", {"form_version": "1"})

    row.refresh_from_db()
    assert answer.status_code == 503
    assert "There is no room left to save this" in text(answer)
    assert (row.state, Outbox.objects.count(), Report.objects.count()) == ("offered", 0, 1)


def test_a_referral_taken_back_during_a_session_loses_no_word_of_it(
    kit_browser: Client, session: Session
) -> None:
    referral = session.episode.referral
    taken_back = payloads.ReferralWithdrawn(reason="other")
    referrals_envelope = Received(taken_back, referral.thread, factories.POLICE, factories.NOW, actors.post())

    kit_browser.get(f"/sessions/{session.ref}/record/")
    with transaction.atomic():
        referrals.withdraw(referrals_envelope)
    answer = kit_browser.post(
        f"/sessions/{session.ref}/record/", {"form_version": str(session.version), "work_done": WORDS}
    )

    session.refresh_from_db()
    referral.refresh_from_db()
    assert (answer.status_code, session.work_done, referral.state) == (302, WORDS, "withdrawn")
