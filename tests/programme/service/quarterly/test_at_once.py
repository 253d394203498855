"""Two colleagues sign, or send, one return at one moment: one signature, one envelope, and the second hears why."""

import threading
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from tests import staff
from tests.commission.factories import AT
from tests.commission.returns.carrying import COMMISSION, Carrier, carrier  # noqa: F401 -- carrier is a fixture
from tests.waiting import twice_at_once, until_somebody_waits

from desist.keys import keyfile
from desist.post.models import Outbox
from desist.programme.service.quarterly.models import QuarterlyReturn
from desist.quarterly import commands
from desist.refusals import Refused
from desist.returns.quarters import Quarter
from desist.wall.actors import Actor, Role

SITE = "northmere-programme"


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits, seen from two connections."""


@pytest.fixture
def ref(db: None, carrier: Carrier) -> str:  # noqa: F811
    """A return that was counted."""
    carrier.settings.DESIST_SITE, carrier.settings.DESIST_ZONE = SITE, "programme"
    carrier.patch.setenv("DESIST_DATA", str(carrier.folder))
    keyfile.create(folder=carrier.folder, site=SITE, on=date(2026, 1, 1))
    carrier.register(at=AT)
    quarter = Quarter(date(2026, 7, 1))
    return commands.count(
        actor=of(Role.MANAGER, "carol"), quarter=quarter, complete=True, why="", submission="one", at=AT
    )


def of(role: Role, who: str) -> Actor:
    return Actor(who=who, role=role, area=staff.AREA, correlation=uuid.uuid4())


def said(act: Callable[[], object]) -> str:
    """What the person who acts is told; empty where it is done."""
    try:
        act()
    except Refused as refused:
        return str(refused)
    return ""


def test_of_two_who_sign_one_return_the_second_is_told(ref: str) -> None:
    told: dict[str, str] = {}

    def sign(who: str) -> None:
        try:
            told[who] = said(lambda: commands.sign(actor=of(Role.MANAGER, who), ref=ref, at=AT))
        finally:
            connection.close()

    people = [threading.Thread(target=sign, args=[who]) for who in ("ola", "sage")]
    with transaction.atomic():
        QuarterlyReturn.objects.select_for_update().get()
        for one in people:
            one.start()
        until_somebody_waits(2)
    for one in people:
        one.join()

    row = QuarterlyReturn.objects.get()
    assert sorted(told.values()) == ["", commands.OTHER_STATE]
    assert (row.state, row.version, told[row.signed_by]) == ("signed", 2, "")


def test_of_two_who_send_one_return_the_second_is_told(ref: str) -> None:
    commands.sign(actor=of(Role.MANAGER, "ola"), ref=ref, at=AT)
    version = QuarterlyReturn.objects.get().version
    people = iter(("emil", "sage"))

    def send() -> str:
        who = of(Role.EXECUTIVE, next(people))
        return said(lambda: commands.send(actor=who, ref=ref, partner=COMMISSION, version=version, at=AT))

    assert sorted(twice_at_once(send, what=f"returns of {staff.AREA}")) == ["", commands.OTHER_STATE]
    row = QuarterlyReturn.objects.get()
    assert (row.state, Outbox.objects.count()) == ("sent", 1)
    assert row.sent_by in {"emil", "sage"}


def test_one_person_who_sends_twice_at_one_moment_sends_once(ref: str) -> None:
    commands.sign(actor=of(Role.MANAGER, "ola"), ref=ref, at=AT)
    version = QuarterlyReturn.objects.get().version

    def send() -> str:
        who = of(Role.EXECUTIVE, "emil")
        return said(lambda: commands.send(actor=who, ref=ref, partner=COMMISSION, version=version, at=AT))

    assert twice_at_once(send, what=f"returns of {staff.AREA}") == ["", ""]
    assert Outbox.objects.count() == 1
