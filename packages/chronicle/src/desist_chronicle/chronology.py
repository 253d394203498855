"""The lines of a chronology in order: quiet times, occasions, and the records in and between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from desist_chronicle.analysis.counts import kinds_sentence
from desist_chronicle.corpus import NO_TIME, PRECISIONS
from desist_chronicle.course import Course
from desist_chronicle.occasions import Gap, gaps
from desist_chronicle.records import Precision, Record


@dataclass(frozen=True)
class Occasion:
    """The head of an occasion: its number, its beginning and end, and its content."""

    number: int
    began: datetime
    ended: datetime
    made_of: str
    #: whether the first and the last contact state an hour
    hours: tuple[bool, bool] = (True, True)


@dataclass(frozen=True)
class Entry:
    """One record that is shown: its number in the chronology, and its place in the corpus."""

    number: int
    record: int
    #: the occasion it is part of, 0 for none
    occasion: int
    #: how many further sources hold a copy of it
    copies: int


def lines(*, course: Course) -> Iterator[Gap | Occasion | Entry]:
    """Every line in order of time; records without a time come last, in the order of their sources."""
    opening = list(zip(gaps(occasions=course.occasions), _heads(course), strict=True))
    seen = 0
    for entry in _entries(course):
        if entry.occasion > seen:
            yield from _opening(*opening[seen])
            seen = entry.occasion
        yield entry


def heads(*, course: Course) -> Iterator[Gap | Occasion]:
    """Only quiet times and occasions, in order of time."""
    for gap, head in zip(gaps(occasions=course.occasions), _heads(course), strict=True):
        yield from _opening(gap, head)


def _opening(gap: Gap | None, head: Occasion) -> Iterator[Gap | Occasion]:
    if gap is not None:
        yield gap
    yield head


def _heads(course: Course) -> list[Occasion]:
    occasions = course.occasions
    kinds = course.corpus.rows["kind"][occasions.contacts]
    timed = course.corpus.rows["precision"][occasions.contacts] != PRECISIONS.index(Precision.DAY)
    bounds = zip(occasions.starts.tolist(), occasions.ends.tolist(), strict=True)
    clocks = zip(occasions.first_local.tolist(), occasions.last_local.tolist(), strict=True)
    return [
        Occasion(
            number=number,
            began=datetime(1970, 1, 1) + timedelta(microseconds=first),  # noqa: DTZ001 - a wall clock
            ended=datetime(1970, 1, 1) + timedelta(microseconds=last),  # noqa: DTZ001 - a wall clock
            made_of=kinds_sentence(kinds[start:end]),
            hours=(bool(timed[start]), bool(timed[end - 1])),
        )
        for number, ((start, end), (first, last)) in enumerate(zip(bounds, clocks, strict=True), start=1)
    ]


def _entries(course: Course) -> Iterator[Entry]:
    rows, occasions = course.corpus.rows, course.occasions
    shown = np.flatnonzero(course.shown)
    time = rows["utc"][shown]
    order = np.lexsort((rows["seq"][shown], rows["source"][shown], time, time == NO_TIME))
    part_of = np.zeros(len(rows), dtype=np.int64)
    part_of[occasions.contacts] = np.repeat(
        np.arange(1, len(occasions) + 1), occasions.ends - occasions.starts
    )
    copy_of = course.duplicates.copy_of
    copies = np.bincount(copy_of[copy_of >= 0], minlength=len(rows))
    for number, record in enumerate(shown[order].tolist(), start=1):
        yield Entry(number=number, record=record, occasion=int(part_of[record]), copies=int(copies[record]))


def day(moment: date) -> str:
    """Return a day in the form of a chronology."""
    return f"{moment.day} {moment:%b %Y}"


def when(record: Record) -> str:
    """Return a record's time in the form of a chronology, as fine as the source states it and no finer."""
    local = record.sent_local
    if local is None:
        return f"no time: “{record.sent_found}”" if record.sent_found else "no time"
    if record.precision is Precision.DAY:
        return day(local)
    clock = f"{local:%H:%M}" if record.precision is Precision.MINUTE else f"{local:%H:%M:%S}"
    return f"{day(local)} {clock} {_offset(record)}".rstrip()


def _offset(record: Record) -> str:
    """Return how far the wall clock is from UTC, as GMT or BST where it is one of them."""
    if record.sent_local is None or record.sent_utc is None:
        return ""
    minutes = round((record.sent_local - record.sent_utc.replace(tzinfo=None)).total_seconds() / 60)
    if minutes in {0, 60}:
        return "BST" if minutes else "GMT"
    sign = "+" if minutes > 0 else "-"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def span(occasion: Occasion) -> str:
    """Return the beginning and end of an occasion in words, with the hours that are stated."""
    began, ended = (
        f"{day(at)} {at:%H:%M}" if hour else day(at)
        for at, hour in zip((occasion.began, occasion.ended), occasion.hours, strict=True)
    )
    if ended == began:
        return began
    if all(occasion.hours) and occasion.ended.date() == occasion.began.date():
        return f"{began} to {occasion.ended:%H:%M}"
    return f"{began} to {ended}"


def quiet(gap: Gap) -> str:
    """Return a gap in words."""
    if gap.days == 1:
        return f"No recorded contact from the subject on {day(gap.first_day)} (1 day)"
    return f"No recorded contact from the subject {day(gap.first_day)} to {day(gap.last_day)} ({gap.days:,} days)"
