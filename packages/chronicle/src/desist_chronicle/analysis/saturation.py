"""When contact is almost daily, the number of occasions means little: more contact makes fewer, longer ones."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desist_chronicle.occasions import Occasions

_HOUR = 3_600_000_000
#: from this share of days with contact on, or this length of an occasion in hours, occasions are not compared
MOST_DAYS, LONGEST_HOURS = 0.6, 72.0


@dataclass(frozen=True)
class Saturation:
    """The number of days with contact, and the length of the longest occasion."""

    days_with_contact: int
    days: int
    longest_hours: float

    @property
    def share(self) -> float:
        """The share of all days that have contact."""
        return self.days_with_contact / self.days

    @property
    def holds(self) -> bool:
        """Whether contact is too frequent to compare occasions."""
        return self.share >= MOST_DAYS or self.longest_hours >= LONGEST_HOURS

    def sentence(self) -> str:
        """The reason why occasions are left out, where they are."""
        return (
            f"Occasions are not compared here. There was contact on {round(self.share * 100)} % of the days and the "
            f"longest occasion lasted {self.longest_hours:,.0f} hours: contact so frequent runs together, and more "
            "of it makes fewer and longer occasions. The contacts themselves tell the direction."
        )


def saturation(*, occasions: Occasions, by_day: NDArray[np.int64]) -> Saturation:
    """Return how near to daily contact is on some days of a course, from its contacts by day and all its occasions."""
    return Saturation(
        days_with_contact=int((by_day > 0).sum()),
        days=len(by_day),
        longest_hours=int((occasions.last - occasions.first).max(initial=0)) / _HOUR,
    )
