"""Two tables of orders at the same moment: someone new to both is one person."""

from typing import Any

import pytest
from tests.partnership.orders.test_register import bring_in, row
from tests.waiting import twice_at_once

from desist.partnership.people.models import Person
from desist.wall.actors import Actor


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits, seen from two connections."""


def test_whom_the_first_brings_in_the_second_knows(coordinator: Actor) -> None:
    numbers = iter(("SPO/2026/001", "SPO/2026/002"))

    counts = twice_at_once(
        lambda: bring_in(coordinator, row(number=next(numbers))), what=f"orders of {coordinator.area}"
    )

    assert counts == [1, 1]
    assert set(Person.objects.get().orders.values_list("number", flat=True)) == {
        "SPO/2026/001",
        "SPO/2026/002",
    }
