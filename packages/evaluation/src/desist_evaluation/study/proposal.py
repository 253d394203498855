"""The landmark: the plan's day, or one from the planned ends of the programme, with the reason in words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from desist_evaluation.study.files import StudyData
from desist_evaluation.study.follow import arms_with_completers
from desist_evaluation.study.plan import StudyPlan

#: The share of planned ends, or of completers, that a landmark takes in.
MOST = 0.9
#: Days after the planned end in which cancelled sessions are made up.
GRACE = 14
#: The day where the files give neither the programme's planned end nor any completion.
WITHOUT_DAYS = 90


@dataclass(frozen=True, kw_only=True, slots=True)
class Landmark:
    """A day at risk from which completers and the rest are compared, and the reason for that day in words."""

    day: int
    why: str


def propose(data: StudyData, plan: StudyPlan, completed: Sequence[float | None]) -> Landmark:
    """Return the plan's landmark, else one from planned ends, else one from completions; it uses no outcome."""
    known = sorted(day for day in completed if day is not None)
    day, why = _chosen(data, plan, known)
    if day >= plan.horizon:
        day, why = plan.horizon - 1, f"{why} It is moved to before the horizon, day {plan.horizon}."
    return Landmark(day=day, why=" ".join([f"Day {day}: {why}", *_taken_in(day, known, plan)]))


def _chosen(data: StudyData, plan: StudyPlan, known: Sequence[float]) -> tuple[int, str]:
    if plan.landmark is not None:
        return plan.landmark, "the day that the plan names."
    planned = planned_days(data, plan)
    if planned:
        last = most_of(planned)
        return last + GRACE, (
            f"nine in ten were planned to end by day {last}, and {GRACE} days more let missed sessions be made up. "
            "It is set by the plan of the programme, not by what happened."
        )
    if known:
        return most_of(
            known
        ), "no planned end is in the file; nine in ten of those who completed had by then."
    return WITHOUT_DAYS, "neither a planned end nor a completion is in the files."


def planned_days(data: StudyData, plan: StudyPlan) -> list[int]:
    """Return days from time zero to the planned end of everyone in an arm in which people complete."""
    episodes = data.episodes
    zero, planned = episodes.days[plan.time_zero], episodes.days["planned_end"]
    asked = np.isin(episodes.arms, sorted(arms_with_completers(data))) & (zero > 0) & (planned > zero)
    days: list[int] = (planned - zero)[asked].tolist()
    return days


def most_of(days: Sequence[float]) -> int:
    """Return the day by which nine in ten of the days have come; at least day 1."""
    return max(1, math.ceil(float(np.quantile(np.asarray(days), MOST, method="inverted_cdf"))))


def _taken_in(day: int, known: Sequence[float], plan: StudyPlan) -> list[str]:
    """Return in words how many completers had completed by the landmark, and the day by which nine in ten had."""
    if not known:
        return []
    early = sum(one <= day for one in known)
    words = [f"By then {early:,} of the {len(known):,} who completed within follow-up had completed."]
    enough = most_of(known)
    if early < MOST * len(known) and enough < plan.horizon:
        words.append(f"Day {enough} would take in nine in ten of them (--landmark {enough}).")
    return words
