"""The findings in sentences: what was counted, with its interval, and no more than that carries."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import inf

from desist.chronicle.analysis import counts, orders, rates, shares, trend, triggers
from desist.chronicle.analysis.orders import Order
from desist.chronicle.analysis.triggers import WINDOW_DAYS
from desist.chronicle.course import Course
from desist.chronicle.period import Period, per_day, per_week

_DAY = 86_400_000_000
#: a p below this is called more than chance would bring
SIGNIFICANT = 0.05


@dataclass(frozen=True)
class Questions:
    """What a person asks of a course of conduct."""

    #: compare the time from this day on with the time before it
    compare_at: date | None = None
    #: a name for each kind of date, and the dates
    triggers: Mapping[str, Sequence[date]] = field(default_factory=dict)
    window_days: int = WINDOW_DAYS
    orders: tuple[Order, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A heading and its sentences."""

    title: str
    sentences: tuple[str, ...]


def findings(*, course: Course, questions: Questions) -> list[Finding]:
    """Every finding that was asked for or is always given."""
    found = [Finding("How much", tuple(_amount(course))), Finding("Occasions", tuple(_occasions(course)))]
    if course.period is not None and len(course.occasions):
        found.append(Finding("Night", (_night(course),)))
        found.append(Finding("Over time", tuple(_trend(course, course.period))))
        if questions.compare_at:
            said = tuple(_compare(course, course.period, questions.compare_at))
            found.append(Finding("Before and after", said))
        if questions.triggers:
            found.append(Finding("After certain dates", tuple(_triggers(course, course.period, questions))))
    return found + [
        Finding(f"While an order was in force: {order.name}", tuple(_order(course, order)))
        for order in questions.orders
    ]


def _amount(course: Course) -> list[str]:
    contacts = course.contacts
    total = (
        f"{_many(int(contacts.attempted.sum()), 'contact')} from {course.identities.names[0]}, "
        f"{int(contacts.answered.sum()):,} to them, "
        f"{int(contacts.through_third_party.sum()):,} through a person said to act for them."
    )
    sentences = [total]
    for count in counts.by_channel(course=course):
        one, many = counts.WORDS[count.kind]
        sentences.append(
            f"{count.source}: {count.from_subject:,} {one if count.from_subject == 1 else many} from the subject, "
            f"{count.to_subject:,} to the subject, {count.through_third_party:,} through a third party."
        )
    undated = int(contacts.undated.sum())
    if undated:
        sentences.append(
            f"{_many(undated, 'contact')} without a readable time: listed, but in no count by time."
        )
    return sentences


def _occasions(course: Course) -> list[str]:
    occasions = course.occasions
    other = ", ".join(
        f"{number:,} at {hours:g} h"
        for hours, number in occasions.sensitivity.items()
        if hours != occasions.gap_hours
    )
    sentence = (
        f"{_many(len(occasions), 'occasion')}: contacts with no more than {occasions.gap_hours:g} hours between them "
        f"are one occasion. With another gap there would be {other}."
    )
    return [sentence]


def _night(course: Course) -> str:
    share = shares.night_share(occasions=course.occasions)
    return (
        f"{share.part:,} of {_many(share.whole, 'occasion')} began between {shares.NIGHT_BEGINS}:00 and "
        f"0{shares.NIGHT_ENDS}:00: {_percent(share.part / share.whole)}, 95 % interval {_percent(share.low)} to {_percent(share.high)}."
    )


def _trend(course: Course, period: Period) -> list[str]:
    first = (period.first - date(1970, 1, 1)).days
    times = course.occasions.first_local / _DAY - first
    weeks = per_week(days=course.occasions.days(), period=period)
    return [
        _trend_sentence(lambda: trend.laplace(times=times, end=float(period.days))),
        _trend_sentence(lambda: trend.mann_kendall(values=weeks)),
    ]


def _trend_sentence(test: Callable[[], trend.Trend]) -> str:
    try:
        result = test()
    except trend.TooFewError as few:
        return str(few)
    if result.p >= SIGNIFICANT:
        verdict = "not enough to say that occasions became more or less frequent"
    else:
        verdict = "occasions became more frequent" if result.z > 0 else "occasions became less frequent"
    return f"{result.method} test, n = {result.n:,}: z = {result.z:+.2f}, p = {_p(result.p)}: {verdict}."


