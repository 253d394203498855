"""Two commissioners enter one grant at one moment: it stands in the table once, and the second hears why."""

import uuid
from datetime import date
from itertools import count
from typing import Any

import pytest
from django.utils import timezone
from tests.commission import factories
from tests.waiting import twice_at_once

from desist.commission.grants import commands
from desist.commission.grants.models import Grant
from desist.refusals import Refused
from desist.wall.actors import Actor, Role


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits, seen from two connections."""


@pytest.mark.usefixtures("db")
def test_of_two_who_enter_one_grant_the_second_is_told(settings: Any) -> None:
    settings.DESIST_SITE, settings.DESIST_ZONE = "northmere-commission", "commission"
    actor = Actor(who="sorrel", role=Role.COMMISSIONER, area="Northmere", correlation=uuid.uuid4())
    forms = count()

    def enter() -> str:
        try:
            commands.enter(
                actor=actor,
                service=factories.SERVICE,
                giver="Home Office",
                pounds=365_000,
                first_day=date(2026, 4, 1),
                last_day=date(2027, 3, 31),
                submission=f"form {next(forms)}",
                at=timezone.now(),
            )
        except Refused as refused:
            return str(refused)
        return ""

    assert sorted(twice_at_once(enter, what="grants of Northmere")) == ["", commands.ENTERED]
    assert Grant.objects.count() == 1
