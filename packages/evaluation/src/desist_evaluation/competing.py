"""Time to the first event where another may come first: Aalen and Johansen's cumulative incidence."""

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About
from desist_evaluation.lifetables import Column, Floats, LifeTable, life_table, people_at_risk, read_times
from desist_evaluation.result import Interval, Result, Unit, result
from desist_evaluation.survival import at_times, curve_of, curve_warnings, event_times, read_wanted

#: Events, custody, death and a few more; a larger code is a mistake in the data.
MOST_CAUSES = 20


def incidence(table: LifeTable, cause: int) -> tuple[Floats, Floats]:
    """Return the cumulative incidence of a cause after each time, and its standard error by the delta method."""
    at_risk = table.at_risk.astype(float)
    every, own = table.events.astype(float), table.ended[:, cause].astype(float)
    survival = np.concatenate([[1.0], np.cumprod(1 - every / at_risk)])[:-1]
    share = np.cumsum(survival * own / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        hazard = np.where(at_risk > every, every / (at_risk * (at_risk - every)), 0.0)
    spread = survival**2 * (at_risk - own) * own / at_risk**3
    mixed = survival * own / at_risk**2
    variance = (
        share**2 * np.cumsum(hazard)
        - 2 * share * np.cumsum(share * hazard)
        + np.cumsum(share**2 * hazard)
        + np.cumsum(spread)
        - 2 * share * np.cumsum(mixed)
        + 2 * np.cumsum(share * mixed)
    )
    return share, np.sqrt(np.maximum(variance, 0))


def band(share: Floats, errors: Floats, level: float) -> tuple[Floats, Floats]:
    """Return limits through log(-log(1 - share)); none where the share is 0 or 1."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    inside = (share > 0) & (share < 1)
    left = np.where(inside, 1 - share, 0.5)
    factor = np.exp(z * errors / (left * -np.log(left)))
    return (
        np.where(inside, 1 - left ** (1 / factor), np.nan),
        np.where(inside, 1 - left**factor, np.nan),
    )


def _read_event(event: object) -> int:
    """Return the number of codes: censored, and each cause up to the highest one named."""
    if isinstance(event, np.ndarray) and event.dtype.kind in "iu" and event.size:
        highest = float(event.max())
    else:
        entries = checks.sequence(field="event", value=event)
        known = [
            checks.number(field=f"event[{row}]", value=code)
            for row, code in enumerate(entries)
            if code is not None
        ]
        highest = max(known, default=0.0)
    if highest > MOST_CAUSES:
        raise InvalidInputError(
            "event", f"must be a code from 0 (censored) to {MOST_CAUSES}, not {highest:g}"
        )
    return max(2, int(highest) + 1)


def cumulative_incidence(
    *,
    t: Column,
    event: Column,
    times: Sequence[float] | None = None,
    level: float = 0.95,
    about: About | None = None,
) -> Result:
    """Return the share with each kind of event over time. event: 0 censored, 1 of interest, 2 and on competing.

    Custody and death compete: a person in custody cannot re-offend outside and is not simply lost. The estimate
    is cause 1 at the last time; 1 - Kaplan-Meier, which overstates it, is given beside it. At each time stand the
    people at risk just before it and, up to and with it, those with each kind of event, those whose follow-up ended
    without one (censored), and those still followed: the last three share out everyone.
    """
    codes = _read_event(event)
    ends = read_times(t, event, name="event", codes=codes)
    wanted = read_wanted(times)
    confidence = checks.level(level)
    table = life_table(ends, codes)
    if wanted is None:
        wanted = event_times(table)
    values: dict[str, object] = {"times": wanted, **_counts(table, codes, wanted)}
    for cause in range(1, codes):
        values |= _cause(table, cause, wanted, confidence)
    last = float(wanted[-1])
    values |= _naive(table, codes, last)
    share = [float(np.asarray(values[name])[-1]) for name in ("cif1", "low1", "high1")]
    return result(
        "cumulative_incidence",
        inputs={"times": table.times, "ended": table.ended, "wanted": wanted, "level": confidence},
        finding=f"By time {last:g}, {100 * share[0]:.1f}% had the event before anything that competes with it",
        estimate=share[0],
        interval=Interval.of(low=share[1], high=share[2], method="Aalen-Johansen, log-log", level=confidence),
        unit=Unit.PERCENT,
        n=len(ends.times),
        events=int(table.ended[:, 1].sum()),
        missing=ends.missing,
        warnings=_warnings(table, last, ends.missing),
        values=values,
        about=about,
    )


def _counts(table: LifeTable, codes: int, wanted: Floats) -> dict[str, object]:
    """Return how many are at risk just before each wanted time, and how many had ended by it, of each kind."""
    ended = np.vstack([np.zeros(codes, dtype=np.int64), np.cumsum(table.ended, axis=0)])
    by_then = ended[np.searchsorted(table.times, wanted, side="right")]
    return {
        "at_risk": people_at_risk(table, wanted),
        **{f"events{cause}": by_then[:, cause] for cause in range(1, codes)},
        "censored": by_then[:, 0],
        "still_followed": int(table.at_risk[0]) - by_then.sum(axis=1),
    }


def _cause(table: LifeTable, cause: int, wanted: Floats, level: float) -> dict[str, object]:
    share, errors = incidence(table, cause)
    low, high = band(share, errors, level)
    beyond = (wanted > table.times[-1]) & (curve_of(table).survival[-1] > 0)
    named = {"cif": (share, 0.0), "se": (errors, 0.0), "low": (low, np.nan), "high": (high, np.nan)}
    return {
        f"{name}{cause}": np.where(beyond, np.nan, at_times(table.times, steps, wanted, start))
        for name, (steps, start) in named.items()
    }


def _naive(table: LifeTable, codes: int, last: float) -> dict[str, object]:
    """Return the claim of 1 - Kaplan-Meier, with everything else treated as censoring."""
    found: dict[str, object] = {}
    for cause in range(1, codes):
        others = np.delete(table.ended, cause, axis=1).sum(axis=1)
        alone = LifeTable.of(times=table.times, ended=np.column_stack([others, table.ended[:, cause]]))
        survival = at_times(table.times, curve_of(alone).survival, np.array([last]), 1.0)
        found[f"one_minus_km_cause{cause}_at_{last:g}"] = 1 - float(survival[0])
    return found


def _warnings(table: LifeTable, until: float, missing: int) -> list[str]:
    warnings = [text for text in curve_warnings(table, until, missing) if "stays at 100%" not in text]
    if table.ended[:, 1].sum() == 0:
        warnings.append(
            "Nobody had the event of interest: no interval is given; see clopper_pearson for 0 of n."
        )
    if table.ended[:, 2:].sum():
        warnings.append(
            "Some people were stopped by a competing event; 1 - Kaplan-Meier treats them as if they could still have "
            "the event and reads too high."
        )
    return warnings
