"""The findings in sentences: each count with its interval, and no claim beyond it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from desist_chronicle.analysis import before_after, counts, coverage, orders, over_time, shares, triggers
from desist_chronicle.analysis.orders import Order
from desist_chronicle.analysis.over_time import p_in_words
from desist_chronicle.analysis.saturation import saturation
from desist_chronicle.analysis.triggers import WINDOW_DAYS
from desist_chronicle.corpus import PRECISIONS
from desist_chronicle.course import Course
from desist_chronicle.occasions import Occasions
from desist_chronicle.period import Period, many, per_day
from desist_chronicle.records import Precision

_DAY = 86_400_000_000
_COUNTED_TWICE = "While that is so, what both hold is counted twice."
#: a p below this is called more than chance would bring
SIGNIFICANT = 0.05


@dataclass(frozen=True)
class Questions:
    """The questions that a person asks of a course of conduct."""

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
    """Return every finding that was asked for or always belongs."""
    found = [Finding("How much", tuple(_amount(course)))]
    if course.period is None or course.covered is None or not len(course.occasions):
        found.append(Finding("Occasions", tuple(_occasions(course.occasions))))
    else:
        told = coverage.sentences(course=course, period=course.covered)
        found += in_time(occasions=course.occasions, times=_times(course), period=course.covered, told=told)
        if questions.compare_at:
            said = tuple(_compare(course, course.covered, questions.compare_at))
            found.append(Finding("Before and after", said))
        if questions.triggers:
            found.append(Finding("After certain dates", tuple(_triggers(course, course.period, questions))))
    return found + [
        Finding(f"While an order was in force: {order.name}", tuple(_order(course, order)))
        for order in questions.orders
    ]


@dataclass(frozen=True)
class Times:
    """The local time of each contact, in microseconds, and whether its hour is known; then of each occasion's first contact."""

    local: NDArray[np.int64]
    timed: NDArray[np.bool_]
    began_timed: NDArray[np.bool_]


