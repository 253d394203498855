"""How much wider than Poisson's an interval must be, because contacts come in clusters and in bursts of weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

#: the spread is looked at by one, two and four weeks: a burst that lasts a month makes its weeks alike
BLOCK_WEEKS = (1, 2, 4)
#: two and four weeks are looked at only where the period has so many of them
FEWEST_BLOCKS = 5

#: counts by day, and the expected count of each day
Stretch = tuple[NDArray[np.int64], NDArray[np.float64]]


@dataclass(frozen=True)
class Spread:
    """`half` standard errors of a Poisson rate on each side make the interval; `dispersion` is variance by mean."""

    half: float
    dispersion: float


def spread(*, stretches: Sequence[Stretch], confidence: float) -> Spread:
    """The widest of the quasi-Poisson intervals by blocks of one, two and four weeks.

    The variance is taken as phi times the mean (Wedderburn, Biometrika 1974, 61:439-447), phi from Pearson's
    statistic over blocks and never below 1, with Student's t on blocks - 2 degrees of freedom. Blocks are counted
    from the first day and from the last, so that a course backwards has the same spread; the days left over are a
    block too. A stretch's blocks never reach into the next stretch. There must be at least three weeks.
    """
    from scipy.special import stdtrit  # noqa: PLC0415 - scipy is slow to import and seldom needed

    found = []
    for weeks in BLOCK_WEEKS:
        blocks = sum(-(-len(counts) // (7 * weeks)) for counts, _ in stretches)
        if weeks > 1 and blocks < FEWEST_BLOCKS:
            continue
        pearson = max(
            sum(_pearson(counts[::way], expected[::way], 7 * weeks) for counts, expected in stretches)
            for way in (1, -1)
        )
        phi = max(1.0, pearson / (blocks - 2))
        found.append(Spread(float(stdtrit(blocks - 2, (1 + confidence) / 2)) * sqrt(phi), phi))
    return max(found, key=lambda one: one.half)


def _pearson(counts: NDArray[np.int64], expected: NDArray[np.float64], days: int) -> float:
    begins = np.arange(0, len(counts), days)
    mean = np.add.reduceat(expected, begins)
    return float(((np.add.reduceat(counts, begins) - mean) ** 2 / mean).sum())
