"""Events over exposure: exact intervals for a rate and for the ratio of two rates over unequal exposures."""

import math

from scipy import special, stats

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About, Design
from desist_evaluation.proportions import exact_limits, ratio_text
from desist_evaluation.result import Interval, Result, finite, result

INDEPENDENT = (
    "The interval takes events as independent; repeated events by the same people make it too narrow."
)


def poisson_exact_ci(
    *,
    events: int,
    exposure: float | None = None,
    population: float | None = None,
    per: float = 1,
    level: float = 0.95,
    about: About | None = None,
) -> Result:
    """A rate with Garwood's exact interval: events over `exposure` (or `population`), times `per`."""
    happened = checks.count(field="events", value=events)
    if (exposure is None) == (population is None):
        raise InvalidInputError("exposure", "or population is needed, one of the two")
    name = "population" if exposure is None else "exposure"
    base = checks.positive(field=name, value=population if exposure is None else exposure)
    scale = checks.positive(field="per", value=per) / base
    confidence = checks.level(level)
    tail = (1 - confidence) / 2
    low = float(special.gammaincinv(happened, tail)) if happened else 0.0
    high = float(special.gammainccinv(happened + 1, tail))
    if not math.isfinite(high * scale):
        raise InvalidInputError(name, "is too small for a finite rate")
    return result(
        "poisson_exact_ci",
        inputs={"events": happened, "exposure": base, "per": per, "level": confidence},
        finding=f"{happened:,} events over {base:,.6g}, a rate of {happened * scale:,.3g} per {per:,g}",
        estimate=happened * scale,
        interval=Interval.of(low=low * scale, high=high * scale, method="Garwood", level=confidence),
        n=int(base) if name == "population" else None,
        events=happened,
        warnings=[INDEPENDENT],
        values={"rate": happened * scale, "exposure": base},
        about=about,
    )


def rate_ratio_exact(
    *, a: int, ta: float, b: int, tb: float, level: float = 0.95, about: About | None = None
) -> Result:
    """The rate a/ta over the rate b/tb, exact given the total (as R's poisson.test).

    Exposures ta and tb (months, person-years) are always asked for: counts over unequal times do not compare.
    """
    first, second = checks.count(field="a", value=a), checks.count(field="b", value=b)
    time1, time2 = checks.positive(field="ta", value=ta), checks.positive(field="tb", value=tb)
    confidence = checks.level(level)
    total, fair = first + second, time1 / (time1 + time2)
    if not 1e-9 < fair < 1 - 1e-9:
        raise InvalidInputError("ta", "and tb must be of comparable size")
    ratio = (first / time1) / (second / time2) if second else (math.inf if first else math.nan)
    low, high = exact_limits(first, total, confidence) if total else (0.0, 1.0)
    p = float(stats.binomtest(first, total, fair).pvalue) if total else 1.0
    return result(
        "rate_ratio_exact",
        inputs={"a": first, "ta": time1, "b": second, "tb": time2, "level": confidence},
        finding=f"{first:,} over {time1:g} against {second:,} over {time2:g}, a rate ratio of {ratio_text(ratio)}",
        estimate=ratio,
        interval=Interval.of(
            low=_odds(low) * time2 / time1,
            high=_odds(high) * time2 / time1,
            method="exact conditional",
            level=confidence,
        ),
        events=total,
        usual=Design.UNADJUSTED,
        no_difference=1,
        warnings=_ratio_warnings(first, time1, second, time2),
        values={"ratio": finite(ratio), "p": p, "change_pct": finite(100 * (ratio - 1))},
        about=about,
    )


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else math.inf


def _ratio_warnings(a: int, ta: float, b: int, tb: float) -> list[str]:
    warnings = [INDEPENDENT]
    if ta != tb and b:
        warnings.append(
            f"The exposures differ ({ta:g} and {tb:g}): as bare counts the change would have read "
            f"{100 * (a / b - 1):+.1f}%, which compares unequal times."
        )
    if 0 in {a, b}:
        warnings.append("One count is zero: the ratio has no finite value or is zero; read the interval.")
    return warnings
