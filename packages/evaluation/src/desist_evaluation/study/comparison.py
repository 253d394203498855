"""Three analyses side by side: all as they began, those free of events at the landmark, completers from the start."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from desist_evaluation.checks import InvalidInputError
from desist_evaluation.landmarks import IMMORTAL, landmark
from desist_evaluation.logrank import logrank_test
from desist_evaluation.proportions import exact_limits
from desist_evaluation.result import Result
from desist_evaluation.study.completion import completion_notes
from desist_evaluation.study.files import StudyData
from desist_evaluation.study.flow import arm_title
from desist_evaluation.study.follow import Followed, arms_with_completers, at_day, completed_at, incidence
from desist_evaluation.study.plan import StudyPlan
from desist_evaluation.study.proposal import Landmark, propose
from desist_evaluation.study.tables import Cell, Table, digits, percent

ITT = "Everyone as they began"
LANDMARK = "From the landmark"
COMPLETERS = "Completers from the start (misleading)"


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A group of people under one analysis: their number, their first events, and the share with one by a day."""

    analysis: str
    name: str
    people: int
    events: int
    share: float | None
    low: float | None
    high: float | None

    @property
    def limits(self) -> tuple[float | None, float | None, float | None]:
        """The share, its low and its high limit."""
        return self.share, self.low, self.high

    def sentence(self, *, horizon: int, level: float) -> str:
        """Return the share in words, with its interval, or the reason why there is none."""
        if self.share is None:
            return f"{self.name}: {self.people:,} people, nobody followed to day {horizon}."
        limits = (
            ""
            if self.low is None or self.high is None
            else f" ({100 * level:g}% interval {100 * self.low:.1f}% to {100 * self.high:.1f}%)"
        )
        return f"{self.name}: {100 * self.share:.1f}%{limits} of {self.people:,} people had a first event by day {horizon}."


@dataclass(frozen=True, kw_only=True, slots=True)
class Ratio:
    """A hazard ratio of one group over another under one analysis; None where it has no value."""

    analysis: str
    name: str
    estimate: float | None
    low: float | None
    high: float | None
    p: float | None

    @property
    def limits(self) -> tuple[float | None, float | None, float | None]:
        """The estimate, its low and its high limit."""
        return self.estimate, self.low, self.high


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """The three analyses side by side, with their results and the warnings about them."""

    groups: tuple[Group, ...]
    ratios: tuple[Ratio, ...]
    results: tuple[Result, ...]
    notes: tuple[str, ...]
    landmark: Landmark

    def shares_table(self, plan: StudyPlan) -> Table:
        """Return the share of each group with an event by the horizon."""
        share = f"With an event by day {plan.horizon}, %"
        rows: list[tuple[Cell, ...]] = [
            (group.analysis, group.name, group.people, group.events, *map(percent, group.limits))
            for group in self.groups
        ]
        return Table(
            name="comparison",
            title="Everyone, landmark and completers side by side",
            columns=("Analysis", "Group", "People", "Events", share, "Low", "High"),
            rows=tuple(rows),
            notes=self.notes,
        )

    def ratios_table(self) -> Table:
        """Return the hazard ratios between groups."""
        rows: list[tuple[Cell, ...]] = [
            (ratio.analysis, ratio.name, *map(digits, ratio.limits), digits(ratio.p, 4))
            for ratio in self.ratios
        ]
        return Table(
            name="ratios",
            title="Hazard ratios",
            columns=("Analysis", "Compared", "Hazard ratio", "Low", "High", "p"),
            rows=tuple(rows),
            notes=(
                "Below 1: fewer first events in the first group named. Peto's one step; competing events as censoring.",
            ),
        )


def reference_arm(data: StudyData, plan: StudyPlan) -> str:
    """Return the arm to compare others with: the plan's, else one without the programme, else the first by name."""
    if plan.reference is None:
        have = arms_with_completers(data)
        without = [arm for arm in data.arms if arm not in have]
        return (without or data.arms)[0]
    if plan.reference not in data.arms:
        raise InvalidInputError(
            "reference", f"must be one of {', '.join(data.arms)}, not {plan.reference!r:.60}"
        )
    return plan.reference


def compare(data: StudyData, plan: StudyPlan, people: Followed) -> Comparison:
    """Compare every arm from time zero, then completers with the rest from the landmark, then from the start."""
    groups = [_group((ITT, arm_title(arm)), people, people.of(arm), plan) for arm in data.arms]
    ratios, results, notes = _by_arm(data, plan, people)
    completed = completed_at(data, plan, people)
    treated = np.isin(people.arm, sorted(arms_with_completers(data)))
    settled = propose(data, plan, completed)
    notes += completion_notes(data, plan, people, completed, settled.day)
    if any(day is not None for day in completed):
        notes.append(f"Landmark. {settled.why}")
        later = _landmark(plan, people, completed, treated, settled.day)
        naive = _from_start(plan, people, completed, treated)
        groups += [*later[0], *naive[0]]
        ratios += [*later[1], *naive[1]]
        results += later[2]
        notes += [*later[3], *naive[2]]
    else:
        notes.append("Nobody completed within follow-up: there is no landmark comparison.")
    return Comparison(
        groups=tuple(groups),
        ratios=tuple(ratios),
        results=tuple(results),
        notes=tuple(notes),
        landmark=settled,
    )


