"""One table that is sent twice at the same moment: everybody in it is here once."""

from functools import partial
from typing import Any

import pytest
from tests.partnership import factories
from tests.referral.test_table import ROW, written
from tests.waiting import twice_at_once

from desist.partnership.imports import commands
from desist.partnership.referrals.models import Referral
from desist.referral import table
from desist.wall.actors import Actor


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits, seen from two connections."""


def test_the_second_is_told_that_they_are_here_already(actor: Actor) -> None:
    read = table.read(content=written(ROW), today=factories.NOW.date(), alone=False)

    first, second = twice_at_once(
        partial(commands.bring_in, actor=actor, table=read, programme=factories.PROGRAMME, at=factories.NOW),
        what=f"referrals of {actor.area}",
    )

    assert Referral.objects.count() == 1
    assert (first.count, second.count) == (1, 0)
    assert "already here" in second.problems[0].sentence
