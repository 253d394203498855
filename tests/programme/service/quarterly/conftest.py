"""A programme with its commissioner in the register, and people over a year of quarters."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from psycopg.types.range import TimestamptzRange
from tests.programme import factories

from desist.keys import sitekeys
from desist.post.models import Partner
from desist.post.transports import Transport
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.ui import dates

COMMISSION = "northmere-commission"
NUMBERS = count(1)


@pytest.fixture(scope="session")
def commission_keys() -> sitekeys.SiteKeys:
    return sitekeys.generate(site=COMMISSION, on=date(2026, 1, 1))


@pytest.fixture
def commissioner(police: Partner, commission_keys: sitekeys.SiteKeys) -> Partner:
    """The commissioner in the programme's register."""
    return Partner.objects.create(
        name=COMMISSION,
        zone="commission",
        title="Northmere Commissioner",
        transport=Transport.COURIER,
        keys=commission_keys.public.to_json(),
        phone="01632 960 002",
        area=factories.AREA,
        added_at=factories.NOW,
    )


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=dates.LONDON)


@pytest.fixture
def person(practitioner: Practitioner) -> Callable[..., Episode]:
    """Make a person who was referred and accepted on a day, under a name of their own."""

    def make(day: date, *, sessions: int = 0, **fields: Any) -> Episode:
        number = next(NUMBERS)
        referral = factories.referral(
            completed_at=at(day), received_at=at(day), given_names=f"Person{number}", pnc=""
        )
        episode = factories.episode(referral=referral, practitioner=practitioner, opened_at=at(day), **fields)
        episode.allocations.update(made_at=at(day) + timedelta(days=3))
        for place in range(sessions):
            # each person has an hour of their own, so that no two meetings of the practitioner clash
            start = at(day) + timedelta(days=7 + place, minutes=7 * number)
            factories.attended(
                episode=episode,
                number=place + 1,
                period=TimestamptzRange(start, start + timedelta(minutes=5)),
            )
        return episode

    return make
