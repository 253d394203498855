"""One table that is sent twice at the same moment: everybody in it is here once."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from tests.programme import factories
from tests.referral.test_table import ROW, written
from tests.waiting import twice_at_once

from desist.programme.referrals.imports import commands
from desist.programme.referrals.models import Referral
from desist.referral import table
from desist.wall.actors import Actor, Role


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits, seen from two connections."""


def test_the_second_is_told_that_they_are_here_already(actor: Actor) -> None:
    manager = replace(actor, role=Role.MANAGER)
    rows = written({**ROW, "complete_on": "2026-03-01"}, alone=True)
    read = table.read(content=rows, today=factories.NOW.date(), alone=True)

    first, second = twice_at_once(
        partial(commands.bring_in, actor=manager, table=read, partner="", at=factories.NOW),
        what=f"referrals of {manager.area}",
    )

    assert Referral.objects.count() == 1
    assert (first.count, second.count) == (1, 0)
    assert "already here" in second.problems[0].sentence
