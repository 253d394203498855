"""Counts of the register for freedom of information: by financial quarter, without small numbers. Pure.

There is no total, and a quarter appears only once it is over: a reader cannot subtract to find a withheld number.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import desist_evaluation as evaluation
from desist.ui import spreadsheets

COLUMNS = (
    *("financial_year", "quarter", "from", "to", "figure", "count"),
    *("what_is_counted", "small_numbers", "area", "counted_on"),
)
WITHHELD = "withheld"
SMALL = "from 1 to 9 withheld; no totals, so that none can be worked out"


class Figure(StrEnum):
    """What is counted."""

    APPLIED = "applied for"
    INTERIM = "interim orders made"
    FULL = "full orders made"
    REFUSED = "refused"
    VARIED = "varied"
    DISCHARGED = "discharged"
    BREACHES = "breaches"


MEANS: dict[Figure, str] = {
    Figure.APPLIED: "Full orders that this force applied for, by the day of the application",
    Figure.INTERIM: "Interim orders made on this force’s application, by the day they were made",
    Figure.FULL: "Full orders made on this force’s application, by the day they were made",
    Figure.REFUSED: "Full orders refused, by the day of the refusal, also where an appeal was allowed later",
    Figure.VARIED: "Applications to vary an order that were granted, by the day of the decision",
    Figure.DISCHARGED: "Applications to discharge an order that were granted, by the day of the decision",
    Figure.BREACHES: "Breaches reported, by the day of the report, whatever was decided about them",
}


@dataclass(frozen=True)
class Quarter:
    """A quarter of the financial year that begins in April of `year`; 1 is April to June."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year + 1, 1, 1) if self.number == 4 else date(self.year, 3 * self.number + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.following.first - timedelta(days=1)

    @property
    def following(self) -> "Quarter":
        """The next one."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def financial_year(self) -> str:
        """ "2026-27"."""
        return f"{self.year}-{(self.year + 1) % 100:02}"


def quarter(day: date) -> Quarter:
    """The quarter of a day."""
    number = (day.month - 1) // 3
    return Quarter(day.year, number) if number else Quarter(day.year - 1, 4)


def as_csv(days: Mapping[Figure, Iterable[date | None]], *, area: str, today: date) -> bytes:
    """One line for each finished quarter and figure, from the first quarter with an event; no day, no count."""
    counted = {figure: Counter(quarter(day) for day in found if day) for figure, found in days.items()}
    return spreadsheets.as_csv(COLUMNS, _rows(counted, area=area, today=today))


def _rows(counted: Mapping[Figure, Counter[Quarter]], *, area: str, today: date) -> Iterator[list[object]]:
    seen = [one for quarters in counted.values() for one in quarters]
    one = min(seen, key=lambda found: found.first, default=quarter(today))
    while one.last < today:
        for figure in Figure:
            yield [
                *(one.financial_year, f"Q{one.number}", one.first.isoformat(), one.last.isoformat()),
                *(figure.value, _released(counted[figure][one]), MEANS[figure], SMALL),
                *(area, today.isoformat()),
            ]
        one = one.following


def _released(count: int) -> object:
    """A count fit to give out: nought identifies no person and stays, one to nine are withheld."""
    total = evaluation.suppress(table=[[count]], zeros=False).values["total"]
    return WITHHELD if total is None else total
