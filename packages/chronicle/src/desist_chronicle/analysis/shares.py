"""Shares with Wilson's interval: how much of the contact came at night and at the weekend."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

#: the two-sided 95 % point of the normal distribution
Z_95 = 1.959963984540054
#: night by the wall clock: from 23:00 to before 07:00
NIGHT_BEGINS, NIGHT_ENDS = 23, 7
_HOUR = 3_600_000_000
_DAY = 24 * _HOUR


@dataclass(frozen=True)
class Share:
    """`part` of `whole` with a 95 % interval."""

    part: int
    whole: int
    low: float
    high: float


def wilson(*, part: int, whole: int, z: float = Z_95) -> Share:
    """Return Wilson's score interval (E. B. Wilson, JASA 1927, 22:209-212); 0 to 1 where `whole` is 0."""
    if not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole} is not a share.")
    if whole == 0:
        return Share(part=0, whole=0, low=0.0, high=1.0)
    share, spread = part / whole, z * z / whole
    centre = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / whole + spread / (4 * whole)) / (1 + spread)
    return Share(part=part, whole=whole, low=max(0.0, centre - half), high=min(1.0, centre + half))


def at_night(*, local: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which wall clocks, in microseconds, show a time at night."""
    hours = local % _DAY // _HOUR
    return np.asarray((hours >= NIGHT_BEGINS) | (hours < NIGHT_ENDS))


def at_weekend(*, local: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which wall clocks, in microseconds, show a Saturday or Sunday. 1 January 1970 was a Thursday."""
    return np.asarray((local // _DAY + 3) % 7 >= 5)


def share_of(*, chosen: NDArray[np.bool_]) -> Share:
    """Return the share of the chosen contacts, with Wilson's interval."""
    return wilson(part=int(chosen.sum()), whole=len(chosen))
