"""Proportions of people, with exact and score intervals, and their differences."""

import math

from scipy import special

from desist.evaluation import checks
from desist.evaluation.result import About, Interval, Result, Unit, result

SMALL = "Fewer than 10 people: one person more or less changes the figure a great deal."


def exact_limits(events: int, n: int, level: float) -> tuple[float, float]:
    """Clopper and Pearson's limits, from the quantiles of the beta distribution."""
    tail = (1 - level) / 2
    low = 0.0 if events == 0 else float(special.betaincinv(events, n - events + 1, tail))
    high = 1.0 if events == n else float(special.betaincinv(events + 1, n - events, 1 - tail))
    return low, high


def score_limits(events: int, n: int, level: float) -> tuple[float, float]:
    """Wilson's limits, exactly 0 and 1 at the ends where rounding would leave 2.8e-17."""
    z = float(special.ndtri((1 + level) / 2))
    share = events / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low = 0.0 if events == 0 else max(0.0, centre - half)
    high = 1.0 if events == n else min(1.0, centre + half)
    return low, high


def _share(
    function: str,
    *,
    events: object,
    n: object,
    level: object,
    about: About | None,
) -> Result:
    happened, people = checks.events_of(events=events, n=n)
    confidence = checks.level(level)
    limits, method = LIMITS[function]
    low, high = limits(happened, people, confidence)
    return result(
        function,
        inputs={"events": happened, "n": people, "level": confidence},
        finding=f"{happened:,} of {people:,}, {100 * happened / people:.1f}%",
        estimate=happened / people,
        interval=Interval.of(low=low, high=high, method=method, level=confidence),
        unit=Unit.PERCENT,
        n=people,
        events=happened,
        warnings=[SMALL] if people < 10 else [],
        about=about,
    )


LIMITS = {
    "clopper_pearson": (exact_limits, "Clopper-Pearson"),
    "wilson": (score_limits, "Wilson"),
    "proportion": (score_limits, "Wilson"),
}


def clopper_pearson(*, events: int, n: int, level: float = 0.95, about: About | None = None) -> Result:
    """A proportion with its exact interval, which covers at least as often as it says."""
    return _share("clopper_pearson", events=events, n=n, level=level, about=about)


def wilson(*, events: int, n: int, level: float = 0.95, about: About | None = None) -> Result:
    """A proportion with Wilson's score interval, which covers about as often as it says."""
    return _share("wilson", events=events, n=n, level=level, about=about)


def proportion(*, events: int, n: int, level: float = 0.95, about: About | None = None) -> Result:
    """A proportion with the interval to use where nobody asked for another: Wilson's."""
    return _share("proportion", events=events, n=n, level=level, about=about)
