"""When contact is almost daily, occasions no longer count anything: more contact makes fewer, longer ones."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desist_chronicle.occasions import Occasions

_HOUR = 3_600_000_000
#: contact on such a share of days, or an occasion of so many hours, and occasions are not compared
MOST_DAYS, LONGEST_HOURS = 0.6, 72.0


@dataclass(frozen=True)
class Saturation:
    """On how many of the days there was contact, and how long the longest occasion was."""

    days_with_contact: int
    days: int
    longest_hours: float

    @property
    def share(self) -> float:
        """Of all days, those with contact."""
        return self.days_with_contact / self.days

    @property
    def holds(self) -> bool:
        """Is contact too frequent for occasions to be compared?"""
        return self.share >= MOST_DAYS or self.longest_hours >= LONGEST_HOURS

    def sentence(self) -> str:
        """Why occasions are left out, where they are."""
        return (
            f"Occasions are not compared here. There was contact on {round(self.share * 100)} % of the days and the "
            f"longest occasion lasted {self.longest_hours:,.0f} hours: contact so frequent runs together, and more "
            "of it makes fewer and longer occasions. The contacts themselves tell the direction."
        )


def saturation(*, occasions: Occasions, by_day: NDArray[np.int64]) -> Saturation:
    """How near to daily contact is on some days of a course, given its contacts by day and all its occasions."""
    return Saturation(
        days_with_contact=int((by_day > 0).sum()),
        days=len(by_day),
        longest_hours=int((occasions.last - occasions.first).max(initial=0)) / _HOUR,
    )
