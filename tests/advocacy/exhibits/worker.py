"""The worker's chore with exhibits, as tests.advocacy.mortals runs it."""

from tests.staff import NOW

from desist.advocacy.exhibits import chores


def work() -> None:
    """Make every exhibit that waits."""
    chores.go_on(at=NOW)
