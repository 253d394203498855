"""The bench of panels: a target that is missed is said, and fails the command."""

from tools.bench import panels

FOUND = {"drawn": 3.0, "opened": 0.5}


def test_targets_that_hold_are_said() -> None:
    assert panels.holds(FOUND)
    assert panels.verdicts(FOUND)[0].startswith("ok")


def test_a_target_that_is_missed_is_said() -> None:
    slow = FOUND | {"drawn": 10.1}

    assert not panels.holds(slow)
    assert panels.verdicts(slow)[0] == "MISSED  drawn: 10.1 s, at most 10.0 s"
