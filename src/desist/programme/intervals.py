"""Stretches of time that are taken, for every module that plans a meeting. Pure."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Interval:
    """A stretch of time and what takes it, in words; half open, with time zone."""

    start: datetime
    end: datetime
    words: str = "time already taken"

    def overlaps(self, other: "Interval") -> bool:
        """Whether the two share a moment."""
        return self.start < other.end and other.start < self.end
