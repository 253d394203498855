"""A return that was sent in time and arrives late: it counts once, and what overtook it stands."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from tests.commission.factories import AT, SERVICE, came
from tests.commission.returns.test_returns import SENT, _service, commissioner  # noqa: F401 -- fixtures
from tests.programme.reading import text

from desist.commission.returns import commands
from desist.commission.returns.models import ServiceReturn
from desist.post import payloads
from desist.post.handlers import Received
from desist.wall import actors

pytestmark = pytest.mark.django_db

WRITTEN, CAME = datetime(2026, 10, 30, 16, tzinfo=AT.tzinfo), datetime(2026, 11, 9, 9, tzinfo=AT.tzinfo)


def arrive(payload: payloads.Payload, *, thread: str, after: int = 0) -> None:
    """A return that was written in time arrives ten days later, and so many hours after the first one."""
    commands.receive(
        Received(payload, thread, SERVICE, WRITTEN, actors.post(), arrived_at=CAME + timedelta(hours=after))
    )


def test_a_late_envelope_counts_once_with_the_day_on_which_it_came(commissioner: Client) -> None:  # noqa: F811
    for hours in (0, 1):
        arrive(SENT, thread="first", after=hours)

    row = ServiceReturn.objects.get()
    assert (row.state, row.arrived_at) == ("stands", CAME)
    home = text(commissioner.get("/"))
    assert "Sent on 30 October 2026, came on 9 November 2026" in home
    assert "It was due on 31 October 2026" not in home
    page = text(commissioner.get(f"/returns/{row.ref}/"))
    assert "Sent Friday 30 October 2026, 4pm, came Monday 9 November 2026, 9am" in page


def test_what_a_correction_overtook_is_in_no_sum(commissioner: Client) -> None:  # noqa: F811
    before = replace(SENT, quarter=date(2026, 4, 1), figures=("quarter received 40",), days=())
    arrive(replace(before, number=2, why="late", figures=("quarter received 55",)), thread="second")
    arrive(SENT, thread="summer")
    arrive(before, thread="first", after=1)

    states = dict(ServiceReturn.objects.filter(quarter=date(2026, 4, 1)).values_list("number", "state"))
    ref = ServiceReturn.objects.get(quarter=date(2026, 7, 1)).ref
    assert states == {1: "replaced", 2: "stands"}
    assert "Referrals received, all 60 – 115 " in text(commissioner.get(f"/returns/{ref}/"))
    four = text(commissioner.get(f"/returns/{ref}/four/"))
    assert "Referrals received, all – – 55 60" in four
    late = ServiceReturn.objects.get(quarter=date(2026, 4, 1), number=1)
    assert "A correction replaced this return" in text(commissioner.get(f"/returns/{late.ref}/"))


def test_a_return_of_which_nobody_knows_when_it_was_sent_says_when_it_came(commissioner: Client) -> None:  # noqa: F811
    row = came()

    assert "Came on 12 October 2026" in text(commissioner.get("/"))
    assert "Came Monday 12 October 2026" in text(commissioner.get(f"/returns/{row.ref}/"))


def test_what_is_not_here_blames_nobody(commissioner: Client) -> None:  # noqa: F811
    page = commissioner.get("/").content.decode()

    assert "Not here yet. It was due on 31 October 2026" in page
    assert "govuk-tag--red" not in page
