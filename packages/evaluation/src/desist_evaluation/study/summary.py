"""The annex in a few plain sentences: the people, the events, the comparison, and its limits."""

from collections.abc import Iterator, Mapping

from desist_evaluation.result import Result
from desist_evaluation.study.adjusted import WEIGHTED, Adjusted
from desist_evaluation.study.comparison import ITT, Comparison, Ratio
from desist_evaluation.study.files import StudyData
from desist_evaluation.study.flow import completed
from desist_evaluation.study.follow import Followed
from desist_evaluation.study.plan import MAIN, StudyPlan
from desist_evaluation.study.tables import day


def summary(
    data: StudyData, plan: StudyPlan, people: Followed, comparison: Comparison, adjusted: Adjusted
) -> tuple[str, ...]:
    """Return the summary for a reader who reads nothing else, in the order of the annex."""
    return (
        _followed(data, plan, people),
        _completed(data),
        *(
            group.sentence(horizon=plan.horizon, level=plan.level)
            for group in comparison.groups
            if group.analysis == ITT
        ),
        *_compared(plan, comparison),
        *_alike(plan, adjusted),
        f"A first event is {MAIN.lower()} that is in the files; what nobody reported or recorded is not.",
    )


def _followed(data: StudyData, plan: StudyPlan, people: Followed) -> str:
    years = people.found.values["person_years"]
    return (
        f"{len(people.person):,} of {len(data.episodes):,} people were followed, from {plan.time_zero.replace('_', ' ')} "
        f"to {day(plan.last_day)} at the latest: {years:,.1f} person-years at risk."
    )


def _completed(data: StudyData) -> str:
    started = (data.episodes.days["start"] > 0).sum()
    return f"{started:,} started and {completed(data.episodes).sum():,} completed."


def _compared(plan: StudyPlan, comparison: Comparison) -> Iterator[str]:
    everyone = [ratio for ratio in comparison.ratios if ratio.analysis == ITT]
    for ratio in everyone:
        yield ratio_words(ratio, plan.level)
    if not everyone:
        yield "There is nothing to compare with: this says what happened, not why."


def ratio_words(ratio: Ratio, level: float) -> str:
    """Return a hazard ratio in words, and whether its interval includes no difference."""
    if ratio.estimate is None or ratio.low is None:
        return f"{ratio.name}: too few events to compare."
    high = "no limit" if ratio.high is None else f"{ratio.high:.2f}"
    said = f"{ratio.name}: first events came {ratio.estimate:.2f} times as often ({100 * level:g}% interval {ratio.low:.2f} to {high})."
    return f"{said} {_verdict(ratio.low, ratio.high)}"


def _verdict(low: float, high: float | None) -> str:
    if low <= 1 and (high is None or high >= 1):
        return (
            "A ratio of 1 is no difference, and 1 lies in the interval: these people show neither a difference nor that "
            "there is none."
        )
    return "A ratio of 1 is no difference, and 1 lies outside the interval."


def _alike(plan: StudyPlan, adjusted: Adjusted) -> Iterator[str]:
    found = adjusted.results.get(WEIGHTED)
    if found is not None:
        yield f"With the arms made alike on what was recorded, {_weighted_words(found, plan.level)}"


def _weighted_words(found: Result, level: float) -> str:
    values: Mapping[str, object] = found.values
    ratio, low, high = (float(str(values[name])) for name in ("hazard_ratio", "low", "high"))
    return f"{ratio:.2f} times as often ({100 * level:g}% interval {low:.2f} to {high:.2f}). {_verdict(low, high)}"
