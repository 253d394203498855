"""A quarter with one client says, in every file and sentence that leaves, what a quarter with nobody says."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from tests.advocacy.quarterly.test_advocacy_return import (  # noqa: F401 -- fixtures
    CAME,
    client,
    counts,
    fable_in,
    leaves,
    noor,
    plan,
    today,
)
from tests.commission.returns.carrying import Carrier, carrier, read, small_numbers  # noqa: F401 -- carrier is a fixture
from tests.programme.reading import text

from desist.advocacy.quarterly.models import QuarterlyReturn
from desist.commission.returns.models import ServiceReturn
from desist.returns.files import Form

pytestmark = pytest.mark.django_db

MOVED = "No figure of the quarter before has moved by 10 or more since"


def returned(noor: Client, fable_in: Client, quarter: str) -> QuarterlyReturn:  # noqa: F811
    """Count, sign and send the return of a quarter."""
    noor.post(f"/quarterly/count/{quarter}/", {"complete": "yes", "form_submission": quarter})
    row = QuarterlyReturn.objects.get(quarter=quarter)
    noor.post(f"/quarterly/{row.ref}/sign/")
    row.refresh_from_db()
    to = {"partner": "northmere-commission", "form_version": str(row.version)}
    fable_in.post(f"/quarterly/{row.ref}/send/", to)
    row.refresh_from_db()
    assert row.state == "sent"
    return row


@pytest.mark.parametrize("people", [0, 1])
def test_what_leaves_says_nothing_of_one_client_nor_that_there_is_none(
    noor: Client,  # noqa: F811
    fable_in: Client,  # noqa: F811
    carrier: Carrier,  # noqa: F811
    today: datetime,  # noqa: F811
    people: int,
) -> None:
    carrier.register(at=today)
    returned(noor, fable_in, "2025-10-01")
    for moment in (datetime(2025, 11, 3, 9, tzinfo=UTC), CAME) * people:
        plan(client(received_at=moment), saved_at=moment)
    row = returned(noor, fable_in, "2026-01-01")

    assert (counts(row)["received"], counts(row)["plans"]) == (people, people)
    assert leaves(row) == []
    assert f"{MOVED}." in text(noor.get(f"/quarterly/{row.ref}/"))
    carrier.carry(at=today)
    came = ServiceReturn.objects.get(quarter=date(2026, 1, 1))
    # what the commissioner gets depends on nobody: the envelope is the same with one client and without
    assert (came.figures, came.days, came.moved, came.number, came.why) == ([], [], "a_few", 1, "")
    files = read(came, at=today)
    assert {line[4] for form in (Form.CSV, Form.ODS) for line in files[form][1:]} == {"withheld"}
    assert f"{MOVED}." in files[Form.PDF][0][0]
    assert small_numbers(came, at=today, moved=MOVED) == []
