"""Comparing two things on a machine that others use too: in turn, A B B A, by the ratio within each pair. Pure."""

import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

RESAMPLES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A median of ratios with its 95 % bootstrap interval."""

    middle: float
    low: float
    high: float

    def __str__(self) -> str:
        """ "2.13 (2.05 to 2.20)"."""
        return f"{self.middle:.2f} ({self.low:.2f} to {self.high:.2f})"


def order(rounds: int) -> str:
    """Return whose turn it is: "ABBA" for each round, so that a drift of the machine meets both alike."""
    return "ABBA" * rounds


def ratio(a: Sequence[float], b: Sequence[float]) -> Ratio:
    """Return the ratio a/b of neighbours. The seed is fixed: the same figures give the same interval."""
    ratios = [one / other for one, other in zip(a, b, strict=True)]
    dice = random.Random(20261125)  # noqa: S311 -- resampling needs no secrecy
    medians = sorted(statistics.median(dice.choices(ratios, k=len(ratios))) for _ in range(RESAMPLES))
    low, high = medians[int(0.025 * RESAMPLES)], medians[int(0.975 * RESAMPLES)]
    return Ratio(middle=statistics.median(ratios), low=low, high=high)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of the values stays at or below."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
