"""Did it become more? Two rates compared, with an interval that is as wide as the data leave it."""

from dataclasses import dataclass
from math import exp, inf, log, sqrt

import numpy as np
from numpy.typing import NDArray

from desist_chronicle.analysis.spread import spread

CONFIDENCE = 0.95
#: so wide that of courses without a direction no more than one in a hundred is given one (methods, trend)
SURE = 0.995


@dataclass(frozen=True)
class Comparison:
    """A rate in a later time against an earlier one; `ratio`, `low` and `high` are of the rates."""

    earlier: int
    later: int
    earlier_days: int
    later_days: int
    ratio: float
    low: float
    high: float
    method: str
    #: the interval of SURE, which a direction needs that the whole time does not bear out
    surely: tuple[float, float]
    #: 1 or -1 where the contacts over the whole time became more or less frequent (slope), 0 where that is open
    over_time: int = 0

    def __post_init__(self) -> None:
        if not self.low <= self.ratio <= self.high:
            raise ValueError(f"{self.low} to {self.high} is no interval around {self.ratio}.")

    @property
    def rose(self) -> bool:
        """Whether the interval of SURE lies above no change, or the narrower one does and the whole time agrees."""
        return self.surely[0] > 1 or (self.low > 1 and self.over_time > 0)

    @property
    def fell(self) -> bool:
        """Whether the interval of SURE lies below no change, or the narrower one does and the whole time agrees."""
        return self.surely[1] < 1 or (self.high < 1 and self.over_time < 0)

    @property
    def between(self) -> bool:
        """Whether only the narrower interval leaves no change out."""
        return not (self.rose or self.fell) and not self.low <= 1 <= self.high


class NothingToCompareError(Exception):
    """The counts cannot carry a comparison."""


def compare_occasions(*, earlier: int, later: int, earlier_days: int, later_days: int) -> Comparison:
    """Return the ratio of two rates of occasions with the exact conditional interval.

    Given the sum, the later count is binomial; Clopper and Pearson's limits (Biometrika 1934, 26:404-413) of
    its share are turned into limits of the ratio. Raises NothingToCompareError for two zeros.
    """
    if earlier + later == 0:
        raise NothingToCompareError("There is no occasion in either time, so there is nothing to compare.")
    per_day = earlier_days / later_days
    low, high = _exact(earlier, later, per_day, CONFIDENCE)
    return Comparison(
        earlier=earlier,
        later=later,
        earlier_days=earlier_days,
        later_days=later_days,
        ratio=per_day * later / earlier if earlier else inf,
        low=low,
        high=high,
        method="exact conditional (Clopper-Pearson)",
        surely=_exact(earlier, later, per_day, SURE),
    )


def _exact(earlier: int, later: int, per_day: float, confidence: float) -> tuple[float, float]:
    from scipy.special import betaincinv  # noqa: PLC0415 - scipy is slow to import and seldom needed

    tail = (1 - confidence) / 2
    low = float(betaincinv(later, earlier + 1, tail)) if later else 0.0
    high = float(betaincinv(later + 1, earlier, 1 - tail)) if earlier else 1.0
    return per_day * low / (1 - low), per_day * high / (1 - high) if earlier else inf


def compare_contacts(*, earlier: NDArray[np.int64], later: NDArray[np.int64]) -> Comparison:
    """Return the ratio of two rates of contacts, quasi-Poisson, with the spread that their weeks show.

    `earlier` and `later` hold one count a day; all of them are in the ratio. Raises NothingToCompareError where a
    side has no contact or less than two whole weeks.
    """
    first, second = int(earlier.sum()), int(later.sum())
    if min(first, second) == 0 or min(len(earlier), len(later)) < 14:
        raise NothingToCompareError(
            "Each side needs two whole weeks and at least one contact to be compared."
        )
    sides = [(side, np.full(len(side), side.mean())) for side in (earlier, later)]
    half, sure = (
        spread(stretches=sides, confidence=confidence).half * sqrt(1 / first + 1 / second)
        for confidence in (CONFIDENCE, SURE)
    )
    centre = log(second / len(later)) - log(first / len(earlier))
    return Comparison(
        earlier=first,
        later=second,
        earlier_days=len(earlier),
        later_days=len(later),
        ratio=exp(centre),
        low=exp(centre - half),
        high=exp(centre + half),
        method="weekly quasi-Poisson",
        surely=(exp(centre - sure), exp(centre + sure)),
    )
