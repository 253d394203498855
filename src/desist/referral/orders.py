"""An order in force, as a referral states it: its kind and its last day. Pure.

Written as "restraining 2027-03-01", or "restraining" where the last day is unknown.
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
        """The form in which it is stored and crosses."""
        return f"{self.kind.value} {self.ends.isoformat()}" if self.ends else self.kind.value

    @property
    def words(self) -> str:
        """The words in which it is shown."""
        return f"{self.kind.label}, until {dates.on(self.ends)}" if self.ends else str(self.kind.label)


def read(*, written: Iterable[str]) -> tuple[Order, ...]:
    """Read orders from their stored form; raises ValueError for any other text."""
    return tuple(_read(one) for one in written)


def _read(written: str) -> Order:
    kind, _, ends = written.partition(" ")
    return Order(OrderKind(kind), date.fromisoformat(ends) if ends else None)
