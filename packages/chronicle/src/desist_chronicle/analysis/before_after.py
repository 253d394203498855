"""Whether there was more contact after a day than before it: occasions where they compare, contacts always."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from math import inf

import numpy as np
from numpy.typing import NDArray

from desist_chronicle.analysis import rates, slope, trend
from desist_chronicle.analysis.saturation import Saturation, saturation
from desist_chronicle.occasions import Occasions
from desist_chronicle.period import Period, per_day


def before_after(
    *, occasions: Occasions, contact_days: NDArray[np.int64], period: Period, day: date
) -> list[str]:
    """Return the comparison in sentences; on occasions they never contradict the direction of contacts a day."""
    try:
        parts = period.before(day), period.since(day)
    except ValueError:
        return [f"{day:%d %b %Y} is not inside the period, so there is nothing to compare."]
    before, since = (per_day(days=contact_days, period=part) for part in parts)
    way = _over_time(np.concatenate([before, since]))
    contacts = _or_sentence(lambda: rates.compare_contacts(earlier=before, later=since), way)
    frequent = max(
        (saturation(occasions=occasions, by_day=part) for part in (before, since)), key=lambda one: one.share
    )
    counts = [int(per_day(days=occasions.days(), period=part).sum()) for part in parts]
    return [
        _occasions(counts, parts, frequent, float(since.mean() - before.mean()), way),
        contacts if isinstance(contacts, str) else comparison_sentence(comparison=contacts, what="contacts"),
    ]


def _over_time(by_day: NDArray[np.int64]) -> int:
    """Return the direction of contacts over the whole time; 0 where it is open."""
    try:
        fitted = slope.fit(counts=by_day)
    except trend.TooFewError:
        return 0
    return int(fitted.rose) - int(fitted.fell)


def _occasions(
    counts: list[int], parts: tuple[Period, Period], frequent: Saturation, contacts_rose_by: float, way: int
) -> str:
    if frequent.holds:
        return frequent.sentence()
    found = _or_sentence(
        lambda: rates.compare_occasions(
            earlier=counts[0], later=counts[1], earlier_days=parts[0].days, later_days=parts[1].days
        ),
        way,
    )
    if isinstance(found, str):
        return found
    if (found.ratio - 1) * contacts_rose_by < 0:
        return (
            f"{found.later:,} occasions against {found.earlier:,} ({found.later_days:,} days against "
            f"{found.earlier_days:,}), while contacts a day went the other way: no direction is said of occasions."
        )
    return comparison_sentence(comparison=found, what="occasions")


def _or_sentence(compare: Callable[[], rates.Comparison], way: int) -> rates.Comparison | str:
    try:
        return replace(compare(), over_time=way)
    except rates.NothingToCompareError as nothing:
        return str(nothing)


def comparison_sentence(*, comparison: rates.Comparison, what: str) -> str:
    """For example "35 occasions against 20: +75 %, 95 % interval -2 % to +220 %: not enough to say it rose"."""
    if comparison.rose or comparison.fell:
        verdict = "it rose" if comparison.rose else "it fell"
    else:
        verdict = f"not enough to say it {'fell' if comparison.ratio < 1 else 'rose'}"
        if comparison.between:
            verdict += f" (that takes an interval of {rates.SURE * 100:g} %, or the same direction over the whole time)"
    times = ""
    if comparison.earlier_days != comparison.later_days:
        times = (
            f" ({comparison.later_days:,} days against {comparison.earlier_days:,}; the rates are compared)"
        )
    return (
        f"{comparison.later:,} {what} against {comparison.earlier:,}{times}: {_change(comparison.ratio)}, "
        f"95 % interval {_change(comparison.low)} to {_change(comparison.high)}: {verdict}."
    )


def _change(ratio: float) -> str:
    return "no upper limit" if ratio == inf else f"{round((ratio - 1) * 100):+d} %"
