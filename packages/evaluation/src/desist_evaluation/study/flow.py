"""The flow of people, arm by arm: those who came, started, stayed and were followed."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from desist_evaluation.episodes import Episodes
from desist_evaluation.following import COMPLETED, REASONS
from desist_evaluation.study.files import VICTIM, StudyData
from desist_evaluation.study.follow import Followed
from desist_evaluation.study.plan import COMPETING, StudyPlan
from desist_evaluation.study.tables import Cell, Table

EVERYONE = "Everyone"


def arm_title(arm: str) -> str:
    """Return an arm's name in a heading; people without arms are everyone."""
    return arm or EVERYONE


def flow_table(data: StudyData, plan: StudyPlan, people: Followed) -> Table:
    """Return counts of people at each step, a column an arm, and what was left out and why."""
    of_arm = [data.episodes.arms == arm for arm in data.arms]
    steps = [
        _line(title, [int((reached & part).sum()) for part in of_arm])
        for title, reached in _steps(data.episodes, plan)
    ]
    codes = [people.code[people.of(arm)].tolist() for arm in data.arms]
    ends = [_line(title, [part.count(code) for part in codes]) for title, code in _ends(people.definition)]
    return Table(
        name="flow",
        title="Who came, who started, who was followed",
        columns=("Step", *map(arm_title, data.arms)),
        rows=(*steps, _line("Followed", [len(part) for part in codes]), *ends),
        notes=left_out(data, plan, people),
    )


def _line(title: str, counts: Sequence[int]) -> tuple[Cell, ...]:
    return (title, *counts)


def _steps(episodes: Episodes, plan: StudyPlan) -> list[tuple[str, NDArray[np.bool_]]]:
    """Return each step up to follow-up, with the people who reached it; reasons for leaving in order of name."""
    days, done = episodes.days, completed(episodes)
    started, ended = days["start"] > 0, days["end"] > 0
    recorded = episodes.end_reasons
    reasons = np.where(recorded == "", "reason not recorded", recorded)
    left = started & ended & ~done
    return [
        ("In the file", np.full(len(episodes), fill_value=True)),
        ("Found eligible", days["eligible"] > 0),
        ("Started", started),
        ("Completed", done),
        *((f"Left: {reason}", left & (reasons == reason)) for reason in np.unique(reasons[left]).tolist()),
        ("No end yet", started & ~ended),
        (f"With a day on which time begins ({plan.time_zero})", days[plan.time_zero] > 0),
    ]


def completed(episodes: Episodes) -> NDArray[np.bool_]:
    """Return who started and completed, as the flow counts it, a row a person."""
    days = episodes.days
    return np.asarray((days["start"] > 0) & (days["end"] > 0) & (episodes.end_reasons == COMPLETED))


def _ends(definition: str) -> list[tuple[str, int]]:
    """Return what ended follow-up, and its code."""
    competing = [(f"Stopped by {kind} first", place + 2) for place, kind in enumerate(COMPETING)]
    return [(f"Outcome first: {definition}", 1), *competing, ("Neither by the end of follow-up", 0)]


def left_out(data: StudyData, plan: StudyPlan, people: Followed) -> tuple[str, ...]:
    """Return what was not counted, with its reason."""
    flow = people.found.values["flow"]
    counts = flow if isinstance(flow, Mapping) else {}
    notes = [f"{counts[name]:,} {reason}." for name, reason in REASONS.items() if counts.get(name)]
    reported = sum(event.source == VICTIM for event in data.events)
    if reported and not plan.victim_reports:
        notes.append(
            f"{reported:,} events that only a victim reported are not counted: they leave advocacy as aggregates."
        )
    return tuple(notes)
