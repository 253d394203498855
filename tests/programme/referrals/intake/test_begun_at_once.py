"""The same form, sent twice at one moment, begins one draft."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from tests.programme import factories
from tests.waiting import until_somebody_waits

from desist.programme.referrals.intake import commands
from desist.programme.referrals.intake.models import Draft
from desist.wall.actors import Actor

PERSON = {"given_names": "Robin", "family_name": "Example"}


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits, seen from two connections."""


def test_the_second_of_two_clicks_that_overlap_leads_to_the_draft_of_the_first(actor: Actor) -> None:
    answered: list[str] = []

    def start() -> None:
        try:
            answered.append(
                commands.start(
                    actor=actor, partner="", answers=PERSON, submission="the-same", at=factories.NOW
                )
            )
        finally:
            connection.close()

    second = threading.Thread(target=start)
    with transaction.atomic():
        first = factories.draft(started_by=actor.who, submission="the-same")
        second.start()
        until_somebody_waits()
    second.join()

    assert answered == [first.ref]
    assert Draft.objects.get().answers == {}
