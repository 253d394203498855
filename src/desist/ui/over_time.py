"""The geometry of bars and dots over time that the macro `charts.over_time` draws.

- `columns(title=, steps=[...], series=[(label, [values])])`   bars of several parts
- `dots(title=, steps=[...], levels=[(label, up)], points=[(place, up, size)])`

Each part and dot can be a link: (address, what it is called), ("", "") for none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from desist.ui.charts import (
    BOTTOM,
    LEFT,
    PLOT_HEIGHT,
    RIGHT,
    Step,
    Tick,
    ceiling,
    figure,
    identifier,
    labels,
)

#: an address and what it is called
Link = tuple[str, str]
NO_LINK: Link = ("", "")
NEAR = 0.6  # percent: nearer marks lie on one another
HEAD = 52  # pixels above a plot, for three rows of marks


@dataclass(frozen=True)
class Box:
    """A part of a bar, or a dot: `x` and `width` in percent, or in pixels of a dot; `y` and `height` in pixels."""

    x: float
    y: float
    width: float
    height: float
    number: int
    href: str = ""
    name: str = ""


@dataclass(frozen=True)
class Ground:
    """What lies behind and around bars or dots: shaded stretches, and numbered marks above the plot."""

    id: str
    height: int
    shades: tuple[tuple[float, float], ...]
    marks: tuple[tuple[float, int, str], ...]
    ticks: tuple[Tick, ...]
    steps: tuple[Step, ...]
    boxes: tuple[Box, ...]
    foot: int = PLOT_HEIGHT - BOTTOM
    top: int = HEAD


def columns(
    *,
    title: str,
    steps: Sequence[str],
    series: Sequence[tuple[str, Sequence[int]]],
    shades: Sequence[tuple[float, float]] = (),
    marks: Sequence[float] = (),
    links: Sequence[Sequence[Link]] = (),
) -> Ground:
    """A bar for each step, with a part for each series. `shades` and `marks` are places, counted in steps from 0.

    `links` has a list for each series, with one for each step.
    """
    count = len(steps)
    top = ceiling(max(map(sum, zip(*(values for _, values in series), strict=True)), default=0))
    scale = (PLOT_HEIGHT - HEAD - BOTTOM) / top
    boxes = []
    for place in range(count):
        foot = float(PLOT_HEIGHT - BOTTOM)
        for number, (_, values) in enumerate(series, 1):
            tall = round(values[place] * scale, 1)
            foot -= tall
            if tall:
                left, right = _along(place + 0.08, count), _along(place + 0.92, count)
                link = links[number - 1][place] if links else NO_LINK
                boxes.append(Box(left, round(foot, 1), round(right - left, 2), tall, number, *link))
    levels = [(figure(value), value / top) for value in (0, top / 2, top)]
    return _ground(title=title, steps=steps, shades=shades, marks=marks, boxes=boxes, levels=levels)


def dots(
    *,
    title: str,
    steps: Sequence[str],
    levels: Sequence[tuple[str, float]],
    points: Sequence[tuple[float, float, float]],
    shades: Sequence[tuple[float, float]] = (),
    marks: Sequence[float] = (),
    links: Sequence[Link] = (),
) -> Ground:
    """A dot for each point: its place in steps, how far up from 0 to 1, and how large from 0 to 1; `links` has one for each."""
    boxes = []
    for (place, up, size), link in zip(points, links or [NO_LINK] * len(points), strict=True):
        side = round(5 + 11 * size**0.5, 1)
        boxes.append(Box(_along(place, len(steps)), round(_up(up), 1), side, side, 1, *link))
    return _ground(title=title, steps=steps, shades=shades, marks=marks, boxes=boxes, levels=levels)


def _ground(
    *,
    title: str,
    steps: Sequence[str],
    shades: Sequence[tuple[float, float]],
    marks: Sequence[float],
    boxes: Sequence[Box],
    levels: Sequence[tuple[str, float]],
) -> Ground:
    count = len(steps)
    stretches = [
        (_along(max(a, 0), count), _along(min(b, count), count)) for a, b in shades if a < count and b > 0
    ]
    return Ground(
        id=identifier(title),
        height=PLOT_HEIGHT,
        shades=tuple((left, round(right - left, 2)) for left, right in stretches),
        marks=_marks(marks, count),
        ticks=tuple(Tick(label, round(_up(up), 1)) for label, up in levels),
        steps=labels(steps, [_along(place, count) for place in range(count)]),
        boxes=tuple(boxes),
    )


def _marks(marks: Sequence[float], count: int) -> tuple[tuple[float, int, str], ...]:
    """Where each mark stands and its number; those that would lie on one another have one line, and a range of numbers."""
    found: list[tuple[float, int, int]] = []
    for number, place in enumerate(marks, 1):
        if 0 <= place <= count:
            x = _along(place, count)
            if found and x - found[-1][0] < NEAR:
                found[-1] = (found[-1][0], found[-1][1], number)
            else:
                found.append((x, number, number))
    return tuple(
        (x, 14 * (1 + first % 3), str(first) if first == last else f"{first}–{last}")
        for x, first, last in found
    )


def _along(place: float, count: int) -> float:
    return round(LEFT + (100 - LEFT - RIGHT) * place / max(count, 1), 2)


def _up(share: float) -> float:
    return HEAD + (PLOT_HEIGHT - HEAD - BOTTOM) * (1 - share)
