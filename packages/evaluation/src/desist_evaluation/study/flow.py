"""The flow of people, arm by arm: those who came, started, stayed and were followed."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from desist_evaluation.episodes import Episode
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
    of_arm = [[entry for entry in data.episodes if (entry.arm or "") == arm] for arm in data.arms]
    steps = [
        _line(title, [sum(map(reached, part)) for part in of_arm]) for title, reached in _steps(data, plan)
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


def _steps(data: StudyData, plan: StudyPlan) -> list[tuple[str, Callable[[Episode], bool]]]:
    """Return each step up to follow-up, with the people who reached it; reasons for leaving in order of name."""
    reasons = sorted({reason for entry in data.episodes if (reason := _left_for(entry)) is not None})
    return [
        ("In the file", lambda _: True),
        ("Found eligible", lambda entry: entry.eligible is not None),
        ("Started", lambda entry: entry.start is not None),
        ("Completed", completed),
        *((f"Left: {reason}", partial(_left_because, reason)) for reason in reasons),
        ("No end yet", lambda entry: entry.start is not None and entry.end is None),
        (
            f"With a day on which time begins ({plan.time_zero})",
            lambda entry: getattr(entry, plan.time_zero) is not None,
        ),
    ]


def completed(entry: Episode) -> bool:
    """Return whether a person who started completed, as the flow counts it."""
    return entry.start is not None and entry.end is not None and entry.end_reason == COMPLETED


def _left_for(entry: Episode) -> str | None:
    """Return why a person who started left before completing; None for everyone else."""
    if entry.start is None or entry.end is None or entry.end_reason == COMPLETED:
        return None
    return entry.end_reason or "reason not recorded"


def _left_because(reason: str, entry: Episode) -> bool:
    return _left_for(entry) == reason


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
