"""Two officers of one force, the programme as a recipient, and an advocacy service that may offer."""

import uuid
from datetime import date

import pytest
from tests import staff
from tests.partnership import factories

from desist.keys import sitekeys
from desist.keys.sitekeys import SiteKeys
from desist.partnership.referrals.models import Referral
from desist.post.models import Partner
from desist.post.transports import Transport
from desist.wall.actors import Actor, Role


@pytest.fixture
def robin(programme: Partner) -> Referral:
    """Robin Example, whom the police referred."""
    return factories.referral()


@pytest.fixture
def darcy(db: None) -> Actor:
    """A second officer."""
    account = staff.account(name="Darcy Brackenridge")
    return Actor(who=account.ref, role=Role.OFFICER, area=factories.AREA, correlation=uuid.uuid4())


SERVICE = "harbour-advocacy"


@pytest.fixture(scope="session")
def service_keys() -> SiteKeys:
    return sitekeys.generate(site=SERVICE, on=date(2026, 1, 1))


@pytest.fixture
def service(db: None, service_keys: SiteKeys) -> Partner:
    """The advocacy service in the force's partner register."""
    return Partner.objects.create(
        name=SERVICE,
        zone="advocacy",
        title="Harbour Advocacy",
        transport=Transport.COURIER,
        keys=service_keys.public.to_json(),
        area=factories.AREA,
        added_at=factories.NOW,
    )
