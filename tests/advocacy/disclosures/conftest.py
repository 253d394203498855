"""Fable and the manager of the service, Robin whom the police referred, and the police as a partner."""

from datetime import date

import pytest
from tests.advocacy import factories

from desist.advocacy.team.models import Advocate
from desist.advocacy.victims.models import Victim
from desist.keys import sitekeys
from desist.keys.sitekeys import SiteKeys
from desist.post.models import Partner
from desist.post.transports import Transport

THREAD = "the-thread-of-robin"


@pytest.fixture(scope="session")
def police_keys() -> SiteKeys:
    return sitekeys.generate(site=factories.POLICE, on=date(2026, 1, 1))


@pytest.fixture
def police(db: None, police_keys: SiteKeys) -> Partner:
    """The police in the service's partner register."""
    return Partner.objects.create(
        name=factories.POLICE,
        zone="partnership",
        title="Northmere Police",
        transport=Transport.COURIER,
        keys=police_keys.public.to_json(),
        area=factories.AREA,
        added_at=factories.NOW,
    )


@pytest.fixture
def robin(advocate: Advocate, police: Partner) -> Victim:
    """Robin Hollow, whom the police referred."""
    return factories.victim(advocate=advocate, partner=factories.POLICE, thread=THREAD)
