"""Proportions of people, with exact and score intervals, and their differences."""

import math

from scipy import special

from desist_evaluation import checks
from desist_evaluation.design import About, Design
from desist_evaluation.result import Interval, Result, Unit, finite, result

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
    """Return a proportion with its exact interval, which covers at least as often as it says."""
    return _share("clopper_pearson", events=events, n=n, level=level, about=about)


def wilson(*, events: int, n: int, level: float = 0.95, about: About | None = None) -> Result:
    """Return a proportion with Wilson's score interval, which covers about as often as it says."""
    return _share("wilson", events=events, n=n, level=level, about=about)


def proportion(*, events: int, n: int, level: float = 0.95, about: About | None = None) -> Result:
    """Return a proportion with the default interval: Wilson's."""
    return _share("proportion", events=events, n=n, level=level, about=about)


def newcombe_difference(
    *, a: int, n1: int, b: int, n2: int, level: float = 0.95, about: About | None = None
) -> Result:
    """Return a of n1 minus b of n2, with Newcombe's interval from two score intervals (his method 10)."""
    (a, n1), (b, n2) = (
        checks.events_of(events=a, n=n1, names=("a", "n1")),
        checks.events_of(events=b, n=n2, names=("b", "n2")),
    )
    confidence = checks.level(level)
    first, second = a / n1, b / n2
    low1, high1 = score_limits(a, n1, confidence)
    low2, high2 = score_limits(b, n2, confidence)
    difference = first - second
    low = difference - math.hypot(first - low1, high2 - second)
    high = difference + math.hypot(high1 - first, second - low2)
    return result(
        "newcombe_difference",
        inputs={"a": a, "n1": n1, "b": b, "n2": n2, "level": confidence},
        finding=f"{a:,} of {n1:,} against {b:,} of {n2:,}, a difference of {100 * difference:+.1f} percentage points",
        estimate=difference,
        interval=Interval.of(low=max(-1.0, low), high=min(1.0, high), method="Newcombe", level=confidence),
        unit=Unit.POINTS,
        n=n1 + n2,
        events=a + b,
        usual=Design.UNADJUSTED,
        no_difference=0,
        warnings=[SMALL] if min(n1, n2) < 10 else [],
        values={"diff": difference, "p1": first, "p2": second},
        about=about,
    )


def risk_ratio(
    *, a: int, n1: int, b: int, n2: int, level: float = 0.95, about: About | None = None
) -> Result:
    """The risk a of n1 over the risk b of n2, with the Wald interval of its logarithm.

    With a zero cell half a case is added to every cell for the interval, and a warning says so.
    """
    (a, n1), (b, n2) = (
        checks.events_of(events=a, n=n1, names=("a", "n1")),
        checks.events_of(events=b, n=n2, names=("b", "n2")),
    )
    confidence = checks.level(level)
    ratio = (a / n1) / (b / n2) if b else (math.inf if a else math.nan)
    extra = 0.5 if 0 in {a, b} or (a, b) == (n1, n2) else 0.0
    centre = math.log(((a + extra) / (n1 + 2 * extra)) / ((b + extra) / (n2 + 2 * extra)))
    variance = 1 / (a + extra) - 1 / (n1 + 2 * extra) + 1 / (b + extra) - 1 / (n2 + 2 * extra)
    half = float(special.ndtri((1 + confidence) / 2)) * math.sqrt(variance)
    zero = (
        ["A cell is zero or full: the interval comes from half a case added to each cell."] if extra else []
    )
    return result(
        "risk_ratio",
        inputs={"a": a, "n1": n1, "b": b, "n2": n2, "level": confidence},
        finding=f"{a:,} of {n1:,} against {b:,} of {n2:,}, a risk ratio of {ratio_text(ratio)}",
        estimate=ratio,
        interval=Interval.of(
            low=math.exp(centre - half), high=math.exp(centre + half), method="log Wald", level=confidence
        ),
        n=n1 + n2,
        events=a + b,
        usual=Design.UNADJUSTED,
        no_difference=1,
        warnings=zero,
        values={"rr": finite(ratio), "risk1": a / n1, "risk2": b / n2},
        about=about,
    )


def ratio_text(ratio: float) -> str:
    """Return a ratio in words, also where it has no finite value."""
    if math.isnan(ratio):
        return "no value (nothing happened in either group)"
    return "no finite value (nothing happened in the second group)" if math.isinf(ratio) else f"{ratio:.2f}"
