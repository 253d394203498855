"""The geometry of bar charts with intervals: widths in percent, so that the words keep their size on a phone."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from desist_evaluation.figures import Figure

#: pixels: a line of words, the bar under them, the space after it; characters that fit a line on a phone
LINE, BAR, SPACE = 21, 16, 22
FIT = 28


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
    """A chart: its height in pixels and its bars from top to bottom."""

    height: int
    bars: tuple[Bar, ...]


def bars(figures: Sequence[Figure], labels: Sequence[str]) -> Bars:
    """One bar a figure, all on one scale from nothing to the largest upper limit."""
    longest = max(max(figure.value or 0, figure.high or 0) for figure in figures) or 1
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
    return Bars(y - SPACE + 4, tuple(drawn))


def percent(value: float, longest: float) -> float:
    """A place on the scale; two percent stay free for the end of a whisker."""
    return round(98 * value / longest, 2)


def labels(figures: Sequence[Figure]) -> list[str]:
    """The labels that tell the figures of a chart apart: of claim, area and period those that differ."""
    parts = [(figure.claim, figure.area, figure.period) for figure in figures]
    differing = [place for place in range(3) if len({part[place] for part in parts}) > 1] or [0]
    words = [", ".join(part[place] for place in differing) for part in parts]
    return [word[:1].upper() + word[1:] for word in words]
