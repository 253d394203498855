"""Dated rules of the advocacy side, each with its source: a correction is a new row, not new code.

Nothing here is legal advice.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar


@dataclass(frozen=True)
class TimeLimit:
    """A limit in hours, the day from which it counts, and its source."""

    since: date
    limit: timedelta
    source: str


#: From the referral's arrival to the first contact that reached the client. The newest row that has begun counts.
FIRST_CONTACT = (
    TimeLimit(
        since=date(2026, 1, 1),
        limit=timedelta(hours=48),
        source=(
            "Service standard of 48 hours, set by the service; no statute sets it. (The Victims' Code gives the police "
            "two working days to refer a victim to support.)"
        ),
    ),
)


@dataclass(frozen=True)
class DayLimit:
    """A limit in working days, the day from which it counts, and its source."""

    since: date
    enhanced: int
    standard: int
    source: str

    def days(self, *, enhanced: bool) -> int:
        """The limit for one client."""
        return self.enhanced if enhanced else self.standard


#: From news of an order or the programme to the client hearing it. Bank holidays of England and Wales do not count.
UPDATE = (
    DayLimit(
        since=date(2021, 4, 1),
        enhanced=1,
        standard=5,
        source=(
            "Code of Practice for Victims of Crime in England and Wales (in force since 1 April 2021), right 6: news is "
            "given within one working day to someone with enhanced entitlement, else within five. Persistently targeted "
            "victims have it; this service treats everyone who is stalked as one unless the police say otherwise."
        ),
    ),
)
Rule = TypeVar("Rule", TimeLimit, DayLimit)


def in_force(rules: tuple[Rule, ...], *, on: date) -> Rule:
    """The rule that counts on a day: the newest that had begun, else the first of all."""
    begun = [rule for rule in rules if rule.since <= on]
    return max(begun or rules[:1], key=lambda rule: rule.since)
