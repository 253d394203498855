"""The people of a study followed to each outcome, in one place so that every table counts the same people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desist_evaluation.competing import cumulative_incidence
from desist_evaluation.episodes import Episodes, ExposureGap, OutcomeEvent, Records, read_records
from desist_evaluation.following import COMPLETED, at_risk, away, follow_records
from desist_evaluation.result import Result
from desist_evaluation.study.files import VICTIM, StudyData
from desist_evaluation.study.plan import COMPETING, DEFINITIONS, StudyPlan

Numbers = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Followed:
    """People followed to one outcome: days at risk, code (0 censored, 1 outcome, 2 and on competing), arm."""

    definition: str
    episodes: Episodes
    days: Numbers
    code: Numbers
    arm: NDArray[np.str_]
    found: Result

    @cached_property
    def person(self) -> tuple[str, ...]:
        """Everyone who is followed, in the order of the columns."""
        return tuple(np.asarray(self.found.values["person"]).tolist())

    @cached_property
    def rows(self) -> Numbers:
        """The row of each of them among the episodes."""
        return np.array([self.episodes.places[person] for person in self.person], dtype=np.int64)

    def of(self, arm: str) -> NDArray[np.bool_]:
        """Return the people of an arm."""
        return np.asarray(self.arm == arm)

    @property
    def happened(self) -> Numbers:
        """1 where the outcome came first, 0 where follow-up ended otherwise (cause-specific)."""
        return np.asarray((self.code == 1).astype(np.int64))


def counted_events(data: StudyData, plan: StudyPlan) -> tuple[OutcomeEvent, ...]:
    """Return the events that the plan counts: those that a victim reported only where the plan says so."""
    if plan.victim_reports:
        return data.events
    return tuple(event for event in data.events if event.source != VICTIM)


def records_of(data: StudyData, plan: StudyPlan) -> Records:
    """Return everyone with the events that the plan counts, to be followed to as many outcomes as are asked."""
    return read_records(data.episodes, counted_events(data, plan), data.gaps)


def followed(records: Records, plan: StudyPlan, definition: str) -> Followed:
    """Follow everyone with a time zero to the first event of a definition."""
    found = follow_records(
        records,
        time_zero=plan.time_zero,
        outcome=DEFINITIONS[definition],
        competing=COMPETING,
        data_cut=plan.data_cut,
        lag_days=plan.lag_days,
        horizon=None,
        level=plan.level,
        about=plan.about(outcome=definition),
    )
    values = found.values
    return Followed(
        definition=definition,
        episodes=records.people,
        days=np.asarray(values["t"]),
        code=np.asarray(values["event"]),
        arm=np.asarray(values["arm"]),
        found=found,
    )


def arms_with_completers(data: StudyData) -> set[str]:
    """Return the arms in which anyone completed; the others had nothing to complete."""
    episodes = data.episodes
    return set(np.unique(episodes.arms[episodes.end_reasons == COMPLETED]).tolist())


def completed_at(data: StudyData, plan: StudyPlan, people: Followed) -> list[float | None]:
    """Return the day at risk on which each person completed; None for others, or after their follow-up ended."""
    episodes, rows = data.episodes, people.rows
    zero, end = episodes.days[plan.time_zero][rows], episodes.days["end"][rows]
    day = end - zero
    gaps: dict[int, list[ExposureGap]] = {}
    for gap in data.gaps:
        gaps.setdefault(episodes.places.get(gap.person, -1), []).append(gap)
    for place in np.flatnonzero(np.isin(rows, list(gaps))).tolist():
        own = away(gaps[int(rows[place])], date.fromordinal(int(zero[place])), plan.last_day)
        day[place] = at_risk(int(day[place]), own)
    done = (episodes.end_reasons[rows] == COMPLETED) & (end > 0) & (day >= 0) & (day <= people.days)
    return [float(one) if within else None for one, within in zip(day.tolist(), done.tolist(), strict=True)]


def incidence(people: Followed, mask: NDArray[np.bool_], *, times: list[int], plan: StudyPlan) -> Result:
    """Return Aalen and Johansen's share with the outcome among some of the people, at the given days at risk."""
    return cumulative_incidence(
        t=people.days[mask],
        event=people.code[mask],
        times=times,
        level=plan.level,
        about=plan.about(outcome=people.definition),
    )


def at_day(found: Result) -> Mapping[str, float | None]:
    """Return the estimate and its limits at the last day asked for; None where follow-up does not reach it."""
    limits = found.interval
    return {
        "estimate": found.estimate,
        "low": None if limits is None else limits.low,
        "high": None if limits is None else limits.high,
    }
