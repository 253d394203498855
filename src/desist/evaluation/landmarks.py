"""Exposure that takes time to earn: compare from a landmark day on, never from the start."""

import math
from collections.abc import Sequence

import numpy as np

from desist.evaluation import checks
from desist.evaluation.checks import InvalidInputError
from desist.evaluation.design import About, Design
from desist.evaluation.lifetables import Column, Floats, read_times
from desist.evaluation.logrank import LogRank, compare
from desist.evaluation.result import Interval, Result, finite, result

IMMORTAL = "immortal time: the exposed had to stay free of events until they were exposed"


def _read_exposed(exposed_at: object, length: int) -> Floats:
    """The time at which each person became exposed; infinity for null, never."""
    entries = checks.sequence(field="exposed_at", value=exposed_at)
    if len(entries) != length:
        raise InvalidInputError("exposed_at", f"must be as long as t ({len(entries)} and {length})")
    return np.array(
        [
            math.inf if day is None else checks.not_negative(field=f"exposed_at[{row}]", value=day)
            for row, day in enumerate(entries)
        ]
    )


def landmark(
    *,
    t: Column,
    e: Column,
    exposed_at: Sequence[float | None],
    landmark: float,
    level: float = 0.95,
    about: About | None = None,
) -> Result:
    """Compare people exposed by the landmark (for example: completed by day 90) with the rest, from the landmark on.

    `exposed_at` is the time of exposure, null for never. People whose time ended at or before the landmark are
    left out of both groups and counted. Completers compared from the start have immortal time: they had to stay
    free of events to complete; that comparison is given as `naive` only to show how far it is off.
    """
    everyone = read_times(t, e)
    durations, ends = everyone.times, everyone.codes
    if everyone.missing:
        raise InvalidInputError(
            "t", "must be known for everyone compared; leave people out openly and say how many"
        )
    exposed = _read_exposed(exposed_at, len(durations))
    day = checks.positive(field="landmark", value=landmark)
    confidence = checks.level(level)
    if (exposed[np.isfinite(exposed)] > durations[np.isfinite(exposed)]).any():
        raise InvalidInputError("exposed_at", "must not be after t: nobody is exposed after follow-up ended")
    kept = durations > day
    groups = (exposed <= day).astype(np.int64)
    if not len(set(groups[kept].tolist())) == 2:
        raise InvalidInputError("landmark", "must leave people in both groups, exposed by then and not")
    found = compare(read_times(durations[kept] - day, ends[kept]), groups[kept], 2)
    naive = compare(everyone, np.isfinite(exposed).astype(np.int64), 2)
    ratio, low, high = found.peto(level=confidence)
    return result(
        "landmark",
        inputs={"t": durations, "e": ends, "exposed_at": exposed, "landmark": day, "level": confidence},
        finding=f"From day {day:g} on, {found.observed[1]:.0f} events among {groups[kept].sum():,} exposed by then and "
        f"{found.observed[0]:.0f} among {int(kept.sum() - groups[kept].sum()):,} not exposed; hazard ratio {ratio:.2f}",
        estimate=ratio,
        interval=Interval.of(
            low=low, high=high, method="Peto's one step from the landmark", level=confidence
        ),
        n=int(kept.sum()),
        events=int(found.observed.sum()),
        usual=Design.UNADJUSTED,
        fixed=True,
        no_difference=1,
        warnings=_warnings(durations, ends, exposed, day),
        values={
            **_compared(found, confidence),
            **_early(durations, ends, day),
            "chi2": found.chi2,
            "exposed_n": int(groups[kept].sum()),
            "unexposed_n": int(kept.sum() - groups[kept].sum()),
            "exposed_events": int(found.observed[1]),
            "unexposed_events": int(found.observed[0]),
            "naive": {**_compared(naive, confidence), "why_wrong": IMMORTAL},
        },
        about=about,
    )


def _early(durations: np.ndarray, ends: np.ndarray, day: float) -> dict[str, int]:
    early = durations <= day
    return {
        "left_out_events": int((early & (ends == 1)).sum()),
        "left_out_censored": int((early & (ends == 0)).sum()),
    }


def _compared(found: LogRank, level: float) -> dict[str, object]:
    return {"hazard_ratio": finite(found.peto(level=level)[0]), "p": found.p}


def _warnings(durations: np.ndarray, ends: np.ndarray, exposed: Floats, day: float) -> list[str]:
    early = _early(durations, ends, day)
    gone = early["left_out_events"] + early["left_out_censored"]
    warnings = [
        f"Ended at or before day {day:g} and in neither group: {gone} ({early['left_out_events']} with an event)."
    ]
    late = int((np.isfinite(exposed) & (exposed > day)).sum())
    if late:
        warnings.append(f"Exposed only after day {day:g} and counted as not exposed: {late}.")
    return warnings
