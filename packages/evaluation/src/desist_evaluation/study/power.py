"""The differences that this many people can show, from the plan and the number of people alone."""

from collections.abc import Mapping

from desist_evaluation.power import minimum_detectable_effect, schoenfeld_events
from desist_evaluation.proportions import exact_limits
from desist_evaluation.study.flow import arm_title
from desist_evaluation.study.plan import StudyPlan
from desist_evaluation.study.tables import Cell, Table, percent


def power_table(sizes: Mapping[str, int], plan: StudyPlan) -> Table:
    """Return the precision of each arm, and with two arms or more the smallest difference that they can show."""
    rows = [row for arm, size in sizes.items() for row in _precision(arm_title(arm), size, plan)]
    smallest = min(sizes.values())
    if len(sizes) > 1 and smallest >= 2:
        effect = minimum_detectable_effect(p1=plan.expected, n_per_arm=smallest).values["p2"]
        told = percent(effect) if isinstance(effect, float) else "none, however large"
        rows.append(("Largest share that arms of the smallest size tell from the expected one, %", told))
        rows.append(("Events needed to see the hazard halved", schoenfeld_events(hazard_ratio=0.5).events))
    return Table(
        name="power",
        title="What this many people can show",
        columns=("Question", "Answer"),
        rows=tuple(rows),
        notes=(
            f"Expected to offend again: {100 * plan.expected:g}%. Worked out from the number of people, before any outcome.",
            "80% power, 5% two-sided.",
        ),
    )


def _precision(arm: str, size: int, plan: StudyPlan) -> list[tuple[Cell, ...]]:
    if size == 0:
        return [(f"{arm}: people followed", 0)]
    _, none = exact_limits(0, size, plan.level)
    low, high = exact_limits(round(plan.expected * size), size, plan.level)
    return [
        (f"{arm}: people followed", size),
        (f"{arm}: if nobody offended, up to this share could still be the truth, %", percent(none)),
        (f"{arm}: if the expected share offended, lower limit, %", percent(low)),
        (f"{arm}: if the expected share offended, upper limit, %", percent(high)),
    ]
