"""One form that comes twice at one moment, in two connections as of two processes: what it makes is made once."""

import threading
import uuid
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import connections
from tests import staff
from tests.partnership import factories as police
from tests.partnership.orders import factories

from desist.partnership.orders import commands
from desist.partnership.orders.models import Order
from desist.partnership.people.models import Person
from desist.partnership.referrals.models import Referral
from desist.partnership.sending import commands as sending
from desist.post.models import Partner
from desist.wall.actors import Actor, Role

BEGINNING = commands.Beginning("application", "Kent", "resides", "45/01234/26", "victim")
ROBIN = commands.NewPerson("Robin", "Example", date(1990, 2, 28))


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: each form is handled in a connection of its own."""


def actor(role: Role) -> Actor:
    return Actor(who=staff.account(name="Rowan").ref, role=role, area=police.AREA, correlation=uuid.uuid4())


def at_once(do: Callable[[], str]) -> list[str]:
    """What two calls at one moment answer."""
    start, said = threading.Barrier(2), list[str]()

    def one() -> None:
        start.wait(10)
        try:
            said.append(do())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return said


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("known", [False, True])
def test_an_order_is_entered_once_and_so_is_its_person(known: bool) -> None:
    subject = factories.person().ref if known else ROBIN
    start = partial(
        commands.start,
        actor=actor(Role.ORDER_COORDINATOR),
        subject=subject,
        beginning=BEGINNING,
        submission="once",
        at=staff.NOW,
    )

    assert at_once(start) == [Order.objects.get().ref] * 2
    assert Person.objects.count() == 1


def test_a_draft_is_begun_once(programme: Partner) -> None:
    start = partial(
        sending.start,
        actor=actor(Role.OFFICER),
        programme=programme.name,
        answers={},
        submission="once",
        at=police.NOW,
    )

    assert at_once(start) == [Referral.objects.get().ref] * 2
    assert Referral.objects.get().happenings.count() == 1
