"""The differences that a number of people can show, worked out before the result is looked at."""

import math

import numpy as np
from scipy import optimize, special

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About
from desist_evaluation.result import Result, Unit, result

#: A trial larger than this is not a stalking programme's.
MOST_PEOPLE = 2_000
PLANNING = "This is planning arithmetic: it says what could be seen, not what happened."


def _z(share: float) -> float:
    return float(special.ndtri(share))


def _read_two(p1: object, p2: object) -> tuple[float, float]:
    first = checks.inside(field="p1", value=p1, low=0, high=1)
    second = checks.between(field="p2", value=p2, low=0, high=1)
    if first == second:
        raise InvalidInputError("p2", "must differ from p1: no number of people shows no difference")
    return first, second


def per_arm(p1: float, p2: float, alpha: float, power: float) -> float:
    """People in each of two equal arms, unrounded, for a two-sided test (as R's power.prop.test)."""
    pooled = math.sqrt((p1 + p2) * (1 - (p1 + p2) / 2))
    apart = math.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    return ((_z(1 - alpha / 2) * pooled + _z(power) * apart) / (p1 - p2)) ** 2


def sample_size_two_proportions(
    *, p1: float, p2: float, alpha: float = 0.05, power: float | None = None, about: About | None = None
) -> Result:
    """People in each arm to tell two proportions apart, two-sided, at 80 % and 90 % power and at `power`."""
    first, second = _read_two(p1, p2)
    risk = checks.inside(field="alpha", value=alpha, low=0, high=1)
    asked = 0.8 if power is None else checks.inside(field="power", value=power, low=0, high=1)
    needed = per_arm(first, second, risk, asked)
    eighty, ninety = per_arm(first, second, risk, 0.8), per_arm(first, second, risk, 0.9)
    return result(
        "sample_size_two_proportions",
        inputs={"p1": first, "p2": second, "alpha": risk, "power": asked},
        finding=f"To tell {100 * first:.1f}% from {100 * second:.1f}% takes {math.ceil(needed):,} people in each arm "
        f"for {100 * asked:g}% power",
        estimate=needed,
        n=2 * math.ceil(needed),
        warnings=[PLANNING],
        values={
            "n_per_arm": needed,
            "ceil": math.ceil(needed),
            "n_per_arm_80": eighty,
            "n_per_arm_90": ninety,
            "ceil_80": math.ceil(eighty),
            "ceil_90": math.ceil(ninety),
        },
        about=about,
    )


def schoenfeld_events(
    *,
    hazard_ratio: float,
    alpha: float = 0.05,
    allocation: float = 0.5,
    power: float | None = None,
    about: About | None = None,
) -> Result:
    """Events (not people) that a two-sided log-rank test needs; `allocation` is one arm's share of the people."""
    ratio = checks.positive(field="hazard_ratio", value=hazard_ratio)
    if ratio == 1:
        raise InvalidInputError("hazard_ratio", "must differ from 1: no number of events shows no difference")
    risk = checks.inside(field="alpha", value=alpha, low=0, high=1)
    share = checks.inside(field="allocation", value=allocation, low=0, high=1)
    asked = 0.8 if power is None else checks.inside(field="power", value=power, low=0, high=1)

    def needed(wanted: float) -> float:
        return (_z(1 - risk / 2) + _z(wanted)) ** 2 / (share * (1 - share) * math.log(ratio) ** 2)

    return result(
        "schoenfeld_events",
        inputs={"hazard_ratio": ratio, "alpha": risk, "allocation": share, "power": asked},
        finding=f"To see a hazard ratio of {ratio:g} takes {math.ceil(needed(asked)):,} events for {100 * asked:g}% power",
        estimate=needed(asked),
        events=math.ceil(needed(asked)),
        warnings=[PLANNING],
        values={
            "events_needed": needed(asked),
            "events_80": needed(0.8),
            "events_90": needed(0.9),
            "ceil_80": math.ceil(needed(0.8)),
            "ceil_90": math.ceil(needed(0.9)),
        },
        about=about,
    )


def single_arm_exact(
    *,
    p0: float,
    p1: float,
    alpha_one_sided: float = 0.05,
    power: float = 0.8,
    about: About | None = None,
) -> Result:
    """The fewest people in one arm, compared exactly with a fixed proportion p0, when the truth is p1.

    The first n that suffices; power is saw-toothed in n, so a few more people may have less.
    """
    fixed = checks.inside(field="p0", value=p0, low=0, high=1)
    true = checks.inside(field="p1", value=p1, low=0, high=1)
    if fixed == true:
        raise InvalidInputError("p1", "must differ from p0: no number of people shows no difference")
    risk = checks.inside(field="alpha_one_sided", value=alpha_one_sided, low=0, high=1)
    asked = checks.inside(field="power", value=power, low=0, high=1)
    fewer = true < fixed
    null, other = (fixed, true) if fewer else (1 - fixed, 1 - true)
    n, critical = _search(null, other, risk, asked)
    limit = critical if fewer else n - critical
    return result(
        "single_arm_exact",
        inputs={"p0": fixed, "p1": true, "alpha_one_sided": risk, "power": asked},
        finding=f"{n} people, and at {'most' if fewer else 'least'} {limit} events, tell {100 * true:.1f}% from a fixed "
        f"{100 * fixed:.1f}%",
        estimate=float(n),
        n=n,
        warnings=[PLANNING, "One arm compares with a fixed figure, not with people chosen alike."],
        values={
            "max_events" if fewer else "min_events": limit,
            "alpha_exact": float(special.bdtr(critical, n, null)),
            "power_exact": float(special.bdtr(critical, n, other)),
        },
        about=about,
    )


def _search(null: float, other: float, alpha: float, power: float) -> tuple[int, int]:
    """The first n, and its largest number of events that is still surprising under null, with enough power."""
    for n in range(1, MOST_PEOPLE + 1):
        cumulative = special.bdtr(np.arange(n + 1), n, null)
        critical = int(np.searchsorted(cumulative, alpha, side="right")) - 1
        if critical >= 0 and special.bdtr(critical, n, other) >= power:
            return n, critical
    raise InvalidInputError("p1", f"is so near p0 that more than {MOST_PEOPLE:,} people are needed")


def minimum_detectable_effect(
    *, p1: float, n_per_arm: int, alpha: float = 0.05, power: float = 0.8, about: About | None = None
) -> Result:
    """The largest proportion below p1 that two arms of this size can still tell from it, two-sided."""
    first = checks.inside(field="p1", value=p1, low=0, high=1)
    people = checks.count(field="n_per_arm", value=n_per_arm, least=2)
    risk = checks.inside(field="alpha", value=alpha, low=0, high=1)
    asked = checks.inside(field="power", value=power, low=0, high=1)
    if per_arm(first, 0.0, risk, asked) > people:
        second, finding = None, f"{people} people in each arm cannot tell even 0% from {100 * first:.1f}%"
    else:
        second = float(
            optimize.brentq(lambda p2: per_arm(first, p2, risk, asked) - people, 0.0, first - 1e-9)
        )
        finding = f"{people} people in each arm can tell {100 * second:.1f}% from {100 * first:.1f}%, no smaller difference"
    return result(
        "minimum_detectable_effect",
        inputs={"p1": first, "n_per_arm": people, "alpha": risk, "power": asked},
        finding=finding,
        estimate=None if second is None else first - second,
        unit=Unit.POINTS,
        n=2 * people,
        warnings=[PLANNING],
        values={
            "p2": second,
            "absolute": None if second is None else first - second,
            "relative": None if second is None else 1 - second / first,
        },
        about=about,
    )
