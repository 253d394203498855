"""Occasions: runs of contacts without a long gap, the unit of a course of conduct and of every test."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

#: a gap longer than this ends an occasion, in hours
GAP = 12.0
#: gaps at which the number of occasions is told beside it, in hours
SENSITIVITY = (1.0, 6.0, 24.0)
_HOUR = 3_600_000_000
_DAY = 24 * _HOUR


@dataclass(frozen=True)
class Occasions:
    """Occasions in order of time, each a run of positions in `contacts`."""

    gap_hours: float
    #: record numbers of the dated contacts, in order of time
    contacts: NDArray[np.int64]
    #: per occasion where it starts in `contacts`, and where it ends (exclusive)
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    #: per occasion the instants of its first and last contact, microseconds since 1970 UTC
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    #: per occasion the wall clock of its first and last contact, microseconds
    first_local: NDArray[np.int64]
    last_local: NDArray[np.int64]
    #: hours of gap -> number of occasions
    sensitivity: dict[float, int]

    def __len__(self) -> int:
        return len(self.starts)

    def days(self) -> NDArray[np.int64]:
        """The local day on which each occasion began, in days since 1 January 1970."""
        return self.first_local // _DAY


@dataclass(frozen=True)
class Gap:
    """Whole local days on which the sources hold no contact."""

    first_day: date
    last_day: date

    @property
    def days(self) -> int:
        """The number of days, both ends included."""
        return (self.last_day - self.first_day).days + 1


def order_in_time(*, rows: NDArray[np.void], chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The chosen record numbers by instant; at one instant by source and then as the source orders them."""
    at = np.flatnonzero(chosen)
    return at[np.lexsort((rows["seq"][at], rows["source"][at], rows["utc"][at]))]


def group(*, rows: NDArray[np.void], chosen: NDArray[np.bool_], gap_hours: float = GAP) -> Occasions:
    """Group the chosen contacts, all of them dated, into occasions; a gap of exactly `gap_hours` does not end one."""
    contacts = order_in_time(rows=rows, chosen=chosen)
    times, local = rows["utc"][contacts], rows["local"][contacts]
    breaks = _breaks(times, gap_hours)
    starts = np.append(0, breaks) if len(times) else breaks
    ends = np.append(breaks, len(times)) if len(times) else breaks
    return Occasions(
        gap_hours=gap_hours,
        contacts=contacts,
        starts=starts,
        ends=ends,
        first=times[starts],
        last=times[ends - 1],
        first_local=local[starts],
        last_local=local[ends - 1],
        sensitivity={
            hours: len(_breaks(times, hours)) + 1 if len(times) else 0
            for hours in sorted({*SENSITIVITY, gap_hours})
        },
    )


def _breaks(times: NDArray[np.int64], gap_hours: float) -> NDArray[np.int64]:
    """Return the positions at which a new occasion begins, without the first one."""
    return np.flatnonzero(np.diff(times) > round(gap_hours * _HOUR)) + 1


def gaps(*, occasions: Occasions) -> list[Gap | None]:
    """Per occasion the whole days without contact before it; None where there are none, as before the first."""
    began = [_day(local) for local in occasions.first_local.tolist()]
    ended = [_day(local) for local in occasions.last_local.tolist()]
    between = [_between(before, after) for before, after in zip(ended, began[1:], strict=False)]
    return [None, *between] if began else []


def _day(local: int) -> date:
    """The local day of a time in microseconds."""
    return date(1970, 1, 1) + timedelta(days=local // _DAY)


def _between(before: date, after: date) -> Gap | None:
    """The whole days strictly between two days with contact."""
    if (after - before).days < 2:
        return None
    return Gap(first_day=before + timedelta(days=1), last_day=after - timedelta(days=1))
