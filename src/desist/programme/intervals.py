"""Stretches of time that are taken, as whatever plans a meeting compares them. Pure."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Interval:
    """A stretch of time that is taken, and in words by what; half open, with time zone."""

    start: datetime
    end: datetime
    words: str = "time already taken"

    def overlaps(self, other: "Interval") -> bool:
        """Whether the two share a moment."""
        return self.start < other.end and other.start < self.end
