"""The worker's chores after a merge, as tests.advocacy.mortals runs them: one row in each change."""

from tests.staff import NOW

from desist.advocacy.evidence import chores as evidence
from desist.advocacy.evidence import relocking
from desist.advocacy.exhibits import chores as exhibits
from desist.advocacy.exhibits import relocking as archives


def work() -> None:
    """Lock everything anew that waits for it."""
    relocking.PIECES, relocking.BLOCKS = (one._replace(few=1) for one in (relocking.PIECES, relocking.BLOCKS))
    archives.PIECES, relocking.ROWS = archives.PIECES._replace(few=1), 2
    evidence.go_on(at=NOW)
    exhibits.go_on(at=NOW)
