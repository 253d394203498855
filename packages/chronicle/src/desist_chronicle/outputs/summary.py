"""The half page on top: first, last, days, channels, busiest day, gaps, and what was counted how; and its pictures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from desist_chronicle import chronology
from desist_chronicle.analysis import shares
from desist_chronicle.analysis.counts import kinds_sentence
from desist_chronicle.analysis.findings import Questions
from desist_chronicle.analysis.orders import Order, candidates
from desist_chronicle.chronology import day
from desist_chronicle.corpus import KINDS, PRECISIONS
from desist_chronicle.course import Course
from desist_chronicle.occasions import gaps
from desist_chronicle.outputs.charts import (
    PALETTE,
    Channel,
    Chart,
    KeyDay,
    Span,
    heat_map,
    timeline,
    weekly_bars,
)
from desist_chronicle.period import Period, many, per_day
from desist_chronicle.records import Kind, Precision

_DAY, _HOUR = 86_400_000_000, 3_600_000_000
_CALLS = (Kind.CALL, Kind.MISSED_CALL, Kind.VOICEMAIL)


@dataclass(frozen=True)
class Summary:
    """Facts by name, and pictures: the first goes on page one."""

    facts: tuple[tuple[str, str], ...]
    charts: tuple[Chart, ...]


def summarise(
    *,
    course: Course,
    questions: Questions,
    formats: Mapping[str, str],
    say: Callable[[str], str],
    missing: Sequence[tuple[str, int]] = (),
) -> Summary:
    """Return the summary. `formats` names each source's channel; `say` masks what comes from sources and people."""
    facts = [("From", say(course.identities.names[0]))]
    if course.period is None or not len(course.occasions):
        facts.append(("Contacts", "None has a time, so nothing can be said of days."))
        return Summary(tuple(facts), ())
    channels = _channels(course, course.period, formats, say)
    facts += _when(course, course.period)
    facts.append(("Channels", "; ".join(f"{one.name} {int(one.by_day.sum()):,}" for one in channels)))
    facts += _orders(course, questions, say)
    facts.append(("Counted as a contact", _counted(course)))
    if missing:
        facts.append(("Missing in the sources", "; ".join(f"{what}: {count:,}" for what, count in missing)))
    return Summary(tuple(facts), tuple(_charts(course, course.period, questions, channels, say)))


