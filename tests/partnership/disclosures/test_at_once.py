"""Two people who approve at the same moment, each as the second: it is sent once."""

import threading
import uuid
from typing import Any

import pytest
from django.db import connections
from tests import staff
from tests.partnership import factories

from desist.partnership.disclosures import commands
from desist.partnership.disclosures.models import Disclosure
from desist.post.models import Approval, Outbox, Partner
from desist.refusals import Refused
from desist.wall.actors import Actor, Role


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: each decides in a connection of their own."""


def test_two_deciders_at_once_send_it_once(programme: Partner) -> None:
    officers = [
        Actor(
            who=staff.account(name=name).ref, role=Role.OFFICER, area=factories.AREA, correlation=uuid.uuid4()
        )
        for name in ("Rowan", "Darcy", "Kit")
    ]
    ref = factories.disclosure(referral=factories.referral()).ref
    commands.approve(actor=officers[0], ref=ref, version=1, at=factories.NOW)
    start = threading.Barrier(2)
    said: list[object] = []

    def approve(who: Actor) -> None:
        start.wait(10)
        try:
            said.append(commands.approve(actor=who, ref=ref, version=1, at=factories.NOW))
        except Refused as sentence:
            said.append(str(sentence))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=approve, args=[one]) for one in officers[1:]]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)

    assert sorted(map(str, said)) == ["A colleague decided this first: sent", "True"]
    assert Outbox.objects.filter(kind="disclosure").count() == 1
    assert Disclosure.objects.get().state == "sent"
    assert Approval.objects.count() == 2
