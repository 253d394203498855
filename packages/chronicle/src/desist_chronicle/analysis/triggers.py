"""Do contacts follow certain dates? Windows after them, an exact shift test, and Holm's correction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from desist_chronicle.period import Period, per_day

#: days after a date that count as following it, the date itself included
WINDOW_DAYS = 7


@dataclass(frozen=True)
class Window:
    """What followed one kind of date. `p` is one-sided (more than chance) and `holm` is `p` corrected."""

    name: str
    dates: tuple[date, ...]
    days: int
    inside: int
    outside: int
    outside_days: int
    p: float
    holm: float


def after_triggers(
    *,
    days: NDArray[np.int64],
    triggers: Mapping[str, Sequence[date]],
    period: Period,
    window: int = WINDOW_DAYS,
) -> tuple[Window, ...]:
    """Count occasions, or contacts, in the `window` days from each date against all other days.

    `days` holds the day of each as a number of days since 1 January 1970.
    The p is exact: the series of days is shifted round the period by every whole number of days, and p is
    the share of shifts with at least as many occasions in the windows. Nothing is drawn at random, so there
    is no seed and a repetition gives the same figure. Dates outside the period are left out.
    """
    series = per_day(days=days, period=period)
    found = []
    for name, dates in triggers.items():
        inside = tuple(sorted(day for day in set(dates) if period.holds(day)))
        open_days = _windows(inside, period, window)
        found.append((name, inside, open_days, _shift_p(series, open_days)))
    corrected = holm(p=[p for *_, p in found])
    return tuple(
        Window(
            name=name,
            dates=dates,
            days=int(open_days.sum()),
            inside=int(series[open_days].sum()),
            outside=int(series[~open_days].sum()),
            outside_days=int((~open_days).sum()),
            p=p,
            holm=adjusted,
        )
        for (name, dates, open_days, p), adjusted in zip(found, corrected, strict=True)
    )


def holm(*, p: Sequence[float]) -> list[float]:
    """Holm's step-down correction (Scandinavian Journal of Statistics 1979, 6:65-70), in the order given."""
    adjusted = [0.0] * len(p)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(p)), key=lambda place: p[place])):
        highest = max(highest, min(1.0, (len(p) - rank) * p[place]))
        adjusted[place] = highest
    return adjusted


def _windows(dates: Sequence[date], period: Period, window: int) -> NDArray[np.bool_]:
    open_days = np.zeros(period.days, dtype=np.bool_)
    for day in dates:
        start = (day - period.first).days
        open_days[start : start + window] = True
    return open_days


def _shift_p(series: NDArray[np.int64], open_days: NDArray[np.bool_]) -> float:
    """Share of all circular shifts that put at least as many occasions in the windows as there are."""
    observed = series[open_days].sum()
    places = np.flatnonzero(open_days)
    shifted = np.zeros(len(series), dtype=np.int64)
    for place in places.tolist():
        shifted += np.roll(series, -place)
    return float((shifted >= observed).mean())
