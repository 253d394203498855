"""A manager who moves a caseload in."""

from collections.abc import Callable

import pytest
from django.test import Client

from desist.wall.actors import Actor, Role


@pytest.fixture
def boss(actor: Actor) -> Actor:
    return Actor(who=actor.who, role=Role.MANAGER, area=actor.area, correlation=actor.correlation)


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER)
