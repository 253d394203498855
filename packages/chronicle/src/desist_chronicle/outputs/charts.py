"""The pictures of a course of conduct as plain shapes, drawn alike in the volumes and on the page.

Every chart has its words: what a picture shows, a reader without eyes for it reads.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, log10

import numpy as np
from numpy.typing import NDArray

from desist_chronicle.chronology import day
from desist_chronicle.period import many

INK, GREY, RULE, SHADE, PAPER = "#0b0c0c", "#505a5f", "#b1b4b6", "#f6e3c5", "#ffffff"
#: one colour for each channel, told apart by people who see few colours; what is beyond shares the last
PALETTE = ("#1d4f91", "#d4640b", "#3a7d44", "#8a3a8f", "#8c6d1f", "#6b6b6b")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
#: more bars than these would be too thin to see
_MOST_BARS = 110
_SIZE = 7.0


@dataclass(frozen=True)
class Box:
    """A filled rectangle; y runs downwards from the top of the chart."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True)
class Words:
    """A line of text whose baseline is at y; `anchor` is start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    colour: str = INK
    size: float = _SIZE


@dataclass(frozen=True)
class Stroke:
    """A thin line."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str = RULE


Shape = Box | Words | Stroke


@dataclass(frozen=True)
class Chart:
    """A picture of so many points, its title, and what it says in words."""

    title: str
    words: str
    width: float
    height: float
    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class Channel:
    """Contacts by day through one channel."""

    name: str
    by_day: NDArray[np.int64]


@dataclass(frozen=True)
class Span:
    """An order in force on days from the period's first on, `until` exclusive."""

    name: str
    since: int
    until: int


@dataclass(frozen=True)
class KeyDay:
    """A day that a person named."""

    name: str
    day: int


@dataclass(frozen=True)
class _Plot:
    """Where days stand across and values upright; all in points from the top left corner."""

    first: date
    days: int
    width: float
    tall: float
    left: float = 30.0
    top: float = 24.0

    @property
    def across(self) -> float:
        """The width of a day."""
        return (self.width - self.left - 6) / self.days

    @property
    def foot(self) -> float:
        """Where the plot ends below."""
        return self.top + self.tall

    def x(self, at: float) -> float:
        """The place of a day, counted from the first."""
        return self.left + at * self.across

    def shades(self, orders: Sequence[Span]) -> list[Shape]:
        """The days of orders in force, for the background."""
        return [
            Box(self.x(one.since), self.top, (one.until - one.since) * self.across, self.tall, SHADE)
            for one in orders
        ]


def weekly_bars(
    *,
    channels: Sequence[Channel],
    first: date,
    orders: Sequence[Span] = (),
    key_days: Sequence[KeyDay] = (),
    width: float = 770.0,
) -> Chart:
    """Return a stacked bar for each week, with the orders behind the bars and the named days above them."""
    days = len(channels[0].by_day)
    step = 7
    while ceil(days / step) > _MOST_BARS:
        step *= 2
    counts = [_by_step(channel.by_day, step) for channel in channels]
    total = np.sum(counts, axis=0)
    most = int(total.max())
    plot = _Plot(first, days, width, 118.0)
    shapes = [*plot.shades(orders), *_upright_scale(plot, most), *_bars(plot, counts, step, most)]
    shapes += [*_months(plot), *_marks(plot, orders, key_days), *_legend(plot, channels, orders)]
    bars = "week" if step == 7 else f"stretch of {step // 7} weeks"
    return Chart(
        title=f"Contacts from the subject in each {bars}, by channel",
        words=(
            f"{many(len(total), 'bar')}, from {day(first)}, each of one {bars}{_rest(days, step)}. The most is "
            f"{many(most, 'contact')}, "
            f"in the {bars} from {day(first + timedelta(days=int(total.argmax()) * step))}."
        ),
        width=width,
        height=plot.foot + 28 + 12 * ceil((len(channels) + bool(orders)) / 4),
        shapes=tuple(shapes),
    )


def _bars(plot: _Plot, counts: Sequence[NDArray[np.int64]], step: int, most: int) -> Iterator[Shape]:
    for number, begins in enumerate(range(0, plot.days, step)):
        wide = min(step, plot.days - begins) * plot.across
        foot = plot.foot
        for channel, by_bar in enumerate(counts):
            tall = plot.tall * int(by_bar[number]) / most
            foot -= tall
            if tall:
                yield Box(plot.x(begins) + wide * 0.08, foot, wide * 0.84, tall, _colour(channel))


def heat_map(*, counts: NDArray[np.int64], width: float = 770.0) -> Chart:
    """Return hours across and weekdays down; `counts` has seven rows of 24."""
    left, top, tall = 34.0, 16.0, 15.0
    wide = (width - left) / 24
    most = int(counts.max(initial=0))
    shapes: list[Shape] = [
        Words(left + (hour + 0.5) * wide, top - 4, f"{hour:02d}", "middle", GREY) for hour in range(24)
    ]
    for row, name in enumerate(WEEKDAYS):
        y = top + row * tall
        shapes.append(Words(0, y + tall - 4.5, name))
        for hour, count in enumerate(counts[row].tolist()):
            share = count / most if most else 0.0
            shapes.append(Box(left + hour * wide + 0.5, y + 0.5, wide - 1, tall - 1, _tint(share)))
            if count:
                colour = PAPER if share > 0.55 else INK
                shapes.append(
                    Words(left + (hour + 0.5) * wide, y + tall - 4.5, f"{count:,}", "middle", colour)
                )
    at = divmod(int(counts.argmax()), 24)
    return Chart(
        title="Contacts from the subject by weekday and hour, by the wall clock",
        words=(
            f"The most is {most:,}, on {_LONG_DAYS[at[0]]} between {at[1]:02d}:00 and {at[1] + 1:02d}:00."
            if most
            else "No contact states an hour."
        ),
        width=width,
        height=top + 7 * tall + 4,
        shapes=tuple(shapes),
    )


