"""Several pages that save one record at the same moment: one of them is the next version, the others are told."""

import threading
from typing import Any

import pytest
from django.db import connection
from tests.programme import factories

from desist.programme.sessions import commands
from desist.programme.sessions.models import Session
from desist.programme.sessions.records import Record
from desist.refusals import Changed
from desist.wall.actors import Actor
from desist.wall.models import AuditEvent

PAGES = 6


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits, seen from several connections."""


def test_of_several_saves_of_one_version_one_is_kept(actor: Actor, session: Session) -> None:
    begin, kept, told = threading.Barrier(PAGES), [], []

    def save(words: str) -> None:
        begin.wait()
        try:
            record = Record(work_done=words)
            commands.save(actor=actor, ref=session.ref, record=record, version=1, at=factories.NOW)
            kept.append(words)
        except Changed:
            told.append(words)
        finally:
            connection.close()

    pages = [threading.Thread(target=save, args=(f"Page {number}",)) for number in range(PAGES)]
    for page in pages:
        page.start()
    for page in pages:
        page.join()

    session.refresh_from_db()
    assert ([session.work_done], session.version, len(told)) == (kept, 2, PAGES - 1)
    assert AuditEvent.objects.filter(action="programme.record_session", allowed=True).count() == 1
    assert AuditEvent.objects.filter(reason="Changed").count() == PAGES - 1
