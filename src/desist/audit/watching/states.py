"""What the clock looks for in the audit."""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: Within this time ...
WINDOW = timedelta(hours=1)
#: ... somebody opens so many cases that are not assigned to them, or more.
UNASSIGNED = 30
#: Who worked on a case until it was closed finishes it for so long: letters, the certificate, the exit report ...
FINISHING = timedelta(days=28)
#: ... and what counts as work until then is what the audit has up to the end of that day.
CLOSING = timedelta(days=1)


@dataclass(frozen=True)
class Case:
    """What is asked of a case that was opened: who works on it now, and since when it is closed."""

    whose: frozenset[str]
    closed_at: datetime | None
