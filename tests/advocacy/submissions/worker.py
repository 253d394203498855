"""The worker's chore with what clients sent, as tests.advocacy.mortals runs it."""

from tests.staff import NOW

from desist.advocacy.evidence import keeping
from desist.advocacy.submissions import chores


def work() -> None:
    """Take over everything that was accepted."""
    keeping.PIECE = 64
    chores.go_on(at=NOW)
