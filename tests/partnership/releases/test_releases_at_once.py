"""Anyone who asks again and anyone who decides at the same moment come one after the other."""

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from tests import staff
from tests.partnership.orders import factories
from tests.waiting import until_somebody_waits

from desist.partnership.orders.models import Order
from desist.partnership.releases import commands
from desist.partnership.releases.models import Release
from desist.partnership.releases.states import Reason
from desist.wall.actors import Actor, Role

WHY = "He was arrested there twice and knows it"


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits, seen from three connections."""


@pytest.mark.parametrize("decide", [commands.release, commands.send_back])
def test_asking_again_while_somebody_decides_ends_in_no_deadlock(
    db: None, decide: Callable[..., None]
) -> None:
    one, other = (
        Actor(who=staff.account(name=name).ref, role=role, area=staff.AREA, correlation=uuid.uuid4())
        for name, role in (
            ("Emrys Kettlewick", Role.ORDER_COORDINATOR),
            ("Hollis Varnavides", Role.FORCE_LEAD),
        )
    )
    order = factories.applied()
    asked = factories.released(order=order, state="asked", decided_by="", decided_at=None)
    ended: list[str] = []

    def ask() -> None:
        commands.ask(
            actor=one,
            order=order.ref,
            asked=commands.Asked(Reason.SERVED, WHY),
            submission="again",
            version=1,
            at=staff.NOW,
        )

    def act(what: Callable[[], None]) -> None:
        try:
            what()
            ended.append("done")
        except Exception as failure:  # noqa: BLE001 -- the assertion says which was to be
            ended.append(type(failure).__name__)
        finally:
            connection.close()

    def decided() -> None:
        decide(actor=other, ref=asked.ref, words=WHY, at=staff.NOW)

    threads = [threading.Thread(target=act, args=[what]) for what in (ask, decided)]
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=order.pk)
        for number, thread in enumerate(threads, start=1):
            thread.start()
            until_somebody_waits(number)
    for thread in threads:
        thread.join()

    assert sorted(ended) == ["Refused", "done"]
    assert list(Release.objects.order_by("pk").values_list("state", flat=True)) == ["overtaken", "asked"]
