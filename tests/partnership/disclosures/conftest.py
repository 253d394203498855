"""Two officers of one force, and the programme that may be told."""

import uuid

import pytest
from tests import staff
from tests.partnership import factories

from desist.partnership.referrals.models import Referral
from desist.post.models import Partner
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
