"""From a survey's proportion to numbers of people and back, with the ranges of rounding and sampling."""

import math
from decimal import Decimal

from scipy import special

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About
from desist_evaluation.proportions import exact_limits
from desist_evaluation.result import Interval, Result, Unit, result

NOT_ASKED = (
    "Households only: people in hostels, prisons and halls, and those who did not answer, are in no interval."
)

#: Fewer expected than this, and the normal interval of a survey proportion no longer covers as it says.
FEW = 10


def last_digit(value: float, *, at_most: int) -> float:
    """Return the worth of the last digit of a published number: 0.001 for 0.032, never more than 10^at_most."""
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    return float(10.0 ** min(int(exponent), at_most))


def rounded(
    *, field: str, value: float, to: object, usual: float, most: float = math.inf
) -> tuple[float, float]:
    """Return the lowest and highest number that a published one can have been before it was rounded."""
    unit = usual if to is None else checks.positive(field=field, value=to)
    return max(0.0, value - unit / 2), min(most, value + unit / 2)


def read_population(given: dict[str, object]) -> tuple[str, float]:
    """Return the one population among the named ones."""
    known = [name for name, value in given.items() if value is not None]
    if len(known) != 1:
        raise InvalidInputError("population", f"is needed once, as one of {', '.join(given)}")
    return known[0], checks.positive(field=known[0], value=given[known[0]])


def prevalence_count(
    *,
    prevalence: float,
    population: float | None = None,
    population_16_59: float | None = None,
    population_16_74: float | None = None,
    population_16_plus: float | None = None,
    low: float | None = None,
    high: float | None = None,
    prevalence_rounded_to: float | None = None,
    about: About | None = None,
) -> Result:
    """A published proportion (0 to 1) times its population. `low` and `high` are the proportion's published limits.

    Without limits the range is what the proportion's rounding leaves: a tenth of a per cent, unless
    `prevalence_rounded_to` says otherwise. The population must be the one the survey speaks of.
    """
    share = checks.between(field="prevalence", value=prevalence, low=0, high=1)
    name, people = read_population(
        {
            "population": population,
            "population_16_59": population_16_59,
            "population_16_74": population_16_74,
            "population_16_plus": population_16_plus,
        }
    )
    limits, method = _limits(share, low, high, prevalence_rounded_to)
    count = share * people
    return result(
        "prevalence_count",
        inputs={"prevalence": share, name: people, "limits": limits},
        finding=f"{100 * share:g}% of {people:,.0f} people is {count:,.0f} people",
        estimate=count,
        interval=Interval.of(low=limits[0] * people, high=limits[1] * people, method=method, level=1),
        n=round(people),
        warnings=[NOT_ASKED],
        values={"count": count, "rounded_million": round(count / 1e6, 1), "population": people},
        about=about,
    )


def _limits(share: float, low: object, high: object, to: object) -> tuple[tuple[float, float], str]:
    if (low is None) != (high is None):
        raise InvalidInputError("low", "and high go together")
    if low is None:
        usual = last_digit(share, at_most=-3)
        return (
            rounded(field="prevalence_rounded_to", value=share, to=to, usual=usual, most=1.0),
            "rounding of the proportion alone",
        )
    least = checks.between(field="low", value=low, low=0, high=share)
    most = checks.between(field="high", value=high, low=share, high=1)
    return (least, most), "published limits of the proportion"


def implied_population(
    *,
    count: float,
    prevalence: float,
    count_rounded_to: float | None = None,
    prevalence_rounded_to: float | None = None,
    about: About | None = None,
) -> Result:
    """The population behind a published count and proportion, with the range that the rounding of both leaves.

    It shows which population a figure speaks of. Unsaid, a count is taken to be rounded to its last digit that is
    not zero (millions to a tenth), a proportion to a tenth of a per cent.
    """
    number = checks.positive(field="count", value=count)
    share = checks.between(field="prevalence", value=prevalence, low=0, high=1)
    least, most = rounded(
        field="count_rounded_to", value=number, to=count_rounded_to, usual=last_digit(number, at_most=5)
    )
    narrow, wide = rounded(
        field="prevalence_rounded_to",
        value=share,
        to=prevalence_rounded_to,
        usual=last_digit(share, at_most=-3),
        most=1.0,
    )
    if narrow <= 0:
        raise InvalidInputError("prevalence", "must be larger than its rounding error")
    low, high = least / wide, most / narrow
    return result(
        "implied_population",
        inputs={"count": [least, number, most], "prevalence": [narrow, share, wide]},
        finding=f"{number:,.0f} people at {100 * share:g}% implies a population of {number / share:,.0f}",
        estimate=number / share,
        interval=Interval.of(low=low, high=high, method="rounding of count and proportion", level=1),
        values={"population": number / share, "range_from_rounding": [low, high]},
        about=about,
    )


def survey_limits(share: float, n: int, deft: float, level: float) -> tuple[float, float, str]:
    """Limits of a survey proportion from its respondents and design factor.

    Normal, as statistical offices publish; with fewer than ten expected on either side Korn and Graubard's, which is
    Clopper and Pearson's at the effective sample size.
    """
    effective = n / deft**2
    if min(share, 1 - share) * effective < FEW:
        low, high = _effective_exact(share, effective, level)
        return low, high, "Korn-Graubard"
    half = _z(level) * deft * math.sqrt(share * (1 - share) / n)
    return max(0.0, share - half), min(1.0, share + half), "normal, with the design factor"


def _z(level: float) -> float:
    """1.96 for 95%, as statistical offices multiply, so that their published limits are met to the last digit."""
    return 1.96 if level == 0.95 else float(special.ndtri((1 + level) / 2))


def _effective_exact(share: float, effective: float, level: float) -> tuple[float, float]:
    """Clopper and Pearson's limits for a number of people that need not be whole."""
    if share in {0.0, 1.0}:
        whole = max(1, math.floor(effective))
        return exact_limits(round(share * whole), whole, level)
    tail, events = (1 - level) / 2, share * effective
    low = float(special.betaincinv(events, effective - events + 1, tail))
    return low, float(special.betaincinv(events + 1, effective - events, 1 - tail))


def survey_ci(
    *,
    p: float,
    n: int,
    deft: float = 1.0,
    population: float | None = None,
    level: float = 0.95,
    about: About | None = None,
) -> Result:
    """A survey proportion `p` of `n` respondents with its interval; `deft` is the design factor.

    The design factor is the standard error over that of a simple random sample of the same size. With a
    population the limits are given as people too.
    """
    share = checks.between(field="p", value=p, low=0, high=1)
    people = checks.count(field="n", value=n, least=1)
    factor = checks.positive(field="deft", value=deft)
    confidence = checks.level(level)
    base = None if population is None else checks.positive(field="population", value=population)
    low, high, method = survey_limits(share, people, factor, confidence)
    counts = (
        {} if base is None else {"count": share * base, "count_low": low * base, "count_high": high * base}
    )
    return result(
        "survey_ci",
        inputs={"p": share, "n": people, "deft": factor, "population": base, "level": confidence},
        finding=f"{100 * share:g}% of {people:,} respondents",
        estimate=share,
        interval=Interval.of(low=low, high=high, method=method, level=confidence),
        unit=Unit.PERCENT,
        n=people,
        warnings=_warnings(factor),
        values={
            "se": factor * math.sqrt(share * (1 - share) / people),
            "effective_n": people / factor**2,
            **counts,
        },
        about=about,
    )


def _warnings(deft: float) -> list[str]:
    if deft == 1:
        return [NOT_ASKED, "A design factor of 1 means a simple random sample; a clustered survey has more."]
    return [NOT_ASKED]
