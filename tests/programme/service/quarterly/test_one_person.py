"""A quarter with one person, or with nobody: no file of what leaves, and no sentence, says anything of one person."""

from datetime import date

import pytest
from django.test import Client
from tests.commission.returns.carrying import Carrier, carrier, small_numbers  # noqa: F401 -- carrier is a fixture
from tests.programme.reading import text
from tests.programme.service.quarterly.conftest import at
from tests.programme.service.quarterly.test_quarterly import (  # noqa: F401 -- fixtures
    JANUARY,
    Make,
    count,
    counts,
    executive,
    leaves,
    manager,
    sent,
    today,
)
from tests.programme.service.quarterly.test_released import given_away

from desist.commission.returns.models import ServiceReturn
from desist.programme.service.quarterly.models import QuarterlyReturn
from desist.quarterly import keeping

pytestmark = pytest.mark.django_db

MOMENT = at(date(2026, 4, 14))
SAME = "Every figure of the quarter before is what it was"
A_FEW = "Figures of the quarter before have moved since, none of them by 10 or more"


@pytest.mark.parametrize("people", [0, 1])
def test_what_leaves_says_nothing_of_one_person(
    manager: Client,  # noqa: F811
    executive: Client,  # noqa: F811
    person: Make,
    carrier: Carrier,  # noqa: F811
    people: int,
) -> None:
    moved = A_FEW if people else SAME
    carrier.register(at=MOMENT)
    sent(manager, executive, count(manager, "2025-10-01"))
    for _ in range(people):
        person(date(2025, 11, 3), sessions=2)
        person(JANUARY, sessions=2)
    row = sent(manager, executive, count(manager))

    assert counts(row)["received"] == people
    assert {one.rsplit(" ", 1)[1] for one in leaves(row)} == {"0"}
    assert f"{moved}." in text(manager.get(f"/quarterly/{row.ref}/"))
    assert given_away(keeping.all_sent(QuarterlyReturn.objects.order_by("quarter"))) == []
    carrier.carry(at=MOMENT)
    came = ServiceReturn.objects.get(quarter=date(2026, 1, 1))
    assert small_numbers(came, at=MOMENT, moved=moved) == []
