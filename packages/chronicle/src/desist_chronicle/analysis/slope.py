"""Did contacts become more? A rate that grows or shrinks by the same factor each week, fitted to every day."""

from dataclasses import dataclass
from math import exp, sqrt

import numpy as np
from numpy.typing import NDArray

from desist_chronicle.analysis.spread import spread
from desist_chronicle.analysis.trend import FEWEST, TooFewError

#: so wide that of courses without a direction no more than one in a hundred is given one (methods, trend)
CONFIDENCE = 0.985
#: a rate does not change by more than e to this power within a period: all contacts on its last day would
_STEEPEST = 30.0
#: halvings until a slope is as exact as a float
_HALVINGS = 60
#: e to a higher power is more than a float holds
_MOST = 700.0


@dataclass(frozen=True)
class Slope:
    """Contacts a week as fitted at the beginning and the end, and the ratio of the two with its interval."""

    contacts: int
    first: float
    last: float
    ratio: float
    low: float
    high: float
    dispersion: float

    @property
    def rose(self) -> bool:
        """Whether the whole interval lies above no change."""
        return self.low > 1

    @property
    def fell(self) -> bool:
        """Whether the whole interval lies below no change."""
        return self.high < 1


def fit(*, counts: NDArray[np.int64]) -> Slope:
    """Fit a log-linear rate to contacts by day, by maximum likelihood (McCullagh and Nelder, 1989, 6.2).

    All days count, those beyond the last whole week too. A course backwards has the inverse ratio. Raises
    TooFewError below eight whole weeks or eight days with contact.
    """
    total = int(counts.sum())
    if len(counts) // 7 < FEWEST:
        raise TooFewError(
            f"Too few whole weeks to tell a direction: {len(counts) // 7}, and it takes {FEWEST}."
        )
    if (with_contact := int((counts > 0).sum())) < FEWEST:
        raise TooFewError(
            f"Too few days with contact to tell a direction: {with_contact}, and it takes {FEWEST}."
        )
    place = np.linspace(-0.5, 0.5, len(counts))
    slope = _steepness(place, float(counts @ place) / total)
    share = _shares(place, slope)
    information = total * float(share @ place**2 - (share @ place) ** 2)
    width = spread(stretches=[(counts, total * share)], confidence=CONFIDENCE)
    half = width.half / sqrt(information)
    return Slope(
        contacts=total,
        first=7 * total * float(share[0]),
        last=7 * total * float(share[-1]),
        ratio=exp(slope),
        low=exp(max(slope - half, -_MOST)),
        high=exp(min(slope + half, _MOST)),
        dispersion=width.dispersion,
    )


def leaning(*, counts: NDArray[np.int64]) -> int:
    """Return 1 where the middle of all contacts lies in the later half of the days, -1 in the earlier, 0 between."""
    place = np.arange(len(counts)) * 2 - (len(counts) - 1)
    return int(np.sign(counts @ place))


def _steepness(place: NDArray[np.float64], mean: float) -> float:
    """Return the slope under which contacts lie at `mean` on average, found by halving."""
    low, high = -_STEEPEST, _STEEPEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if float(_shares(place, middle) @ place) < mean:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _shares(place: NDArray[np.float64], slope: float) -> NDArray[np.float64]:
    """Return the share of all contacts that each day is expected to have."""
    weight = np.exp(slope * place - abs(slope) / 2)
    return np.asarray(weight / weight.sum())
