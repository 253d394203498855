"""One form that begins a referral twice at the same moment: one draft, and both pages lead to it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from tests.partnership import factories

from desist.partnership.referrals import commands
from desist.partnership.referrals.models import Happening, Referral
from desist.wall.actors import Actor
from desist.wall.models import AuditEvent

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits, seen from two connections."""


@contextmanager
def begun_meanwhile(submission: str, by: Actor) -> Iterator[None]:
    """The same form begins a draft in another connection, and is done once somebody waits for it."""
    begun = threading.Event()

    def insert() -> None:
        with transaction.atomic():
            factories.draft(submission=submission, started_by=by.who)
            begun.set()
            _until_somebody_waits()
        connection.close()

    other = threading.Thread(target=insert)
    other.start()
    begun.wait(timeout=60)
    try:
        yield
    finally:
        other.join()


def _until_somebody_waits() -> None:
    with connection.cursor() as cursor:
        for _ in range(600):
            cursor.execute(WAITING)
            if cursor.fetchone() != (0,):
                return
            time.sleep(0.05)


def test_a_form_that_is_sent_twice_at_one_moment_leads_both_times_to_the_one_draft(actor: Actor) -> None:
    with begun_meanwhile("the-same", by=actor):
        ref = commands.start(
            actor=actor,
            programme=factories.PROGRAMME,
            answers={"given_names": "Robin", "family_name": "Example"},
            submission="the-same",
            at=factories.NOW,
        )

    assert Referral.objects.get().ref == ref
    assert not Happening.objects.exists()  # the one that waited wrote nothing of its own
    refused = AuditEvent.objects.get(action="partnership.start_referral")
    assert (refused.allowed, refused.reason) == (False, "IntegrityError")
