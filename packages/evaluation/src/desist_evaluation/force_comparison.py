"""Two periods of a public per-force file side by side: rates, or counts only where the periods are equally long."""

import math
from collections.abc import Mapping, Sequence

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About
from desist_evaluation.exposure import Period, refuse_overlap, refuse_unequal, rule_changes, same_season
from desist_evaluation.force_files import AreaCount, read_table
from desist_evaluation.proportions import ratio_text
from desist_evaluation.rates import rate_ratio_exact
from desist_evaluation.result import Interval, Result, result

COMPARISONS = ("counts", "rates")
NO_RANKING = "Recording differs between areas and years; the intervals hold chance alone. Do not rank areas."


def area_change(
    *,
    csv: str,
    before: str,
    after: str,
    area: str | None = None,
    compare: str = "counts",
    periods: Mapping[str, Sequence[str]] | None = None,
    level: float = 0.95,
    about: About | None = None,
) -> Result:
    """Return the rate of each area in the column `after` over that in `before`, and of all areas together.

    Raises `UnequalExposureError` where the periods differ in length and `compare` asks for counts; "rates" divides
    each count by its days. Areas without both counts are left out and named. With `area` the estimate is that area's.
    """
    kind = checks.choice(field="compare", value=compare, options=COMPARISONS)
    table = read_table(text=csv, periods=periods)
    first, second = table.of(before), table.of(after)
    earlier, later = table.periods[before], table.periods[after]
    _refuse_incomparable(kind, earlier, later)
    known = _known(first, second)
    left_out = [f"{name}: {first[name].note or second[name].note}" for name in first if name not in known]
    base, now = _chosen(area, known)
    days = (earlier.days, later.days)
    overall = rate_ratio_exact(a=now, ta=days[1], b=base, tb=days[0], level=level)
    return result(
        "area_change",
        inputs={"csv": csv, "before": before, "after": after, "area": area, "compare": kind, "level": level},
        finding=_finding(area or f"{len(known)} areas", (base, now), days, overall),
        estimate=overall.estimate,
        interval=overall.interval,
        n=len(known),
        events=base + now,
        missing=len(left_out),
        no_difference=1,
        warnings=_warnings(overall, earlier, later),
        values={
            "before_days": days[0],
            "after_days": days[1],
            "areas": [_row(name, counts, days, level) for name, counts in known.items()],
            "left_out": left_out,
        },
        about=about,
    )


def _refuse_incomparable(kind: str, earlier: Period, later: Period) -> None:
    refuse_overlap(earlier, later)
    if kind == "counts":
        refuse_unequal(earlier, later)


def _known(first: Mapping[str, AreaCount], second: Mapping[str, AreaCount]) -> dict[str, tuple[int, int]]:
    """Return the counts of the areas that have one in both periods."""
    known = {
        name: (_count(first[name]), _count(second[name]))
        for name in first
        if first[name].count is not None and second[name].count is not None
    }
    if not known:
        raise InvalidInputError("csv", "must have an area with a count in both periods")
    return known


def _count(entry: AreaCount) -> int:
    return entry.count or 0


def _chosen(area: str | None, known: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    if area is None:
        return sum(counts[0] for counts in known.values()), sum(counts[1] for counts in known.values())
    return known[checks.choice(field="area", value=area, options=known)]


def _finding(where: str, counts: tuple[int, int], days: tuple[int, int], overall: Result) -> str:
    ratio = ratio_text(math.inf if overall.estimate is None else overall.estimate)
    return f"{where}: {counts[0]:,} in {days[0]} days, then {counts[1]:,} in {days[1]} days, a rate ratio of {ratio}"


def _warnings(overall: Result, earlier: Period, later: Period) -> list[str]:
    season = [] if same_season(earlier, later) else ["The periods are different times of the year."]
    return [*overall.warnings, *rule_changes(earlier, later), *season, NO_RANKING]


def _row(name: str, counts: tuple[int, int], days: tuple[int, int], level: float) -> dict[str, object]:
    ratio = rate_ratio_exact(a=counts[1], ta=days[1], b=counts[0], tb=days[0], level=level)
    limits = ratio.interval or Interval(low=None, high=None, method="")
    return {
        "area": name,
        "before": counts[0],
        "after": counts[1],
        "change_pct": ratio.values["change_pct"],
        "low_pct": None if limits.low is None else 100 * (limits.low - 1),
        "high_pct": None if limits.high is None else 100 * (limits.high - 1),
    }
