"""The days of which each source can tell: a source that begins late looks like contact that begins."""

from collections.abc import Mapping
from datetime import date

import numpy as np

from desist_chronicle.chronology import day
from desist_chronicle.course import Course
from desist_chronicle.period import Period, day_of

#: a source that begins so many days after the period does, or ends so many before it, is told
TOLD_FROM = 28


def sentences(*, course: Course, period: Period) -> list[str]:
    """Return what a reader of a direction must know about where the sources begin and end."""
    scope, said = course.scope, []
    if (scope.first and scope.first < period.first) or (scope.last and scope.last > period.last):
        said.append(
            f"The sources tell of {_days(period.first, period.last)}: the other days that were chosen are in no rate, "
            "since no source begins before these or ends after them."
        )
    return said + of_spans(spans=_spans(course), period=period)


def of_spans(*, spans: Mapping[str, tuple[date, date]], period: Period) -> list[str]:
    """Return what must be known where a source, by its name, tells of the days of its span alone."""
    apart = [
        f"{name} from {_days(*span)}"
        for name, span in spans.items()
        if (span[0] - period.first).days >= TOLD_FROM or (period.last - span[1]).days >= TOLD_FROM
    ]
    if len(spans) < 2 or not apart:
        return []
    return [
        (
            f"Not every source tells of the whole period: {'; '.join(apart)}. Contacts that it would hold of other days "
            "are in no count, so where a source begins or ends, contacts become more or fewer by that alone."
        )
    ]


def _days(first: date, last: date) -> str:
    return f"{day(first)} to {day(last)}"


def _spans(course: Course) -> dict[str, tuple[date, date]]:
    """Return the first and last dated day of every source with contact from the subject."""
    rows, sources = course.corpus.rows, course.corpus.sources
    spans = {}
    for number in np.unique(rows["source"][course.contacts.attempted & ~course.contacts.undated]).tolist():
        local = rows["local"][course.dated & (rows["source"] == number)]
        spans[sources[number]] = (day_of(local.min()), day_of(local.max()))
    return spans