def _when(course: Course, period: Period) -> list[tuple[str, str]]:
    occasions = course.occasions
    rows = course.corpus.rows[occasions.contacts]
    by_day = per_day(days=rows["local"] // _DAY, period=period)
    busiest = int(by_day.argmax())
    longest = max(filter(None, gaps(occasions=occasions)), key=lambda gap: gap.days, default=None)
    timed = rows["precision"] != PRECISIONS.index(Precision.DAY)
    night = int(shares.at_night(local=rows["local"][timed]).sum())
    found = [
        ("Contacts", f"{len(rows):,}: {kinds_sentence(rows['kind'])}"),
        ("First and last", f"{_moment(rows[0])} and {_moment(rows[-1])}"),
        ("Days with contact", f"{int((by_day > 0).sum()):,} of {period.days:,}"),
        (
            "Occasions",
            f"{len(occasions):,}, with no more than {occasions.gap_hours:g} hours between contacts",
        ),
        (
            "Busiest day",
            f"{_named_day(period.first + timedelta(days=busiest))}: {many(int(by_day[busiest]), 'contact')}",
        ),
        (
            "Longest time without",
            chronology.quiet(longest) if longest else "No whole day between two occasions",
        ),
    ]
    if timed.any():
        found.append(
            (
                "Between 23:00 and 07:00",
                f"{night:,} of {many(int(timed.sum()), 'contact')} that state an hour",
            )
        )
    return found


def _orders(course: Course, questions: Questions, say: Callable[[str], str]) -> list[tuple[str, str]]:
    return [
        (
            f"While in force: {say(order.name)}",
            many(len(candidates(rows=course.corpus.rows, contacts=course.contacts, order=order)), "candidate")
            + f", served {day(order.served)}",
        )
        for order in questions.orders
    ]


def _counted(course: Course) -> str:
    said = (
        "each message, mail, call and missed call that the subject sent or made. Drafts and what failed are none; a "
        "diary's entries and system lines are none; what several sources hold is counted once"
    )
    undated = int(course.contacts.undated.sum())
    return (
        f"{said}. {many(undated, 'contact')} without a time that can be {'is' if undated == 1 else 'are'} not in these figures."
        if undated
        else f"{said}."
    )


def _moment(row: np.void) -> str:
    """Return a contact's day, and its hour where the source states one."""
    clock = datetime(1970, 1, 1) + timedelta(microseconds=int(row["local"]))  # noqa: DTZ001 - a wall clock
    return (
        day(clock) if row["precision"] == PRECISIONS.index(Precision.DAY) else f"{day(clock)} {clock:%H:%M}"
    )


def _named_day(one: date) -> str:
    return f"{one:%A} {day(one)}"


def _channels(
    course: Course, period: Period, formats: Mapping[str, str], say: Callable[[str], str]
) -> list[Channel]:
    """Return the channels by their contacts, largest first; what the palette has no colour for is one channel."""
    rows = course.corpus.rows[course.occasions.contacts]
    names = [formats.get(source) or source for source in course.corpus.sources]
    calls = np.isin(rows["kind"], [KINDS.index(kind) for kind in _CALLS])
    found: dict[str, NDArray[np.int64]] = {}
    for number in np.unique(rows["source"]).tolist():
        here = rows["source"] == number
        for name, chosen in ((say(names[number]), here & ~calls), ("calls", here & calls)):
            by_day = per_day(days=rows["local"][chosen] // _DAY, period=period)
            if by_day.any():
                found[name] = found.get(name, 0) + by_day
    ordered = sorted(
        (Channel(*one) for one in found.items()), key=lambda one: (-int(one.by_day.sum()), one.name)
    )
    kept, rest = ordered[: len(PALETTE)], ordered[len(PALETTE) - 1 :]
    if len(ordered) > len(PALETTE):
        kept = [
            *ordered[: len(PALETTE) - 1],
            Channel("other channels", np.sum([one.by_day for one in rest], axis=0)),
        ]
    return kept


def _charts(
    course: Course,
    period: Period,
    questions: Questions,
    channels: Sequence[Channel],
    say: Callable[[str], str],
) -> list[Chart]:
    occasions = course.occasions
    spans = [span for order in questions.orders if (span := _span(order, period, say))]
    key_days = [
        KeyDay(say(name), (one - period.first).days)
        for name, days in questions.triggers.items()
        for one in days
        if period.holds(one)
    ]
    rows = course.corpus.rows[occasions.contacts]
    timed = rows["local"][rows["precision"] != PRECISIONS.index(Precision.DAY)]
    cells = (timed // _DAY + 3) % 7 * 24 + timed % _DAY // _HOUR
    hourly = course.corpus.rows["precision"][occasions.contacts[occasions.starts]] != PRECISIONS.index(
        Precision.DAY
    )
    at = occasions.first_local[hourly] - (period.first - date(1970, 1, 1)).days * _DAY
    return [
        weekly_bars(channels=channels, first=period.first, orders=spans, key_days=key_days),
        heat_map(counts=np.bincount(cells, minlength=7 * 24).reshape(7, 24)),
        timeline(
            began=at // _DAY + 0.5,
            hours=at % _DAY / _HOUR,
            sizes=(occasions.ends - occasions.starts)[hourly],
            hourless=int((~hourly).sum()),
            first=period.first,
            days=period.days,
            orders=spans,
            key_days=key_days,
        ),
    ]


def _span(order: Order, period: Period, say: Callable[[str], str]) -> Span | None:
    """Return the part of the period in which an order is in force; None where there is none."""
    since = max(0, (order.served.date() - period.first).days)
    until = period.days if order.until is None else (order.until.date() - period.first).days
    until = min(until, period.days)
    return Span(say(order.name), since, until) if since < until else None
