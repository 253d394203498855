"""The geometry of the charts that ui/charts.html draws; widths in percent, so that words keep their size on a phone.

- `bars(title=, items=[(label, value)], unit=, absent=)`
- `lines(title=, steps=[...], series=[(label, [values])], absent=)`
- `year(title=, days=[(day, level, mark)], below=[(label, {days})])`
- `stacked(title=, count=, series=[(label, top, [values])])`   one line below the other over the same columns

A value of None is not there: the chart and the table say `absent` instead, the word that the page uses for it.
"""

import math
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

ABSENT = "no figure"
BAR_HEIGHT = 48
PLOT_HEIGHT = 240
BAND = 54
TOP, BOTTOM = 24, 32
LEFT, RIGHT = 10, 4  # percent kept free at the sides, for the figures and for whole marks
SQUARE = 16  # pixels of a day in a year
WEEKDAYS = {"Mon": 0, "Wed": 2, "Fri": 4, "Sun": 6}
MARKS = ("●", "■", "▲", "◆", "✚", "★")

Value = float | None


class TooManyLines(ValueError):
    """The chart has more lines than there are shapes to tell them apart."""


@dataclass(frozen=True)
class Bar:
    """`share` in percent of the longest bar, `y` in pixels."""

    label: str
    text: str
    share: float
    y: int