def _by_arm(
    data: StudyData, plan: StudyPlan, people: Followed
) -> tuple[list[Ratio], list[Result], list[str]]:
    reference = reference_arm(data, plan)
    base = people.of(reference)
    results = {
        f"{arm_title(arm)} against {arm_title(reference)}": _test(people, people.of(arm), base, plan)
        for arm in data.arms
        if arm != reference and people.of(arm).any() and base.any()
    }
    ratios = [_ratio(ITT, name, found) for name, found in results.items()]
    notes = [] if ratios else ["There is no second arm: this describes, and cannot show what caused it."]
    return ratios, list(results.values()), notes


def _test(people: Followed, first: NDArray[np.bool_], second: NDArray[np.bool_], plan: StudyPlan) -> Result:
    """Return the log-rank test of the first group against the second, competing events as censoring."""
    both = first | second
    return logrank_test(
        t=people.days[both],
        e=people.happened[both],
        group=first[both].astype(np.int64),
        level=plan.level,
        about=plan.about(),
    )


def _ratio(analysis: str, name: str, found: Result) -> Ratio:
    limits, p = found.interval, found.values.get("p")
    return Ratio(
        analysis=analysis,
        name=name,
        estimate=found.estimate,
        low=None if limits is None else limits.low,
        high=None if limits is None else limits.high,
        p=p if isinstance(p, float) else None,
    )


def _group(
    label: tuple[str, str], people: Followed, mask: NDArray[np.bool_], plan: StudyPlan, *, first: int = 0
) -> Group:
    """Return the share with the outcome from day `first` to the horizon; without events the exact limit of 0 of n."""
    (analysis, name), size, events = label, int(mask.sum()), int(people.happened[mask].sum())
    if not size:
        return Group(analysis=analysis, name=name, people=0, events=0, share=None, low=None, high=None)
    shifted = replace(people, days=people.days - first)
    found = incidence(shifted, mask, times=[plan.horizon - first], plan=plan)
    part = dict(at_day(found))
    if part["estimate"] == 0:
        at_risk = int((shifted.days[mask] >= plan.horizon - first).sum())
        part |= {"low": 0.0, "high": exact_limits(0, at_risk, plan.level)[1] if at_risk else None}
    return Group(
        analysis=analysis,
        name=name,
        people=size,
        events=events,
        share=part["estimate"],
        low=part["low"],
        high=part["high"],
    )


def _landmark(
    plan: StudyPlan,
    people: Followed,
    completed: Sequence[float | None],
    treated: NDArray[np.bool_],
    settled: int,
) -> tuple[list[Group], list[Ratio], list[Result], list[str]]:
    """Compare completers with the rest from the landmark on, among those still followed then."""
    at_landmark = f"{LANDMARK}, day {settled}"
    days = np.array([np.inf if day is None else day for day in completed])
    kept, by_then = treated & (people.days > settled), days <= settled
    groups = [
        _group((at_landmark, name), people, kept & mask, plan, first=settled)
        for name, mask in (("Completed by then", by_then), ("Not completed by then", ~by_then))
    ]
    if not all(group.people for group in groups):
        return groups, [], [], ["The landmark leaves a group empty: there is no ratio from there."]
    found = landmark(
        t=people.days[treated],
        e=people.happened[treated],
        exposed_at=[day for day, within in zip(completed, treated.tolist(), strict=True) if within],
        landmark=settled,
        level=plan.level,
        about=plan.about(),
    )
    ratio = _ratio(at_landmark, "Completed against not completed by then", found)
    return groups, [ratio], [found], [f"Landmark: {text}" for text in found.warnings]


def _from_start(
    plan: StudyPlan, people: Followed, completed: Sequence[float | None], treated: NDArray[np.bool_]
) -> tuple[list[Group], list[Ratio], list[str]]:
    """Compare completers with the rest from the start: the comparison that misleads, with the reason."""
    ever = treated & np.array([day is not None for day in completed])
    groups = [
        _group((COMPLETERS, name), people, mask, plan)
        for name, mask in (("Completed", ever), ("Did not complete", treated & ~ever))
    ]
    ratios = []
    if all(group.people for group in groups):
        found = _test(people, ever, treated & ~ever, plan)
        ratios.append(_ratio(COMPLETERS, "Completed against did not complete", found))
    return (
        groups,
        ratios,
        [f"Completers from the start stand here only to be seen beside the rest: {IMMORTAL}."],
    )
