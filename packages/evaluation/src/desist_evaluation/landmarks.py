"""Exposure that takes time to earn: compared from a landmark day on, never from the start."""

import math
from collections.abc import Sequence

import numpy as np

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About, Design
from desist_evaluation.lifetables import Column, Floats, Integers, read_times
from desist_evaluation.logrank import LogRank, compare, read_compared
from desist_evaluation.result import Interval, Result, finite, result

IMMORTAL = "immortal time: the exposed had to stay free of events until they were exposed"


def _read_exposed(exposed_at: object, length: int) -> Floats:
    """Return the time at which each person became exposed; infinity for null, never."""
    entries = checks.sequence(field="exposed_at", value=exposed_at)
    if len(entries) != length:
        raise InvalidInputError("exposed_at", f"must be as long as t ({len(entries)} and {length})")
    return np.array(
        [
            math.inf if day is None else checks.not_negative(field=f"exposed_at[{row}]", value=day)
            for row, day in enumerate(entries)
        ]
    )


def _refuse_late(exposed: Floats, durations: Floats) -> None:
    known = np.isfinite(exposed)
    if (exposed[known] > durations[known]).any():
        raise InvalidInputError("exposed_at", "must not be after t: nobody is exposed after follow-up ended")


def _groups(exposed: Floats, day: float) -> Integers:
    """Return 1 for those exposed by the day, else 0. Refuses one group alone."""
    groups = (exposed <= day).astype(np.int64)
    if not len(set(groups.tolist())) == 2:
        raise InvalidInputError("landmark", "must leave people in both groups, exposed by then and not")
    return groups


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
    everyone = read_compared(t, e)
    durations, ends = everyone.times, everyone.codes
    exposed = _read_exposed(exposed_at, len(durations))
    day = checks.positive(field="landmark", value=landmark)
    confidence = checks.level(level)
    _refuse_late(exposed, durations)
    kept = durations > day
    groups = _groups(exposed[kept], day)
    found = compare(read_times(durations[kept] - day, ends[kept]), groups, 2)
    naive = compare(everyone, np.isfinite(exposed).astype(np.int64), 2)
    return result(
        "landmark",
        inputs={"t": durations, "e": ends, "exposed_at": exposed, "landmark": day, "level": confidence},
        finding=_finding(found, groups, day, confidence),
        estimate=found.peto(level=confidence)[0],
        interval=_interval(found, confidence),
        n=len(groups),
        events=int(found.observed.sum()),
        usual=Design.UNADJUSTED,
        fixed=True,
        no_difference=1,
        warnings=_warnings(durations, ends, exposed, day),
        values={
            **_compared(found, confidence),
            **_early(durations, ends, day),
            "chi2": found.chi2,
            **_sizes(found, groups),
            "naive": {**_compared(naive, confidence), "why_wrong": IMMORTAL},
        },
        about=about,
    )


def _finding(found: LogRank, groups: Integers, day: float, level: float) -> str:
    exposed = int(groups.sum())
    return (
        f"From day {day:g} on, {found.observed[1]:.0f} events among {exposed:,} exposed by then and "
        f"{found.observed[0]:.0f} among {len(groups) - exposed:,} not exposed; hazard ratio {found.peto(level=level)[0]:.2f}"
    )


def _interval(found: LogRank, level: float) -> Interval:
    _, low, high = found.peto(level=level)
    return Interval.of(low=low, high=high, method="Peto's one step from the landmark", level=level)


def _sizes(found: LogRank, groups: Integers) -> dict[str, int]:
    return {
        "exposed_n": int(groups.sum()),
        "unexposed_n": int(len(groups) - groups.sum()),
        "exposed_events": int(found.observed[1]),
        "unexposed_events": int(found.observed[0]),
    }


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