@dataclass(frozen=True)
class Bars:
    """The data of a drawn bar chart."""

    id: str
    summary: str
    height: int
    bars: tuple[Bar, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Point:
    """`x` in percent, `y` in pixels."""

    x: float
    y: float


@dataclass(frozen=True)
class Line:
    """One series; a value that is absent breaks it into stretches of polyline points."""

    label: str
    number: int
    mark: str
    points: tuple[Point, ...]
    stretches: tuple[str, ...]


@dataclass(frozen=True)
class Tick:
    """A value on the upright axis, `y` in pixels."""

    text: str
    y: float


@dataclass(frozen=True)
class Step:
    """A label on the flat axis, `x` in percent."""

    text: str
    x: float
    anchor: str


@dataclass(frozen=True)
class Lines:
    """The data of a drawn line chart."""

    id: str
    summary: str
    height: int
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    steps: tuple[Step, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bands: tuple[Tick, ...] = ()
    levels: tuple[Tick, ...] = ()


def bars(*, title: str, items: Sequence[tuple[str, Value]], unit: str = "", absent: str = ABSENT) -> Bars:
    """One bar for each item, in the order given."""
    longest = max((value for _, value in items if value is not None), default=0) or 1
    drawn = tuple(
        Bar(label, figure(value, absent), round(100 * max(value or 0, 0) / longest, 2), place * BAR_HEIGHT)
        for place, (label, value) in enumerate(items)
    )
    told = "; ".join(f"{bar.label} {bar.text}" for bar in drawn)
    measured = f" ({unit})" if unit else ""
    return Bars(
        id=identifier(title),
        summary=f"{title}{measured}: {told}",
        height=len(drawn) * BAR_HEIGHT,
        bars=drawn,
        rows=tuple((bar.label, bar.text) for bar in drawn),
    )


def lines(
    *,
    title: str,
    steps: Sequence[str],
    series: Sequence[tuple[str, Sequence[Value]]],
    bands: Sequence[tuple[float, str]] = (),
    levels: Sequence[tuple[float, str]] = (),
    most: float = 0,
    absent: str = ABSENT,
) -> Lines:
    """One line for each series over the same steps. Raises TooManyLines.

    `bands` are named from where they begin, `levels` are values to compare with, `most` is the highest possible value.
    """
    if len(series) > len(MARKS):
        raise TooManyLines(f"{len(series)} lines in “{title}”: at most {len(MARKS)} can be told apart")
    highest = max((value for _, values in series for value in values if value is not None), default=0)
    top = most or ceiling(highest)
    xs = [_across(place, len(steps)) for place in range(len(steps))]
    return Lines(
        id=identifier(title),
        summary=f"{title}: {', '.join(label for label, _ in series)}, {steps[0]} to {steps[-1]}",
        height=PLOT_HEIGHT,
        lines=tuple(
            _line(number, label, values, xs, lambda value: _down(value, top))
            for number, (label, values) in enumerate(series, 1)
        ),
        ticks=tuple(Tick(figure(value), _down(value, top)) for value in (0, top / 2, top)),
        steps=labels(steps, xs),
        headings=("", *(label for label, _ in series)),
        rows=tuple(
            (step, *(figure(values[place], absent) for _, values in series))
            for place, step in enumerate(steps)
        ),
        bands=tuple(Tick(label, _down(start, top)) for start, label in bands),
        levels=tuple(Tick(label, _down(value, top)) for value, label in levels if 0 <= value <= top),
    )


@dataclass(frozen=True)
class Square:
    """One day of a year, or one week of a row below it: `x` and the width in percent, `y` in pixels."""

    x: float
    y: int
    level: Value
    mark: str


@dataclass(frozen=True)
class Year:
    """The data of a drawn year: a column for each week, a row for each weekday, then rows of weeks."""

    id: str
    width: float
    height: int
    squares: tuple[Square, ...]
    labels: tuple[tuple[str, int], ...]
    months: tuple[Step, ...]


def year(
    *,
    title: str,
    days: Sequence[tuple[date, Value, str]],
    below: Sequence[tuple[str, Collection[date]]] = (),
) -> Year:
    """Days that begin on a Monday, each with its level or None and its mark or ""; `below` marks weeks that hold a day."""
    first = days[0][0]
    width = round((100 - LEFT) / math.ceil(len(days) / 7), 3)

    def column(day: date) -> float:
        return round(LEFT + width * ((day - first).days // 7), 3)

    squares = [Square(column(day), SQUARE * day.weekday(), level, mark) for day, level, mark in days]
    for row, (_, marked) in enumerate(below, 7):
        weeks = {column(day) for day in marked if first <= day <= days[-1][0]}
        squares += [Square(x, SQUARE * row + 6, None, MARKS[3]) for x in sorted(weeks)]
    labels = [*WEEKDAYS.items(), *((label, row) for row, (label, _) in enumerate(below, 7))]
    return Year(
        id=identifier(title),
        width=width,
        height=SQUARE * (8 + len(below)) + 6,
        squares=tuple(squares),
        labels=tuple((label, SQUARE * row + 12 + 6 * (row > 6)) for label, row in labels),
        months=tuple(
            Step(f"{day:%b}", column(day), "start")
            for day, _, _ in days
            if day.day == 1 and day.month % 3 == 1
        ),
    )


def stacked(*, title: str, count: int, series: Sequence[tuple[str, float, Sequence[Value]]]) -> Lines:
    """One line below the other over `count` even columns, each from 0 to a top of its own; unknown values are left out."""
    xs = [round(100 * (place + 0.5) / count, 2) for place in range(count)]
    drawn = []
    for place, (label, top, values) in enumerate(series):
        known = [(x, value) for x, value in zip(xs, values, strict=True) if value is not None]
        down = partial(_in_band, (place + 1) * BAND - 6, (BAND - 26) / top)
        drawn.append(_line(place + 1, label, [value for _, value in known], [x for x, _ in known], down))
    return Lines(
        id=identifier(title),
        summary=f"{title}: {'; '.join(label for label, _, _ in series)}",
        height=len(series) * BAND,
        lines=tuple(drawn),
        ticks=tuple(Tick(line.label, place * BAND + 12) for place, line in enumerate(drawn)),
        steps=(),
        headings=(),
        rows=(),
    )


def _line(
    number: int, label: str, values: Sequence[Value], xs: Sequence[float], down: Callable[[float], float]
) -> Line:
    stretches: list[list[Point]] = [[]]
    for x, value in zip(xs, values, strict=True):
        if value is None:
            stretches.append([])
        else:
            stretches[-1].append(Point(x, down(value)))
    return Line(
        label=label,
        number=number,
        mark=MARKS[number - 1],
        points=tuple(point for stretch in stretches for point in stretch),
        stretches=tuple(
            " ".join(f"{point.x},{point.y}" for point in stretch) for stretch in stretches if stretch
        ),
    )


def _in_band(foot: float, scale: float, value: float) -> float:
    return round(foot - scale * value, 1)


def labels(steps: Sequence[str], xs: Sequence[float]) -> tuple[Step, ...]:
    """The labels of the flat axis for which a phone has room."""
    # A phone has room for four labels: the ends and two between.
    every = max(1, math.ceil((len(steps) - 1) / 3))
    last = len(steps) - 1
    shown = [
        place
        for place in range(len(steps))
        if place == last or (place % every == 0 and last - place >= every)
    ]
    return tuple(
        Step(steps[place], xs[place], "start" if place == 0 else "end" if place == last else "middle")
        for place in shown
    )


def _across(place: int, steps: int) -> float:
    return round(LEFT + (100 - LEFT - RIGHT) * (place / (steps - 1) if steps > 1 else 0.5), 2)


def _down(value: float, top: float) -> float:
    return round(TOP + (PLOT_HEIGHT - TOP - BOTTOM) * (1 - value / top), 1)


def ceiling(highest: float) -> float:
    """The round number at the top of an axis: 1, 2, 4, 5 or 10 times a power of ten, never below the highest."""
    if highest <= 0:
        return 2
    power = 10.0 ** math.floor(math.log10(highest))
    return next(step * power for step in (1, 2, 4, 5, 10, 20) if step * power >= highest)


def figure(value: Value, absent: str = ABSENT) -> str:
    """A number for reading: "1,234", "3.5", or the word for one that is absent."""
    return absent if value is None else f"{round(value, 1):,.1f}".removesuffix(".0")


def identifier(title: str) -> str:
    """The id of a chart's caption, made from its title; a page holds each title once."""
    return "chart-" + re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
