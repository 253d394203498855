"""Time to the first event: Kaplan and Meier's curve from day counts, in one pass over a million people."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About
from desist_evaluation.lifetables import Column, Floats, LifeTable, life_table, people_at_risk, read_times
from desist_evaluation.result import Interval, Result, Unit, result

#: Below this many people at risk a curve rests on too few people to be read.
FEW = 10
BANDS = ("log-log", "log", "plain")


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


def at_times(distinct: Floats, values: Floats, wanted: Floats, start: float) -> Floats:
    """A step function's values at the wanted times; `start` before its first step."""
    return np.concatenate([[start], values])[np.searchsorted(distinct, wanted, side="right")]


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
    t: Column,
    e: Column,
    times: Sequence[float] | None = None,
    ci: str = "log-log",
    level: float = 0.95,
    about: About | None = None,
) -> Result:
    """The share without an event over time. t: time to event or censoring; e: 1 event, 0 censored.

    Reports at `times`, else at every time with an event. Beyond the last follow-up the curve is unknown: None.
    """
    ends = read_times(t, e)
    wanted = read_wanted(times)
    kind = checks.choice(field="ci", value=ci, options=BANDS)
    confidence = checks.level(level)
    table = life_table(ends)
    curve = curve_of(table)
    low, high = curve.band(level=confidence, ci=kind)
    if wanted is None:
        wanted = event_times(table)
    values = _reported(curve, (low, high), wanted, confidence)
    people, events = len(ends.times), int(table.events.sum())
    last, survival = float(wanted[-1]), float(values["survival"][-1])
    return result(
        "kaplan_meier",
        inputs={"times": table.times, "ended": table.ended, "wanted": times, "ci": kind, "level": confidence},
        finding=f"{events:,} of {people:,} people had an event; {_free(survival, last)}",
        estimate=survival,
        interval=_interval(values, kind, confidence),
        unit=Unit.PERCENT,
        n=people,
        events=events,
        missing=ends.missing,
        warnings=curve_warnings(table, last, ends.missing),
        values={
            **values,
            "median": quantile_time(table.times, curve.survival),
            "median_low": quantile_time(table.times, low),
            "median_high": quantile_time(table.times, high),
        },
        about=about,
    )


def _free(survival: float, last: float) -> str:
    """Return how many had no event by the last time, in words."""
    if not math.isfinite(survival):
        return f"nobody was followed to time {last:g}"
    return f"{100 * survival:.1f}% had none by time {last:g}"


def _interval(reported: Mapping[str, NDArray[np.generic]], ci: str, level: float) -> Interval | None:
    """Return the limits at the last time reported; None where the curve is unknown there."""
    survival, low, high = (float(reported[name][-1]) for name in ("survival", "low", "high"))
    if not math.isfinite(survival):
        return None
    return Interval.of(low=low, high=high, method=f"Kaplan-Meier, {ci}", level=level)


def event_times(table: LifeTable) -> Floats:
    """Return every time with an event; the last time where there is none."""
    return table.times[table.events > 0] if table.events.any() else table.times[-1:]


def _reported(
    curve: Curve, limits: tuple[Floats, Floats], wanted: Floats, level: float
) -> dict[str, NDArray[np.generic]]:
    table = curve.table
    with np.errstate(invalid="ignore"):
        errors = curve.survival * np.sqrt(curve.greenwood)
    first = ((1 - level) / 2) ** (1 / table.at_risk[0])
    named = {
        "survival": (curve.survival, 1.0),
        "low": (limits[0], first),
        "high": (limits[1], 1.0),
        "greenwood_se": (errors, 0.0),
    }
    unknown = (wanted > table.times[-1]) & (curve.survival[-1] > 0)
    places = np.searchsorted(table.times, wanted, side="right")
    reported = {
        name: np.where(unknown, np.nan, np.concatenate([[start], values])[places])
        for name, (values, start) in named.items()
    }
    return {"times": wanted, **reported, "at_risk": people_at_risk(table, wanted)}


def curve_warnings(table: LifeTable, until: float, missing: int) -> list[str]:
    """Return the warnings for a reader of a curve up to a time."""
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
    if people_at_risk(table, np.array([until]))[0] < FEW:
        few = table.times[np.argmax(table.at_risk < FEW)] if table.at_risk[-1] < FEW else until
        warnings.append(
            f"From time {few:g} fewer than {FEW} people are at risk: do not read the curve beyond it."
        )
    if until > table.times[-1]:
        warnings.append(f"Follow-up ends at time {table.times[-1]:g}; nothing is known beyond it.")
    return warnings