def in_time(*, occasions: Occasions, times: Times, period: Period, told: Sequence[str] = ()) -> list[Finding]:
    """Return the findings of at least one occasion that need the times of contacts alone.

    `period` are the days of which the sources tell; `told` is what coverage says of them.
    """
    rose = over_time.over_time(occasions=occasions, contact_days=times.local // _DAY, period=period)
    return [
        Finding("Occasions", tuple(_occasions(occasions))),
        Finding("Night and weekend", tuple(_night_and_weekend(occasions, times))),
        Finding("Over time", (*over_time.sentences(rose), *told)),
    ]


def _times(course: Course) -> Times:
    rows = course.corpus.rows[course.occasions.contacts]
    timed = np.asarray(rows["precision"] != PRECISIONS.index(Precision.DAY))
    return Times(local=rows["local"], timed=timed, began_timed=timed[course.occasions.starts])


def _amount(course: Course) -> list[str]:
    contacts = course.contacts
    total = (
        f"{many(int(contacts.attempted.sum()), 'contact')} from {course.identities.names[0]}, "
        f"{int(contacts.answered.sum()):,} to them, "
        f"{int(contacts.through_third_party.sum()):,} through a person said to act for them."
    )
    sentences = [total]
    for count in counts.by_channel(course=course):
        one, more = counts.WORDS[count.kind]
        sentences.append(
            f"{count.source}: {count.from_subject:,} {one if count.from_subject == 1 else more} from the subject, "
            f"{count.to_subject:,} to the subject, {count.through_third_party:,} through a third party."
        )
    if copies := int((~course.duplicates.kept).sum()):
        sentences.append(
            f"{many(copies, 'record')} that several sources hold {'is' if copies == 1 else 'are'} counted once, in the "
            "source whose clock is finer."
        )
    if course.possible_copies:
        sentences.append(
            f"{many(course.possible_copies, 'contact')} may be counted twice: another source has the same words of the "
            "same person within five minutes. Compare the two, and leave one source out with --thread if they are one."
        )
    sentences += [f"{offset.sentence()} {_COUNTED_TWICE}" for offset in course.offsets]
    if misdated := int(contacts.misdated.sum()):
        sentences.append(
            f"{many(misdated, 'contact')} with a time that cannot be (before the first text message of 1992, or after "
            "this was made): listed as the source states it, but in no count by time. Look at the phone's clock."
        )
    undated = int((contacts.undated & ~contacts.misdated).sum())
    if undated:
        sentences.append(
            f"{many(undated, 'contact')} without a readable time: listed, but in no count by time."
        )
    return sentences


def _occasions(occasions: Occasions) -> list[str]:
    other = ", ".join(
        f"{number:,} at {hours:g} h"
        for hours, number in occasions.sensitivity.items()
        if hours != occasions.gap_hours
    )
    sentence = (
        f"{many(len(occasions), 'occasion')}: contacts with no more than {occasions.gap_hours:g} hours between them "
        f"are one occasion. With another gap there would be {other}."
    )
    return [sentence]


def _night_and_weekend(occasions: Occasions, times: Times) -> list[str]:
    """Return the sentences by contacts and occasions; a record that states no hour is in no count by hour."""
    local, timed, began = times.local, times.timed, occasions.first_local
    said = [
        _share(
            f"between {shares.NIGHT_BEGINS}:00 and 0{shares.NIGHT_ENDS}:00",
            shares.at_night(local=local[timed]),
            shares.at_night(local=began[times.began_timed]),
        ),
        _share("on a Saturday or Sunday", shares.at_weekend(local=local), shares.at_weekend(local=began)),
    ]
    if not timed.all():
        hourless = many(int((~timed).sum()), "contact")
        said.append(f"{hourless} whose source states no hour: in no count of the night.")
    return said


def _share(when: str, contacts: NDArray[np.bool_], occasions: NDArray[np.bool_]) -> str:
    """Return a sentence on both shares. Contacts come in clusters, so only occasions have an interval (Wilson's)."""
    if not len(contacts):
        return f"No contact has an hour, so none can be said to have come {when}."
    part = int(contacts.sum())
    said = f"{part:,} of {many(len(contacts), 'contact')} came {when}: {_percent(part / len(contacts))}. "
    if not len(occasions):
        return f"{said}No occasion began with a contact that has an hour."
    share = shares.share_of(chosen=occasions)
    return (
        f"{said}{share.part:,} of {many(share.whole, 'occasion')} began then: {_percent(share.part / share.whole)}, "
        f"95 % interval {_percent(share.low)} to {_percent(share.high)}."
    )


def _compare(course: Course, period: Period, day: date) -> list[str]:
    return before_after.before_after(
        occasions=course.occasions, contact_days=_contact_days(course), period=period, day=day
    )


def _contact_days(course: Course) -> NDArray[np.int64]:
    return np.asarray(course.corpus.rows["local"][course.occasions.contacts] // _DAY)


def _triggers(course: Course, period: Period, questions: Questions) -> list[str]:
    contact_days = _contact_days(course)
    by_day = per_day(days=contact_days, period=period)
    frequent = saturation(occasions=course.occasions, by_day=by_day)
    what = "contact" if frequent.holds else "occasion"
    windows = triggers.after_triggers(
        days=contact_days if frequent.holds else course.occasions.days(),
        triggers=questions.triggers,
        period=period,
        window=questions.window_days,
    )
    sentences = [frequent.sentence()] if frequent.holds else []
    sentences += [_window_sentence(window, questions.window_days, what) for window in windows]
    tried = many(len(windows), "kind")
    sentences.append(
        f"{tried} of date tried; p is corrected for that number (Holm). This is association, not cause."
    )
    return sentences


def _window_sentence(window: triggers.Window, days: int, what: str) -> str:
    if not window.dates:
        return f"{window.name}: no such date lies inside the period."
    listed = ", ".join(f"{day:%d %b %Y}" for day in window.dates)
    verdict = (
        "more than chance would bring" if window.holm < SIGNIFICANT else "not more than chance would bring"
    )
    return (
        f"{window.name} ({listed}): {many(window.inside, what)} on the {window.days:,} days that are within "
        f"{days} days from such a date, {window.outside:,} on the {window.outside_days:,} other days; "
        f"p = {p_in_words(window.p)}, corrected {p_in_words(window.holm)}: {verdict}."
    )


def _order(course: Course, order: Order) -> list[str]:
    found = orders.candidates(rows=course.corpus.rows, contacts=course.contacts, order=order)
    doubtful = sum(len(candidate.reasons) > 2 for candidate in found)
    until = f" to {order.until:%d %b %Y}" if order.until else " on"
    total = (
        f"{many(len(found), 'contact')} from service on {order.served:%d %b %Y}{until}. "
        "These are candidates: a person must confirm who sent each, and what the order says."
    )
    sentences = [total]
    if doubtful:
        sentences.append(f"{many(doubtful, 'contact')} on the day of service itself: check which came first.")
    return sentences


def _percent(share: float) -> str:
    return f"{round(share * 100)} %"
