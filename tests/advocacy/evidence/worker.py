"""The worker's chore with files, as tests.advocacy.mortals runs it."""

from tests.staff import NOW

from desist.advocacy.evidence import chores, reading


def work() -> None:
    """Work on every file that waits."""
    reading.NOTE = 500
    chores.go_on(at=NOW)
