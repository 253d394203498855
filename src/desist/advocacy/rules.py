"""Dated rules of the advocacy side, each with its source: a correction is a new row, not new code.

Nothing here is legal advice.
"""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class TimeLimit:
    """How long something may take, from which day on, and where that is written."""

    since: date
    limit: timedelta
    source: str


#: Referral received to the first contact that reached the client. The newest row that has begun counts.
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


def in_force(rules: tuple[TimeLimit, ...], *, on: date) -> TimeLimit:
    """The rule that counts on a day: the newest that had begun, else the first there ever was."""
    begun = [rule for rule in rules if rule.since <= on]
    return max(begun or rules[:1], key=lambda rule: rule.since)
