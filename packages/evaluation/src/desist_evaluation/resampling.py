"""Intervals by resampling people: the bootstrap of a survival curve, without copying any person's row."""

from collections.abc import Sequence

import numpy as np

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About
from desist_evaluation.lifetables import Column, Floats, LifeTable, life_table, read_times
from desist_evaluation.result import Interval, Result, Unit, result
from desist_evaluation.survival import at_times, curve_of, curve_warnings, read_wanted

MOST_REPLICATES = 100_000


def resampled_survival(table: LifeTable, wanted: Floats, *, replicates: int, seed: int) -> Floats:
    """Return survival at the wanted times in each replicate (a row each).

    Drawing n people with replacement is drawing how many fall into each cell of the life table: one multinomial.
    """
    cells = table.ended.ravel()
    drawn = np.random.default_rng(seed).multinomial(int(cells.sum()), cells / cells.sum(), size=replicates)
    ended = drawn.reshape(replicates, *table.ended.shape)
    at_risk = np.cumsum(ended.sum(axis=2)[:, ::-1], axis=1)[:, ::-1]
    steps = 1 - ended[:, :, 1:].sum(axis=2) / np.maximum(at_risk, 1)
    curves = np.cumprod(steps, axis=1)
    places = np.searchsorted(table.times, wanted, side="right")
    return np.concatenate([np.ones((replicates, 1)), curves], axis=1)[:, places]


def bootstrap_survival(
    *,
    t: Column,
    e: Column,
    times: Sequence[float],
    seed: int,
    replicates: int = 1000,
    level: float = 0.95,
    about: About | None = None,
) -> Result:
    """Survival at `times` with percentile intervals from resampling people; the same seed gives the same interval."""
    ends = read_times(t, e)
    wanted = _read_needed(times)
    confidence, start = checks.level(level), checks.count(field="seed", value=seed)
    draws = _read_replicates(replicates)
    table = life_table(ends)
    survival = at_times(table.times, curve_of(table).survival, wanted, 1.0)
    found = resampled_survival(table, wanted, replicates=draws, seed=start)
    low, high = np.quantile(found, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
    drawing = {"seed": start, "replicates": draws}
    return result(
        "bootstrap_survival",
        inputs={"times": table.times, "ended": table.ended, "wanted": wanted, **drawing, "level": confidence},
        finding=f"{100 * survival[-1]:.1f}% of {len(ends.times):,} people had no event by time {wanted[-1]:g}",
        estimate=float(survival[-1]),
        interval=Interval.of(
            low=float(low[-1]),
            high=float(high[-1]),
            method=f"bootstrap, {draws:,} replicates",
            level=confidence,
        ),
        unit=Unit.PERCENT,
        n=len(ends.times),
        events=int(table.events.sum()),
        missing=ends.missing,
        warnings=curve_warnings(table, float(wanted[-1]), ends.missing),
        values={"times": wanted, "survival": survival, "low": low, "high": high, **drawing},
        about=about,
    )


def _read_needed(times: object) -> Floats:
    wanted = read_wanted(times)
    if wanted is None:
        raise InvalidInputError("times", "is needed")
    return wanted


def _read_replicates(replicates: object) -> int:
    draws = checks.count(field="replicates", value=replicates, least=100)
    if draws > MOST_REPLICATES:
        raise InvalidInputError("replicates", f"must be at most {MOST_REPLICATES:,}")
    return draws
