"""The geometry of charts with intervals: places across in percent, so that the words keep their size on a phone."""

import itertools
import math
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from desist_evaluation.figures import Figure, written

#: pixels: a line of words, the bar under them, the space after it, the words of an axis; characters that fit a line on a phone
LINE, BAR, SPACE, AXIS = 21, 16, 22, 26
FIT = 28
#: pixels: the height of a chart of lines, the words above its highest line, the least between two names at its end
HEIGHT, ABOVE, APART = 240, 16, 19
#: percent across: where the lines of a chart begin and end, between the numbers of its axis and the names of the lines
BEGIN, END = 3.0, 76.0
#: the most marks of an axis beside its nothing
MARKS = 4


@dataclass(frozen=True)
class Mark:
    """One mark of an axis: its place (percent across, or pixels down) and its words."""

    place: float
    words: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Bar:
    """One bar: words with the height of each line, and places in percent of the chart's width."""

    words: tuple[tuple[str, int], ...]
    y: int
    share: float
    low: float | None
    high: float | None
    middle: int
    bottom: int


@dataclass(frozen=True)
class Bars:
    """A chart: its height in pixels, its bars from top to bottom, and its axis with the height that it stands at."""

    height: int
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    axis: int


@dataclass(frozen=True)
class Point:
    """One figure of a line: percent across and pixels down, its limits down, and the place of the next one."""

    x: float
    y: float
    low: float | None
    high: float | None
    next_x: float | None
    next_y: float | None


@dataclass(frozen=True)
class Line:
    """The figures of one area over time. `name` stands at its end, at the height `name_y`."""

    name: str
    name_y: float
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Lines:
    """A chart of lines: its height in pixels, its lines, the marks of both axes, and where the plot ends below."""

    height: int
    lines: tuple[Line, ...]
    down: tuple[Mark, ...]
    across: tuple[Mark, ...]
    axis: int


def bars(figures: Sequence[Figure], labels: Sequence[str]) -> Bars:
    """One bar a figure, all on one scale from nothing to the largest upper limit."""
    longest = highest(figures)
    drawn, y = [], 0
    for figure, label in zip(figures, labels, strict=True):
        lines = textwrap.wrap(f"{label}: {figure.written}", FIT)
        words = tuple((line, y + LINE * number + 15) for number, line in enumerate(lines))
        top = y + LINE * len(lines)
        drawn.append(
            Bar(
                words=words,
                y=top,
                share=percent(figure.value or 0, longest),
                low=None if figure.low is None else percent(figure.low, longest),
                high=None if figure.high is None else percent(figure.high, longest),
                middle=top + BAR // 2,
                bottom=top + BAR,
            )
        )
        y = top + BAR + SPACE
    axis = y - SPACE + 8
    marks = tuple(
        Mark(percent(value, longest), written(value, figures[0].unit), "start" if not value else "middle")
        for value in scale(longest * 0.96)
    )
    return Bars(axis + AXIS, tuple(drawn), marks, axis)


def lines(figures: Sequence[Figure]) -> Lines:
    """One line an area, from its first period to its last; both axes on one scale for all."""
    longest = highest(figures)
    bottom = HEIGHT - AXIS
    days = {figure.key: figure.period_end.toordinal() for figure in figures if figure.period_end}
    first, last = min(days.values()), max(days.values())

    def across(figure: Figure) -> float:
        return round(BEGIN + (END - BEGIN) * (days[figure.key] - first) / ((last - first) or 1), 2)

    def down(value: float) -> float:
        return round(bottom - (bottom - ABOVE) * value / longest, 1)

    areas = {
        area: sorted(own, key=lambda one: days[one.key])
        for area, own in by_area([figure for figure in figures if figure.key in days]).items()
    }
    drawn = [
        Line(area, down(own[-1].value or 0) + 5, tuple(points(own, across, down)))
        for area, own in areas.items()
    ]
    years = {
        figure.period_end.year: across(figure)
        for own in areas.values()
        for figure in own
        if figure.period_end
    }
    return Lines(
        height=HEIGHT,
        lines=apart(drawn),
        down=tuple(Mark(down(value), written(value, figures[0].unit)) for value in scale(longest)),
        across=tuple(
            Mark(place, str(year), "start" if place == BEGIN else "middle") for year, place in years.items()
        ),
        axis=bottom,
    )


def points(
    figures: Sequence[Figure], across: Callable[[Figure], float], down: Callable[[float], float]
) -> Iterator[Point]:
    """The places of one line's figures, each with that of the next."""
    for figure, after in itertools.zip_longest(figures, figures[1:]):
        yield Point(
            x=across(figure),
            y=down(figure.value or 0),
            low=None if figure.low is None else down(figure.low),
            high=None if figure.high is None else down(figure.high),
            next_x=None if after is None else across(after),
            next_y=None if after is None else down(after.value or 0),
        )


def by_area(figures: Sequence[Figure]) -> Mapping[str, list[Figure]]:
    """The figures of each area, the areas in the order in which they come first."""
    areas: dict[str, list[Figure]] = {}
    for figure in figures:
        areas.setdefault(figure.area, []).append(figure)
    return areas


def apart(drawn: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with their names moved up until none touches the one below."""
    placed: list[Line] = []
    for line in sorted(drawn, key=lambda one: -one.name_y):
        lowest = placed[-1].name_y - APART if placed else line.name_y
        placed.append(replace(line, name_y=min(line.name_y, lowest)))
    return tuple(sorted(placed, key=lambda one: [line.name for line in drawn].index(one.name)))


def highest(figures: Sequence[Figure]) -> float:
    """The largest value or upper limit; 1 where all are nothing."""
    return max(max(figure.value or 0, figure.high or 0) for figure in figures) or 1


def scale(longest: float) -> list[float]:
    """Round numbers from 0 to at most the longest, at most MARKS of them beside 0."""
    rough = longest / MARKS
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    return [round(step * number, 10) for number in range(int(longest / step + 1e-9) + 1)]


def percent(value: float, longest: float) -> float:
    """A place on the scale; two percent stay free for the end of a whisker."""
    return round(98 * value / longest, 2)


def labels(figures: Sequence[Figure]) -> list[str]:
    """The labels that tell the figures of a chart apart: of claim, area and period those that differ."""
    parts = [(figure.claim, figure.area, figure.period) for figure in figures]
    differing = [place for place in range(3) if len({part[place] for part in parts}) > 1] or [0]
    words = [", ".join(part[place] for place in differing) for part in parts]
    return [word[:1].upper() + word[1:] for word in words]
