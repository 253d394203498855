"""The number of people in an area who were stalked, from national proportions and the area's own population."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About
from desist_evaluation.prevalence import NOT_ASKED, last_digit, rounded, survey_limits
from desist_evaluation.result import Interval, Result, result

SYNTHETIC = (
    "Synthetic: national proportions applied to the area's population, not counted there. Nobody surveyed the "
    "area, and the interval does not say how far it differs from the nation."
)
STRATUM = {"name", "population", "prevalence", "n", "deft", "low", "high"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Stratum:
    """A group of the area's people and the nation's proportion for that group, with its limits."""

    name: str
    population: float
    prevalence: float
    low: float
    high: float
    sampled: bool


def read_stratum(place: str, item: object, level: float) -> Stratum:
    """A stratum from an object: limits from respondents (`n`, `deft`), or published (`low`, `high`), or rounding."""
    if not isinstance(item, Mapping):
        raise InvalidInputError(place, f"must be an object, not {item!r:.60}")
    for key in item:
        checks.choice(field=place, value=key, options=STRATUM)
    people = checks.not_negative(field=f"{place}.population", value=item.get("population"))
    share = checks.between(field=f"{place}.prevalence", value=item.get("prevalence"), low=0, high=1)
    sampled = item.get("n") is not None
    if sampled and (item.get("low") is not None or item.get("high") is not None):
        raise InvalidInputError(place, "must have n or limits, not both")
    if sampled:
        respondents = checks.count(field=f"{place}.n", value=item["n"], least=1)
        deft = checks.positive(field=f"{place}.deft", value=item.get("deft", 1))
        low, high, _ = survey_limits(share, respondents, deft, level)
    else:
        low, high = _published(place, item, share)
    name = str(item.get("name", place))
    return Stratum(name=name, population=people, prevalence=share, low=low, high=high, sampled=sampled)


def _published(place: str, item: Mapping[str, object], share: float) -> tuple[float, float]:
    low, high = item.get("low"), item.get("high")
    if (low is None) != (high is None):
        raise InvalidInputError(f"{place}.low", "and high go together")
    if low is None:
        return rounded(field=place, value=share, to=None, usual=last_digit(share, at_most=-3), most=1.0)
    return (
        checks.between(field=f"{place}.low", value=low, low=0, high=share),
        checks.between(field=f"{place}.high", value=high, low=share, high=1),
    )


def combined(strata: Sequence[Stratum]) -> tuple[float, float, float]:
    """Return the sum over strata and its limits.

    Sampling errors of separate groups are independent: their squares add (MOVER, Zou and Donner 2008). Ranges and
    rounding are no sampling errors: at worst all groups lie at the same end, so they add as they are.
    """
    total = sum(stratum.population * stratum.prevalence for stratum in strata)
    below = [stratum.population * (stratum.prevalence - stratum.low) for stratum in strata]
    above = [stratum.population * (stratum.high - stratum.prevalence) for stratum in strata]
    add = math.hypot if all(stratum.sampled for stratum in strata) else lambda *parts: math.fsum(parts)
    return total, total - add(*below), total + add(*above)


def area_need(
    *,
    area: str,
    strata: Sequence[Mapping[str, object]],
    recorded: int | None = None,
    level: float = 0.95,
    about: About | None = None,
) -> Result:
    """A synthetic estimate of the people stalked in an area in a year.

    `strata` are the area's age and sex groups (or one group of all adults), each with its own `population` and the
    nation's `prevalence`, and `n` respondents with `deft`, or `low` and `high`, or neither (then rounding alone).
    `recorded` puts the offences that the police recorded in the year beside the estimate.
    """
    name = str(area).strip()
    if not name:
        raise InvalidInputError("area", "is needed")
    confidence = checks.level(level)
    groups = _read_strata(strata, confidence)
    people = sum(group.population for group in groups)
    offences = None if recorded is None else checks.count(field="recorded", value=recorded)
    total, low, high = combined(groups)
    sampled = groups[0].sampled
    return result(
        "area_need",
        inputs={"area": name, "strata": groups, "recorded": offences, "level": confidence},
        finding=f"{name}: a synthetic estimate of {total:,.0f} people stalked in a year among {people:,.0f}",
        estimate=total,
        interval=Interval.of(
            low=low,
            high=high,
            method="MOVER over strata" if sampled else "range of the proportions",
            level=confidence if sampled else 1,
        ),
        n=round(people),
        warnings=[SYNTHETIC, NOT_ASKED, *_recorded_warnings(offences)],
        values={
            "area": name,
            "count": total,
            "prevalence": total / people,
            "label": "synthetic estimate",
            "strata": [_counted(group) for group in groups],
            **_beside_recorded(offences, total, low, high),
        },
        about=about,
    )


def _read_strata(strata: object, level: float) -> list[Stratum]:
    """Return the groups, all with respondents or all without; refuse groups without any people."""
    entries = checks.sequence(field="strata", value=strata)
    groups = [read_stratum(f"strata[{row}]", item, level) for row, item in enumerate(entries)]
    if len({group.sampled for group in groups}) > 1:
        raise InvalidInputError("strata", "must all have n, or all be without it")
    if sum(group.population for group in groups) <= 0:
        raise InvalidInputError("strata", "must have a person in them")
    return groups


def _counted(group: Stratum) -> dict[str, object]:
    return {
        "name": group.name,
        "population": group.population,
        "count": group.population * group.prevalence,
    }


def _recorded_warnings(recorded: int | None) -> list[str]:
    if recorded is None:
        return []
    return [
        "Recorded offences are not people: one person may have none or several, and recording rules change."
    ]


def _beside_recorded(recorded: int | None, total: float, low: float, high: float) -> dict[str, object]:
    if recorded is None:
        return {}
    parts = {"recorded_per_100": total, "recorded_per_100_low": high, "recorded_per_100_high": low}
    found = {name: 100 * recorded / base if base > 0 else None for name, base in parts.items()}
    return cast("dict[str, object]", {"recorded": recorded, **found})
