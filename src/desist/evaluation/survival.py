"""Time to the first event: Kaplan and Meier's curve from day counts, in one pass over a million people."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from desist.evaluation import checks
from desist.evaluation.checks import InvalidInputError
from desist.evaluation.design import About
from desist.evaluation.result import Interval, Result, Unit, result

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Below this many people at risk a curve is carried by too few to be read.
FEW = 10
BANDS = ("log-log", "log", "plain")


@dataclass(frozen=True, kw_only=True, slots=True)
class LifeTable:
    """Distinct times in order; at each the people still at risk and how many ended there, by code.

    `ended` has a row a time and a column a code (0 censored, 1 the event, 2 and on what competes with it).
    """

    times: Floats
    at_risk: Integers
    ended: Integers

    @property
    def events(self) -> Integers:
        """Ends that are not censoring, at each time."""
        return np.asarray(self.ended[:, 1:].sum(axis=1))


def read_times(
    t: object, e: object, *, name: str = "e", codes: int = 2
) -> tuple[np.ndarray, np.ndarray, int]:
    """Times and event codes as arrays of equal length without the missing, and how many were missing.

    A missing value is None (null); NaN, a negative time and a code outside 0 to codes - 1 are refused.
    """
    times, ends = _array("t", t), _array(name, e)
    if len(times) != len(ends):
        raise InvalidInputError(name, f"must be as long as t ({len(ends)} and {len(times)})")
    missing = 0
    if "O" in {times.dtype.kind, ends.dtype.kind}:
        times, ends, missing = _without_missing(times, ends, name)
    _check_range("t", times, None)
    _check_range(name, ends, codes - 1)
    return times, ends if ends.dtype.kind in "iu" else ends.astype(np.int64), missing


def _array(field: str, value: object) -> np.ndarray:
    checks.sequence(field=field, value=value)
    found = value if isinstance(value, np.ndarray) else np.array(value)
    if found.ndim != 1:
        raise InvalidInputError(field, "must be a flat list")
    if found.dtype.kind not in "biufO":
        raise InvalidInputError(field, "must hold numbers")
    return found.view(np.uint8) if found.dtype.kind == "b" else found


def _without_missing(times: np.ndarray, ends: np.ndarray, name: str) -> tuple[np.ndarray, np.ndarray, int]:
    kept = [row for row in range(len(times)) if times[row] is not None and ends[row] is not None]
    if not kept:
        raise InvalidInputError("t", "must have at least one person whose time and event are known")
    numbers = [
        [checks.number(field=f"{field}[{row}]", value=column[row]) for row in kept]
        for field, column in (("t", times), (name, ends))
    ]
    return np.array(numbers[0]), np.array(numbers[1]), len(times) - len(kept)


def _check_range(field: str, values: np.ndarray, most: int | None) -> None:
    low, high = values.min(), values.max()
    if not (math.isfinite(low) and math.isfinite(high)):
        raise InvalidInputError(
            field, "must hold finite numbers; write a missing value as null, never as NaN"
        )
    if low < 0:
        raise InvalidInputError(field, f"must not be negative, not {low:g}: an end before the start")
    if most is not None and (
        high > most or (values.dtype.kind == "f" and (values != np.floor(values)).any())
    ):
        raise InvalidInputError(field, f"must be a whole number from 0 to {most}")


def life_table(times: np.ndarray, ends: np.ndarray, codes: int = 2) -> LifeTable:
    """Count who ended when. Whole-numbered times are counted in one pass, others are sorted."""
    if times.dtype.kind in "iu" and times.max() <= 100_000 + 4 * len(times):
        counts = np.bincount(times * codes + ends)
        counts = np.append(counts, np.zeros(-len(counts) % codes, dtype=np.int64)).reshape(-1, codes)
        distinct = np.flatnonzero(counts.any(axis=1))
        ended = counts[distinct]
    else:
        distinct, place = np.unique(times, return_inverse=True)
        ended = np.bincount(place * codes + ends, minlength=len(distinct) * codes).reshape(-1, codes)
    left = np.cumsum(ended.sum(axis=1)[::-1])[::-1]
    return LifeTable(times=distinct.astype(float), at_risk=left, ended=ended)


@dataclass(frozen=True, kw_only=True, slots=True)
class Curve:
    """Survival after each time of a life table, and Greenwood's sum (the variance of its logarithm)."""

    table: LifeTable
    survival: Floats
    greenwood: Floats

    def band(self, *, level: float, ci: str) -> tuple[Floats, Floats]:
        """Pointwise limits. Where survival is still 1 or already 0 they are exact for those at risk there."""
        z = NormalDist().inv_cdf((1 + level) / 2)
        with np.errstate(divide="ignore", invalid="ignore"):
            low, high = _limits(self.survival, z * np.sqrt(self.greenwood), ci)
            bound = ((1 - level) / 2) ** (1 / self.table.at_risk)
        whole, none = self.survival >= 1, self.survival <= 0
        low = np.where(whole, bound, np.where(none, 0.0, low))
        high = np.where(whole, 1.0, np.where(none, 1 - bound, high))
        return np.clip(low, 0, 1), np.clip(high, 0, 1)


def _limits(survival: Floats, spread: Floats, ci: str) -> tuple[Floats, Floats]:
    """Limits by transformation; `spread` is z times the standard error of log survival."""
    if ci == "plain":
        return survival * (1 - spread), survival * (1 + spread)
    if ci == "log":
        return survival * np.exp(-spread), survival * np.exp(spread)
    factor = np.exp(spread / -np.log(survival))
    return survival**factor, survival ** (1 / factor)


