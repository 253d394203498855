"""The dates line of an order, drawn on the server: each clock between the order's first and last day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desist.partnership.orders.clocks import Clock

LEFT, RIGHT = 5.0, 95.0  # percent, so that whole marks are seen
CLOSE = 6.0  # percent: marks that stand nearer take another lane
LANE = 26  # pixels
SHAPES = {"late": "▲", "soon": "◆", "calm": "●"}


@dataclass(frozen=True)
class Mark:
    """One clock: its number in the table, `x` in percent, `y` in pixels."""

    number: int
    x: float
    y: int
    shape: str
    urgency: str


@dataclass(frozen=True)
class Line:
    """The data of the drawing; `today` in percent, None where today is off the line."""

    marks: tuple[Mark, ...]
    height: int
    today: float | None
    summary: str


def line(*, clocks: Sequence[Clock], today: date) -> Line | None:
    """The drawing of some clocks in order of day; None without clocks."""
    if not clocks:
        return None
    first, last = min(clocks[0].on, today), max(clocks[-1].on, today)
    span = max((last - first).days, 1)

    def across(day: date) -> float:
        return round(LEFT + (RIGHT - LEFT) * (day - first).days / span, 2)

    lanes: list[float] = []
    marks = []
    for number, clock in enumerate(clocks, start=1):
        x = across(clock.on)
        lane = next((place for place, end in enumerate(lanes) if x - end >= CLOSE), len(lanes))
        lanes[lane : lane + 1] = [x]
        urgency = clock.urgency(today)
        marks.append(Mark(number, x, lane, SHAPES[urgency], urgency))
    height = LANE * (len(lanes) + 1) + 8
    placed = tuple(
        Mark(mark.number, mark.x, height - 24 - LANE * (mark.y + 1) + 12, mark.shape, mark.urgency)
        for mark in marks
    )
    told = "; ".join(f"{clock.on:%-d %B %Y}: {clock.title}" for clock in clocks)
    return Line(placed, height, across(today), f"Dates of the order in order: {told}")
