"""The geometry of the annex's drawings; the template draws them, and a table beside each has the same figures."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from desist_evaluation.study.comparison import Ratio

LEFT, RIGHT, TOP, BOTTOM = 64, 16, 12, 48
WIDTH, HEIGHT = 720, 380
ROW = 44
#: The height of one arm's people at risk: its name, and the numbers under it.
RISK = 48


@dataclass(frozen=True, kw_only=True, slots=True)
class Tick:
    """A place on an axis and its label."""

    at: float
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Steps:
    """A curve's days, values and limits, up to the day on which fewer than ten are at risk.

    `ends` are the days on which everyone's time ended, for the people at risk under the curve.
    """

    name: str
    ends: Sequence[float]
    days: Sequence[float]
    share: Sequence[float]
    low: Sequence[float | None]
    high: Sequence[float | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A drawn curve: a path of steps, and its band; `style` tells lines apart without colour."""

    name: str
    path: str
    band: str
    style: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RiskRow:
    """The people of one curve who are at risk at each day marked on the axis, written under it."""

    name: str
    y: int
    counts: tuple[Tick, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CurveChart:
    """Curves with their axes, and the table of people at risk under them."""

    lines: tuple[Line, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    risk: tuple[RiskRow, ...]
    height: int


def curve_chart(curves: Sequence[Steps], *, horizon: int) -> CurveChart:
    """Curves over days 0 to `horizon`, the height as high as the highest limit."""
    tops = [limit for curve in curves for limit in (*curve.share, *curve.high) if limit is not None]
    step = next(size for size in (0.05, 0.1, 0.2) if max(tops, default=0) <= 5 * size)
    highest = min(1.0, step * max(1, math.ceil(max(tops, default=0) / step - 1e-9)))

    def x(day: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * day / horizon, 1)

    def y(share: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share / highest, 1)

    lines = tuple(
        Line(
            name=curve.name,
            style=place,
            path=_stepped([(x(day), y(share)) for day, share in zip(curve.days, curve.share, strict=True)]),
            band=_band(
                [
                    (x(day), y(low), y(high))
                    for day, low, high in zip(curve.days, curve.low, curve.high, strict=True)
                    if low is not None and high is not None
                ]
            ),
        )
        for place, curve in enumerate(curves)
    )
    marked = sorted({round(horizon * part / 6) for part in range(7)})
    risk = tuple(
        _risk_row(curve, place, [(day, x(day)) for day in marked]) for place, curve in enumerate(curves)
    )
    return CurveChart(
        lines=lines,
        risk=risk,
        height=HEIGHT + RISK * len(risk),
        across=tuple(Tick(at=x(day), label=str(day)) for day in marked),
        up=tuple(
            Tick(at=y(step * place), label=f"{100 * step * place:.0f}%")
            for place in range(round(highest / step) + 1)
        ),
    )


def _risk_row(curve: Steps, place: int, marked: Sequence[tuple[int, float]]) -> RiskRow:
    return RiskRow(
        name=curve.name,
        y=HEIGHT + RISK * place,
        counts=tuple(Tick(at=at, label=f"{_still(curve.ends, day):,}") for day, at in marked),
    )


def _still(ends: Sequence[float], day: int) -> int:
    return sum(end >= day for end in ends)


def _stepped(points: Sequence[tuple[float, float]]) -> str:
    """A path that goes across first and then up, with a mark only where it moves."""
    if not points:
        return ""
    parts, height = [f"M{points[0][0]} {points[0][1]}"], points[0][1]
    for across, up in points[1:]:
        if up != height:
            parts.append(f"H{across}V{up}")
            height = up
    return "".join(parts) + f"H{points[-1][0]}"


def _band(points: Sequence[tuple[float, float, float]]) -> str:
    """A closed path along the high limits and back along the low ones."""
    if not points:
        return ""
    above = _stepped([(across, high) for across, _, high in points])
    back = [(points[-1][0], points[-1][1])]
    for (across, low, _), (before, _, _) in zip(points[:0:-1], points[-2::-1], strict=True):
        back += [(across, low)] if back[-1][1] != low else []
        back.append((before, low))
    return above + "".join(f"L{across} {low}" for across, low in back) + "Z"


@dataclass(frozen=True, kw_only=True, slots=True)
class ForestRow:
    """A ratio drawn as a square between its limits; an arrow where a limit lies beyond the axis."""

    label: str
    figures: str
    at: float
    low: float
    high: float
    beyond_low: bool
    beyond_high: bool
    y: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Forest:
    """Ratios on a logarithmic axis, with the line of no difference."""

    rows: tuple[ForestRow, ...]
    ticks: tuple[Tick, ...]
    one: float
    height: int


#: The axis of a forest: a ratio beyond it is drawn at its end with an arrow.
AXIS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 10.0, 20.0)


def forest(ratios: Sequence[Ratio]) -> Forest | None:
    """The ratios that have a value, in order; None where none has."""
    known = [
        (ratio, ratio.estimate, ratio.low or 0.0, math.inf if ratio.high is None else ratio.high)
        for ratio in ratios
        if ratio.estimate is not None and ratio.estimate > 0
    ]
    if not known:
        return None
    least = max([tick for tick in AXIS if tick <= min(row[2] for row in known)], default=AXIS[0])
    most = min([tick for tick in AXIS if tick >= max(row[3] for row in known)], default=AXIS[-1])
    least, most = min(least, 0.5), max(most, 2.0)

    def x(ratio: float) -> float:
        place = math.log(min(max(ratio, least), most) / least) / math.log(most / least)
        return round(LEFT + (WIDTH - 2 * LEFT) * place, 1)

    rows = tuple(
        ForestRow(
            label=f"{ratio.analysis}: {ratio.name}",
            figures=f"{estimate:.2f} ({low:.2f} to {'no limit' if math.isinf(high) else f'{high:.2f}'})",
            at=x(estimate),
            low=x(low),
            high=x(high),
            beyond_low=low < least,
            beyond_high=high > most,
            y=TOP + ROW * place + 28,
        )
        for place, (ratio, estimate, low, high) in enumerate(known)
    )
    ticks = tuple(Tick(at=x(tick), label=f"{tick:g}") for tick in AXIS if least <= tick <= most)
    return Forest(rows=rows, ticks=ticks, one=x(1.0), height=TOP + ROW * len(rows) + BOTTOM)
