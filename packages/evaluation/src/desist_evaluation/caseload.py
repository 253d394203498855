"""The honest statement of a rise in a service's figures: base, periods, rate and interval."""

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About, Design
from desist_evaluation.exposure import Period, read_period, refuse_overlap, same_season
from desist_evaluation.rates import rate_ratio_exact
from desist_evaluation.result import Interval, Result, Unit, finite, result

CASELOAD = (
    "A service's own caseload: capacity, publicity and referral routes move it too. It is not a figure of how common "
    "stalking is."
)


def caseload_change(
    *,
    what: str,
    before: int,
    before_start: str,
    before_end: str,
    after: int,
    after_start: str,
    after_end: str,
    level: float = 0.95,
    about: About | None = None,
) -> Result:
    """Return how much more of `what` came to a service in a period than in an earlier one, per day, with its interval.

    The honest form of "a 75% increase": it cannot be said without base, periods and interval. `what` names the unit
    that was counted, such as "referrals with online stalking".
    """
    unit = _read_unit(what)
    first = read_period(field="before", start=before_start, end=before_end)
    second = read_period(field="after", start=after_start, end=after_end)
    refuse_overlap(first, second)
    base, now = checks.count(field="before", value=before), checks.count(field="after", value=after)
    ratio = rate_ratio_exact(a=now, ta=second.days, b=base, tb=first.days, level=level)
    change = None if ratio.estimate is None else ratio.estimate - 1
    return result(
        "caseload_change",
        inputs={"what": unit, "a": now, "b": base, "periods": [str(first), str(second)], "level": level},
        finding=f"{unit}: {base:,} in {first.days} days ({first}), then {now:,} in {second.days} days ({second}), {_told(change)}",
        estimate=change,
        interval=_change_limits(ratio),
        unit=Unit.PERCENT,
        events=base + now,
        usual=Design.NONE,
        no_difference=0,
        warnings=_warnings(ratio, first, second),
        values={
            "change_pct": None if change is None else finite(100 * change),
            "before_days": first.days,
            "after_days": second.days,
            "p": ratio.values["p"],
            "bare_change_pct": finite(100 * (now / base - 1)) if base else None,
        },
        about=about,
    )


def _read_unit(what: object) -> str:
    unit = str(what).strip()
    if not unit:
        raise InvalidInputError("what", "is needed: name what was counted")
    return unit


def _told(change: float | None) -> str:
    return "no finite change (none before)" if change is None else f"a change of {100 * change:+.1f}% per day"


def _change_limits(ratio: Result) -> Interval:
    """Return the limits of a rate ratio as those of a change: one less."""
    limits = ratio.interval or Interval.of(low=0, high=0, method="", level=1)
    return Interval(
        low=None if limits.low is None else limits.low - 1,
        high=None if limits.high is None else limits.high - 1,
        method=limits.method,
        level=limits.level,
    )


def _warnings(ratio: Result, first: Period, second: Period) -> list[str]:
    warnings = [CASELOAD, *ratio.warnings]
    if not same_season(first, second):
        warnings.append("The periods are different times of the year: a season may explain a change.")
    return warnings