def curve_of(table: LifeTable) -> Curve:
    """The product-limit estimate: events before censorings on the same day."""
    events = table.events
    left = table.at_risk - events
    survival: Floats = np.cumprod(left / table.at_risk, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(events / (table.at_risk * left))
    return Curve(table=table, survival=survival, greenwood=np.asarray(greenwood))


def last_before(distinct: Floats, wanted: Floats) -> Integers:
    """The position of the last distinct time at or before each wanted time; -1 before the first."""
    return np.asarray(np.searchsorted(distinct, wanted, side="right") - 1)


def at_times(distinct: Floats, values: Floats, wanted: Floats, start: float) -> Floats:
    """A step function's values at the wanted times; `start` before its first step."""
    return np.concatenate([[start], values])[last_before(distinct, wanted) + 1]


def quantile_time(distinct: Floats, survival: Floats, share: float = 0.5) -> float | None:
    """The first time at which survival is at or below a share; None where it never gets there."""
    reached = np.flatnonzero(survival <= share + 1e-12)
    return float(distinct[reached[0]]) if len(reached) else None


def read_wanted(times: object) -> Floats | None:
    """The times to report, or None for every time with an event."""
    if times is None:
        return None
    wanted = np.array(checks.numbers(field="times", value=times))
    if (wanted < 0).any() or (np.diff(wanted) < 0).any():
        raise InvalidInputError("times", "must not be negative and must be in order")
    return wanted


def kaplan_meier(
    *,
    t: Sequence[float],
    e: Sequence[int],
    times: Sequence[float] | None = None,
    ci: str = "log-log",
    level: float = 0.95,
    about: About | None = None,
) -> Result:
    """The share without an event over time. t: time to event or censoring; e: 1 event, 0 censored.

    Reports at `times`, else at every time with an event. Beyond the last follow-up the curve is unknown: None.
    """
    durations, ends, missing = read_times(t, e)
    wanted = read_wanted(times)
    kind = checks.choice(field="ci", value=ci, options=BANDS)
    confidence = checks.level(level)
    table = life_table(durations, ends)
    curve = curve_of(table)
    low, high = curve.band(level=confidence, ci=kind)
    if wanted is None:
        wanted = table.times[table.events > 0] if table.events.any() else table.times[-1:]
    values = _reported(curve, low, high, wanted, confidence)
    people, events = len(durations), int(table.events.sum())
    last = float(wanted[-1])
    survival, lowest, highest = (float(values[name][-1]) for name in ("survival", "low", "high"))
    known = math.isfinite(survival)
    return result(
        "kaplan_meier",
        inputs={
            "times": table.times,
            "ended": table.ended,
            "wanted": wanted,
            "ci": kind,
            "level": confidence,
        },
        finding=f"{events:,} of {people:,} people had an event; "
        + (
            f"{100 * survival:.1f}% had none by time {last:g}"
            if known
            else f"nobody was followed to time {last:g}"
        ),
        estimate=survival,
        interval=Interval.of(low=lowest, high=highest, method=f"Kaplan-Meier, {kind}", level=confidence)
        if known
        else None,
        unit=Unit.PERCENT,
        n=people,
        events=events,
        missing=missing,
        warnings=curve_warnings(table, wanted, missing),
        values={
            **values,
            "median": quantile_time(table.times, curve.survival),
            "median_low": quantile_time(table.times, low),
            "median_high": quantile_time(table.times, high),
        },
        about=about,
    )


def _reported(curve: Curve, low: Floats, high: Floats, wanted: Floats, level: float) -> dict[str, Floats]:
    table = curve.table
    with np.errstate(invalid="ignore"):
        errors = curve.survival * np.sqrt(curve.greenwood)
    first = ((1 - level) / 2) ** (1 / table.at_risk[0])
    named = {
        "survival": (curve.survival, 1.0),
        "low": (low, first),
        "high": (high, 1.0),
        "greenwood_se": (errors, 0.0),
    }
    unknown = (wanted > table.times[-1]) & (curve.survival[-1] > 0)
    reported = {
        name: np.where(unknown, np.nan, at_times(table.times, values, wanted, start))
        for name, (values, start) in named.items()
    }
    return {"times": wanted, **reported, "at_risk": people_at_risk(table, wanted)}


def people_at_risk(table: LifeTable, wanted: Floats) -> Integers:
    """How many were still followed just before each wanted time."""
    place = np.searchsorted(table.times, wanted, side="left")
    return np.append(table.at_risk, 0)[place]


def curve_warnings(table: LifeTable, wanted: Floats, missing: int) -> list[str]:
    """What a reader of a curve must be told."""
    events = int(table.events.sum())
    warnings = []
    if missing:
        warnings.append(
            f"{missing} without a known time or event were left out; they may differ from the rest."
        )
    if events == 0:
        warnings.append(
            "Nobody had an event: the curve stays at 100% and the limit says how much that allows."
        )
    if (people_at_risk(table, wanted) < FEW).any():
        few = (
            float(table.times[np.argmax(table.at_risk < FEW)]) if (table.at_risk < FEW).any() else wanted[-1]
        )
        warnings.append(
            f"From time {few:g} fewer than {FEW} people are at risk: do not read the curve beyond it."
        )
    if (wanted > table.times[-1]).any():
        warnings.append(f"Follow-up ends at time {table.times[-1]:g}; nothing is known beyond it.")
    return warnings
