"""The limits of the clock's watch over the audit."""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: Within this time ...
WINDOW = timedelta(hours=1)
#: ... an account opens so many cases that are not assigned to it, or more.
UNASSIGNED = 30
#: The time in which the worker of a closed case finishes it: letters, the certificate, the exit report ...
FINISHING = timedelta(days=28)
#: ... counted from work that the audit has up to the end of that day.
CLOSING = timedelta(days=1)


@dataclass(frozen=True)
class Case:
    """The facts of an opened case: its present workers, and when it was closed."""

    whose: frozenset[str]
    closed_at: datetime | None