_LONG_DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def timeline(
    *,
    began: NDArray[np.float64],
    hours: NDArray[np.float64],
    sizes: NDArray[np.int64],
    hourless: int = 0,
    first: date,
    days: int,
    orders: Sequence[Span] = (),
    key_days: Sequence[KeyDay] = (),
    width: float = 770.0,
) -> Chart:
    """Return a mark for each occasion: its day across, its hour down, the larger the more contacts it has.

    `began` is in days from the period's first; `hourless` occasions state no hour and have no mark.
    """
    plot = _Plot(first, days, width, 120.0)
    shapes = plot.shades(orders)
    for hour in range(0, 25, 6):
        y = plot.top + plot.tall * hour / 24
        shapes += [
            Stroke(plot.left, y, width - 6, y),
            Words(plot.left - 4, y + 2.5, f"{hour:02d}:00", "end", GREY),
        ]
    largest = float(np.sqrt(sizes.max(initial=1)))
    for at, hour, size in zip(began.tolist(), hours.tolist(), sizes.tolist(), strict=True):
        side = 2.0 + 6.0 * size**0.5 / largest
        y = plot.top + plot.tall * hour / 24
        shapes.append(Box(plot.x(at) - side / 2, y - side / 2, side, side, PALETTE[0]))
    shapes += [*_months(plot), *_marks(plot, orders, key_days)]
    return Chart(
        title="Occasions: the day and the hour at which each began",
        words=(
            f"{many(len(sizes), 'occasion')}. The larger a square, the more contacts; the largest has "
            f"{int(sizes.max(initial=0)):,}. The days of an order in force are shaded."
            + (f" {hourless:,} that state no hour at their beginning are not drawn." if hourless else "")
        ),
        width=width,
        height=plot.foot + 18,
        shapes=tuple(shapes),
    )


def _rest(days: int, step: int) -> str:
    left = days % step
    return f" and the last of {left} day{'s' if left > 1 else ''}" if left else ""


def _by_step(by_day: NDArray[np.int64], step: int) -> NDArray[np.int64]:
    return np.asarray(np.add.reduceat(by_day, np.arange(0, len(by_day), step)))


def _colour(channel: int) -> str:
    return PALETTE[min(channel, len(PALETTE) - 1)]


def _tint(share: float) -> str:
    """Return a blue that is darker the larger the share, from nearly white."""
    light, dark = (241, 243, 245), (23, 55, 102)
    return "#" + "".join(f"{round(a + (b - a) * share**0.7):02x}" for a, b in zip(light, dark, strict=True))


def _upright_scale(plot: _Plot, most: int) -> Iterator[Shape]:
    """Yield lines at two to five round values."""
    step = 10 ** int(log10(most))
    while step > 1 and most / step < 2:
        step = step // 2 if step % 2 == 0 else step // 5
    for value in range(0, most + 1, step):
        y = plot.foot - plot.tall * value / most
        yield Stroke(plot.left, y, plot.width - 6, y)
        yield Words(plot.left - 4, y + 2.5, f"{value:,}", "end", GREY)


def _months(plot: _Plot) -> Iterator[Shape]:
    """Yield a tick and a name for the first of each month, as many as have room, and for the first day."""
    starts = [at for at in range(plot.days) if (plot.first + timedelta(days=at)).day == 1]
    named = starts[:: max(1, ceil(len(starts) * 38 / (plot.days * plot.across)))]
    if not named or named[0] * plot.across > 50:
        named = [0, *named]
    for at in named:
        one = plot.first + timedelta(days=at)
        yield Stroke(plot.x(at), plot.foot, plot.x(at), plot.foot + 4, GREY)
        yield Words(plot.x(at), plot.foot + 12, f"{one:%b %y}" if one.day == 1 else day(one), "start", GREY)


def _marks(plot: _Plot, orders: Sequence[Span], key_days: Sequence[KeyDay]) -> Iterator[Shape]:
    """Yield an upright line and a name for each order's service and each named day; names keep apart in two rows."""
    marks = sorted([(one.since, one.name) for one in orders] + [(one.day, one.name) for one in key_days])
    ends = [0.0, 0.0]
    for number, (at, name) in enumerate(marks):
        x = plot.x(at)
        row = 0 if x >= ends[0] else 1
        y = plot.top - 4 - row * 8
        beyond = [*marks[number + 1 :], (plot.days, "")][0][0]
        text = _cut(name, max(24, int((beyond - at) * plot.across / (_SIZE * 0.56))))
        yield Stroke(x, y, x, plot.foot, INK)
        if x >= ends[row]:
            yield Words(x + 2, y, text)
            ends[row] = x + 2 + len(text) * _SIZE * 0.56


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}\u2026"


def _legend(plot: _Plot, channels: Sequence[Channel], orders: Sequence[Span]) -> Iterator[Shape]:
    entries = [
        (_colour(number), f"{channel.name}: {int(channel.by_day.sum()):,}")
        for number, channel in enumerate(channels)
    ]
    if orders:
        entries.append((SHADE, "an order in force"))
    wide = (plot.width - plot.left) / 4
    for number, (colour, text) in enumerate(entries):
        row, column = divmod(number, 4)
        x, line = plot.left + column * wide, plot.foot + 28 + row * 12
        yield Box(x, line - 6, 7, 7, colour)
        yield Words(x + 11, line, _cut(text, 46))
