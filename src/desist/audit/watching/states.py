"""What the clock looks for in the audit."""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: Within this time ...
WINDOW = timedelta(hours=1)
#: ... somebody opens so many cases that are not assigned to them, or more.
UNASSIGNED = 30
#: Whoever closed a case may look at it for so long.
CLOSED_FOR = timedelta(days=28)


@dataclass(frozen=True)
class Case:
    """What is asked of a case that was opened: who works on it now, and since when it is closed."""

    whose: frozenset[str]
    closed_at: datetime | None
