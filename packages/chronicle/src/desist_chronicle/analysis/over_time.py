"""Whether contact rose or fell over the whole period: contacts tell the direction; occasions stand beside them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desist_chronicle.analysis import slope, trend
from desist_chronicle.analysis.saturation import Saturation, saturation
from desist_chronicle.analysis.slope import CONFIDENCE, Slope
from desist_chronicle.occasions import Occasions
from desist_chronicle.period import Period, many, numbers, per_day, per_week

_DAY = 86_400_000_000
#: both tests of occasions must be below it, and agree with the direction of the contacts, to name a direction
SIGNIFICANT = 0.01


@dataclass(frozen=True)
class OverTime:
    """The finding about the direction; a sentence stands in place of a missing figure."""

    by_day: NDArray[np.int64]
    saturation: Saturation
    slope: Slope | str
    #: Laplace and Mann-Kendall; none where contact is too frequent for occasions to be compared
    tests: tuple[trend.Trend | str, ...]
    #: the direction of the occasions between the first and the last, which one stray time can turn
    inner: int = 0

    @property
    def contacts(self) -> int:
        """1 where contacts became more frequent, -1 where less, 0 where the data leave it open."""
        return 0 if isinstance(self.slope, str) else int(self.slope.rose) - int(self.slope.fell)

    @property
    def occasions(self) -> int:
        """1, -1 or 0 for occasions; never against the direction of the contacts."""
        tests = [test for test in self.tests if isinstance(test, trend.Trend)]
        if not tests or len(tests) < len(self.tests) or any(test.p >= SIGNIFICANT for test in tests):
            return 0
        signs = {int(np.sign(test.z)) for test in tests} | {slope.leaning(counts=self.by_day), self.inner}
        return signs.pop() if len(signs) == 1 else 0


def over_time(*, occasions: Occasions, contact_days: NDArray[np.int64], period: Period) -> OverTime:
    """Work out the direction; `contact_days` holds the day of each contact as a number."""
    by_day = per_day(days=contact_days, period=period)
    frequent = saturation(occasions=occasions, by_day=by_day)
    return OverTime(
        by_day=by_day,
        saturation=frequent,
        slope=_fitted(by_day),
        tests=() if frequent.holds else _tests(occasions, period),
        inner=_inner(occasions.first_local),
    )


def _inner(first_local: NDArray[np.int64]) -> int:
    """Return the sign of Laplace's statistic over the occasions without the first and the last."""
    times = first_local[1:-1]
    return int(np.sign(times.mean() - (times[0] + times[-1]) / 2)) if len(times) else 0


def _tests(occasions: Occasions, period: Period) -> tuple[trend.Trend | str, ...]:
    times = occasions.first_local / _DAY - numbers([period.first])[0]
    inside = times[(times >= 0) & (times < period.days)]
    weeks = per_week(days=occasions.days(), period=period)
    return (
        _tested(lambda: trend.laplace(times=inside, end=float(period.days))),
        _tested(lambda: trend.mann_kendall(values=weeks)),
    )


def _fitted(by_day: NDArray[np.int64]) -> Slope | str:
    try:
        return slope.fit(counts=by_day)
    except trend.TooFewError as few:
        return str(few)


def _tested(test: Callable[[], trend.Trend]) -> trend.Trend | str:
    try:
        return test()
    except trend.TooFewError as few:
        return str(few)


def sentences(found: OverTime) -> list[str]:
    """Return the findings in words."""
    said = [_days(found), _slope(found.slope, found.contacts)]
    if found.saturation.holds:
        return [*said, found.saturation.sentence()]
    said += [test if isinstance(test, str) else _test(test) for test in found.tests]
    if any(isinstance(test, trend.Trend) for test in found.tests):
        said.append(f"Occasions: {_verdict(found.occasions, 'occasions')}.")
    return said


def _days(found: OverTime) -> str:
    middle = len(found.by_day) // 2
    said = f"There was contact on {found.saturation.days_with_contact:,} of {many(len(found.by_day), 'day')}."
    if not middle:
        return said
    first, last = (_half(half) for half in (found.by_day[:middle], found.by_day[-middle:]))
    return f"{said} In the first {many(middle, 'day')}: {first}. In the last {middle:,}: {last}."


def _half(by_day: NDArray[np.int64]) -> str:
    return f"{many(int(by_day.sum()), 'contact')} on {many(int((by_day > 0).sum()), 'day')}"


def _slope(found: Slope | str, direction: int) -> str:
    if isinstance(found, str):
        return found
    return (
        f"Contacts by week, n = {found.contacts:,}, fitted with a steady rate of change: {_rate(found.first)} a week at "
        f"the beginning and {_rate(found.last)} at the end, {_times(found.ratio)} as many, {CONFIDENCE * 100:g} % "
        f"interval {_times(found.low)} to {_times(found.high)}: {_verdict(direction, 'contacts')}."
    )


def _test(test: trend.Trend) -> str:
    return f"{test.method} test on occasions, n = {test.n:,}: z = {test.z:+.2f}, p = {p_in_words(test.p)}."


def _verdict(direction: int, what: str) -> str:
    if direction:
        return f"{what} became {'more' if direction > 0 else 'less'} frequent"
    return f"not enough to say that {what} became more or less frequent"


def _rate(rate: float) -> str:
    return f"{rate:,.1f}"


def _times(ratio: float) -> str:
    if ratio >= 1000:
        return "more than 1,000 times"
    return f"{ratio:.2f} times" if ratio >= 0.01 else "less than 0.01 times"


def p_in_words(p: float) -> str:
    """Return a chance, no finer than it is known."""
    return "below 0.001" if p < 0.001 else f"{p:.3f}"
