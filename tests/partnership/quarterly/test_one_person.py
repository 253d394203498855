"""A quarter with one order and one referral, or with none: nothing that leaves says anything of one person."""

from datetime import date, datetime

import pytest
from django.test import Client
from tests.commission.returns.carrying import Carrier, carrier, small_numbers  # noqa: F401 -- carrier is a fixture
from tests.partnership.quarterly.test_police_return import (  # noqa: F401 -- fixtures
    FEBRUARY,
    coordinator,
    counts,
    lead,
    leaves,
    served,
    today,
)
from tests.partnership.quarterly.test_police_return import sent as referred
from tests.programme.reading import text
from tests.programme.service.quarterly.test_released import given_away

from desist.commission.returns.models import ServiceReturn
from desist.partnership.quarterly.models import QuarterlyReturn
from desist.quarterly import keeping

pytestmark = pytest.mark.django_db

SAME = "Every figure of the quarter before is what it was"
A_FEW = "Figures of the quarter before have moved since, none of them by 10 or more"


def returned(lead: Client, coordinator: Client, quarter: str) -> QuarterlyReturn:  # noqa: F811
    """Count, sign and send the return of a quarter."""
    lead.post(f"/quarterly/count/{quarter}/", {"complete": "yes", "form_submission": quarter})
    row = QuarterlyReturn.objects.get(quarter=quarter)
    lead.post(f"/quarterly/{row.ref}/sign/")
    row.refresh_from_db()
    to = {"partner": "northmere-commission", "form_version": str(row.version)}
    coordinator.post(f"/quarterly/{row.ref}/send/", to)
    row.refresh_from_db()
    assert row.state == "sent"
    return row


@pytest.mark.parametrize("people", [0, 1])
def test_what_leaves_says_nothing_of_one_person(
    lead: Client,  # noqa: F811
    coordinator: Client,  # noqa: F811
    carrier: Carrier,  # noqa: F811
    today: datetime,  # noqa: F811
    people: int,
) -> None:
    moved = A_FEW if people else SAME
    carrier.register(at=today)
    returned(lead, coordinator, "2025-10-01")
    for day in (date(2025, 11, 3), FEBRUARY) * people:
        served(day, after=5)
        referred(day, given_names=f"Person{day:%b}", answered=20)
    row = returned(lead, coordinator, "2026-01-01")

    assert (counts(row)["full"], counts(row)["referrals"]) == (people, people)
    assert {one.rsplit(" ", 1)[1] for one in leaves(row)} == {"0"}
    assert f"{moved}." in text(lead.get(f"/quarterly/{row.ref}/"))
    assert given_away(keeping.all_sent(QuarterlyReturn.objects.order_by("quarter"))) == []
    carrier.carry(at=today)
    came = ServiceReturn.objects.get(quarter=date(2026, 1, 1))
    assert small_numbers(came, at=today, moved=moved) == []
