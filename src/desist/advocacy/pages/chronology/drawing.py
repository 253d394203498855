"""The pictures of a chronology as shapes, and the addresses at which their numbers open their rows."""

from datetime import date, datetime, time

from django.urls import reverse
from django.utils.http import urlencode

from desist.advocacy.evidence.lines import CHANNELS, PERSON
from desist.advocacy.pages.chronology.narrowing import ANY, WEEKDAYS, Span
from desist.advocacy.pages.chronology.pictures import NAMES, NO_TIME, Pictures
from desist.ui import dates, over_time

__all__ = [
    "BARS",
    "COLUMNS",
    "NAMES",
    "NO_TIME",
    "OCCASIONS",
    "WEEKDAYS",
    "bars",
    "href",
    "named",
    "occasions",
    "of_column",
    "of_span",
]

BARS, OCCASIONS = "Contacts and incidents", "Occasions: the day and the hour at which each began"
COLUMNS = (("From", None), *((name, "numeric") for name in NAMES))
#: of the day -> how far up it stands: midnight above
HOURS = tuple((f"{hour:02d}:00", 1 - hour / 24) for hour in range(0, 25, 6))


def href(ref: str, **asked: str) -> str:
    """The address of the chronology with these filters."""
    return f"{reverse('chronology:chronology', args=[ref])}?{urlencode(asked)}"


def of_column(ref: str, column: int, span: Span) -> str:
    """Where a number of one of NAMES leads, within a span."""
    if column == len(CHANNELS):
        return href(ref, act=ANY, span=span.code)
    return href(ref, channel=[*CHANNELS][column], side=PERSON, span=span.code)


def bars(page: Pictures) -> over_time.Ground:
    """The bars."""
    columns = range(len(NAMES))
    return over_time.columns(
        title=BARS,
        steps=_steps(page),
        series=[(NAMES[column], [one.counts[column] for one in page.bars]) for column in columns],
        shades=_shades(page),
        marks=_marks(page),
        links=[
            [
                (
                    of_column(page.victim.ref, column, one.span),
                    f"{NAMES[column]}, {one.span.words}: {one.counts[column]:,}",
                )
                for one in page.bars
            ]
            for column in columns
        ],
    )


def occasions(page: Pictures) -> over_time.Ground:
    """The line of occasions: those that state an hour. The dots of those that the table lists are links."""
    most = max((one.count for one in page.occasions), default=1)
    timed, listed = [one for one in page.occasions if one.timed], set(page.listed)
    return over_time.dots(
        title=OCCASIONS,
        steps=_steps(page),
        levels=HOURS,
        points=[
            (
                _place(page, one.span.first),
                1 - (one.span.first.hour * 60 + one.span.first.minute) / 1440,
                one.count / most,
            )
            for one in timed
        ],
        shades=_shades(page),
        marks=_marks(page),
        links=[
            (of_span(page.victim.ref, one.span), f"Contacts, {one.span.words}: {one.count:,}")
            if one in listed
            else over_time.NO_LINK
            for one in timed
        ],
    )


def of_span(ref: str, span: Span) -> str:
    """Where an occasion leads."""
    return href(ref, channel="contacts", side=PERSON, span=span.code)


def named(page: Pictures) -> list[tuple[str, str]]:
    """The words of the marks, with where each leads."""
    return [(f"{dates.on(one.at)}: {one.title}", reverse(one.route, args=[one.ref])) for one in page.marks]


def _steps(page: Pictures) -> list[str]:
    return [f"{one.span.first:%b %y}" for one in page.bars]


def _place(page: Pictures, moment: datetime) -> float:
    return (moment - page.bars[0].span.first).total_seconds() / (604_800 * page.weeks)


def _midnight(page: Pictures, day: date) -> float:
    return _place(page, datetime.combine(day, time()))


def _shades(page: Pictures) -> list[tuple[float, float]]:
    return [
        (_midnight(page, first), _midnight(page, last) + 1 / (7 * page.weeks))
        for first, last in page.in_force
    ]


def _marks(page: Pictures) -> list[float]:
    return [_midnight(page, dates.day_of(one.at)) for one in page.marks]
