"""An order in force as a referral says it: its kind, and until when. Pure.

Written as "restraining 2027-03-01", or "restraining" where nobody knows until when.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desist.referral.lists import OrderKind
from desist.ui import dates


@dataclass(frozen=True)
class Order:
    """One order. `ends` is its last day, None where it is not known or has none."""

    kind: OrderKind
    ends: date | None = None

    @property
    def written(self) -> str:
        """As it is stored and crosses."""
        return f"{self.kind.value} {self.ends.isoformat()}" if self.ends else self.kind.value

    @property
    def words(self) -> str:
        """As it is shown."""
        return f"{self.kind.label}, until {dates.on(self.ends)}" if self.ends else str(self.kind.label)


def read(*, written: Iterable[str]) -> tuple[Order, ...]:
    """Orders from how they are stored; raises ValueError for what is none."""
    return tuple(_read(one) for one in written)


def _read(written: str) -> Order:
    kind, _, ends = written.partition(" ")
    return Order(OrderKind(kind), date.fromisoformat(ends) if ends else None)
