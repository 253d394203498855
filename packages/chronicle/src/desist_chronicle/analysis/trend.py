"""Did occasions come closer together? Two tests that clustering inside an occasion does not fool."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
from numpy.typing import NDArray

#: a test needs at least this many occasions or weeks
FEWEST = 8


@dataclass(frozen=True)
class Trend:
    """A test statistic, positive for a rise, and its two-sided p; `n` is what was tested."""

    method: str
    n: int
    z: float
    p: float


class TooFewError(Exception):
    """The data are too few for the normal approximation of the test."""


def two_sided(z: float) -> float:
    """Return the chance of a standard normal value at least as far from 0 as `z`."""
    return erfc(abs(z) / sqrt(2))


def laplace(*, times: Sequence[float] | NDArray[np.float64], end: float, fewest: int = FEWEST) -> Trend:
    """Laplace's test for a rate that rises or falls over the time from 0 to `end`.

    Without a trend the times are uniform, so their mean is near the middle (Cox and Lewis, The Statistical
    Analysis of Series of Events, 1966, 3.3). Raises TooFewError below `fewest` times.
    """
    if len(times) < fewest:
        raise TooFewError(f"Too few occasions to test for a trend: {len(times)}, and it takes {fewest}.")
    n = len(times)
    z = (float(np.mean(times)) - end / 2) / (end * sqrt(1 / (12 * n)))
    return Trend(method="Laplace", n=n, z=z, p=two_sided(z))


def mann_kendall(*, values: Sequence[int] | NDArray[np.int64], fewest: int = FEWEST) -> Trend:
    """Mann and Kendall's test for a rising or falling series, corrected for ties and continuity.

    H. B. Mann, Econometrica 1945, 13:245-259; M. G. Kendall, Rank Correlation Methods, 1975. Raises
    TooFewError below `fewest` values.
    """
    series = np.asarray(values)
    n = len(series)
    if n < fewest:
        raise TooFewError(f"Too few whole weeks to test for a trend: {n}, and it takes {fewest}.")
    score = sum(int(np.sign(series[place + 1 :] - value).sum()) for place, value in enumerate(series))
    ties = sum(t * (t - 1) * (2 * t + 5) for t in Counter(series.tolist()).values())
    variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
    z = (score - np.sign(score)) / sqrt(variance) if variance else 0.0
    return Trend(method="Mann-Kendall", n=n, z=float(z), p=two_sided(float(z)))
