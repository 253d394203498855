"""An order coordinator at work."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from tests import staff

from desist.accounts.models import Account
from desist.wall.actors import Actor, Role


@pytest.fixture
def emrys(db: None) -> Account:
    """The order coordinator whom these tests are about."""
    return staff.account(name="Emrys Kettlewick")


@pytest.fixture
def coordinator(emrys: Account) -> Actor:
    return Actor(who=emrys.ref, role=Role.ORDER_COORDINATOR, area=staff.AREA, correlation=uuid.uuid4())


@pytest.fixture
def desk(emrys: Account, own_keys: None) -> Client:
    """Emrys, signed in."""
    return staff.browser(account=emrys, role=Role.ORDER_COORDINATOR)


@pytest.fixture
def second(db: None) -> Callable[..., Client]:
    """A second coordinator, signed in."""

    def second(*, role: Role = Role.FORCE_LEAD) -> Client:
        return staff.browser(account=staff.account(name="Hollis Varnavides"), role=role)

    return second