def comparison_sentence(*, comparison: rates.Comparison, what: str) -> str:
    """For example "35 occasions against 20: +75 %, 95 % interval -2 % to +220 %: not enough to say it rose"."""
    if comparison.rose or comparison.fell:
        verdict = "it rose" if comparison.rose else "it fell"
    else:
        verdict = f"not enough to say it {'fell' if comparison.ratio < 1 else 'rose'}"
    times = ""
    if comparison.earlier_days != comparison.later_days:
        times = (
            f" ({comparison.later_days:,} days against {comparison.earlier_days:,}; the rates are compared)"
        )
    return (
        f"{comparison.later:,} {what} against {comparison.earlier:,}{times}: {_change(comparison.ratio)}, "
        f"95 % interval {_change(comparison.low)} to {_change(comparison.high)}: {verdict}."
    )


def _compare(course: Course, period: Period, day: date) -> list[str]:
    try:
        before, since = period.before(day), period.since(day)
    except ValueError:
        return [f"{day:%d %b %Y} is not inside the period, so there is nothing to compare."]
    days = course.occasions.days()
    contact_days = course.corpus.rows["local"][course.occasions.contacts] // _DAY

    def occasions() -> rates.Comparison:
        return rates.compare_occasions(
            earlier=int(per_day(days=days, period=before).sum()),
            later=int(per_day(days=days, period=since).sum()),
            earlier_days=before.days,
            later_days=since.days,
        )

    def contacts() -> rates.Comparison:
        return rates.compare_contacts(
            earlier=per_week(days=contact_days, period=before),
            later=per_week(days=contact_days, period=since),
        )

    return [_comparison(occasions, "occasions"), _comparison(contacts, "contacts in whole weeks")]


def _comparison(compare: Callable[[], rates.Comparison], what: str) -> str:
    try:
        return comparison_sentence(comparison=compare(), what=what)
    except rates.NothingToCompareError as nothing:
        return str(nothing)


def _triggers(course: Course, period: Period, questions: Questions) -> list[str]:
    windows = triggers.after_triggers(
        occasions=course.occasions.days(),
        triggers=questions.triggers,
        period=period,
        window=questions.window_days,
    )
    sentences = [_window_sentence(window, questions.window_days) for window in windows]
    tried = _many(len(windows), "kind")
    sentences.append(
        f"{tried} of date tried; p is corrected for that number (Holm). This is association, not cause."
    )
    return sentences


def _window_sentence(window: triggers.Window, days: int) -> str:
    if not window.dates:
        return f"{window.name}: no such date lies inside the period."
    listed = ", ".join(f"{day:%d %b %Y}" for day in window.dates)
    verdict = (
        "more than chance would bring" if window.holm < SIGNIFICANT else "not more than chance would bring"
    )
    return (
        f"{window.name} ({listed}): {_many(window.inside, 'occasion')} on the {window.days:,} days that are within "
        f"{days} days from such a date, {window.outside:,} on the {window.outside_days:,} other days; "
        f"p = {_p(window.p)}, corrected {_p(window.holm)}: {verdict}."
    )


def _order(course: Course, order: Order) -> list[str]:
    found = orders.candidates(rows=course.corpus.rows, contacts=course.contacts, order=order)
    doubtful = sum(len(candidate.reasons) > 2 for candidate in found)
    until = f" to {order.until:%d %b %Y}" if order.until else " on"
    total = (
        f"{_many(len(found), 'contact')} from service on {order.served:%d %b %Y}{until}. "
        "These are candidates: a person must confirm who sent each, and what the order says."
    )
    sentences = [total]
    if doubtful:
        sentences.append(
            f"{_many(doubtful, 'contact')} on the day of service itself: check which came first."
        )
    return sentences


def _many(count: int, one: str) -> str:
    return f"{count:,} {one if count == 1 else one + 's'}"


def _change(ratio: float) -> str:
    return "no upper limit" if ratio == inf else f"{round((ratio - 1) * 100):+d} %"


def _percent(share: float) -> str:
    return f"{round(share * 100)} %"


def _p(p: float) -> str:
    return "below 0.001" if p < 0.001 else f"{p:.3f}"
