"""The bench of returns: a target that is missed is said, and fails the command."""

import pytest

from desist.programme.service.quarterly.models import QuarterlyReturn
from tools.bench import returns, returns_work

FOUND = {"return": 3.2, "memory": 250.0, "page": 41.0, "study": 2.5}


def test_targets_that_hold_are_said() -> None:
    assert returns.holds(FOUND)
    assert all(line.startswith("ok") for line in returns.verdicts(FOUND))


def test_a_target_that_is_missed_is_said() -> None:
    large = FOUND | {"memory": 401.0}

    assert not returns.holds(large)
    assert returns.verdicts(large)[1] == "MISSED  memory of the process, MB: 401.00, at most 400"


@pytest.mark.django_db
def test_the_return_is_counted_beside_three_that_were_sent() -> None:
    returns_work.before()

    found = returns_work.service()

    states = [one.state for one in QuarterlyReturn.objects.order_by("quarter", "number")]
    assert states == ["sent", "sent", "sent", "set_aside", "set_aside"]
    assert min(found["return"], found["alone"], found["floor"]) > 0
