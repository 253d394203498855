"""Two arms made alike on recorded covariates: the hazard ratio counted, adjusted and weighted, and their balance."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desist_evaluation.checks import InvalidInputError
from desist_evaluation.cox import SeparationError, cox_ph
from desist_evaluation.result import Result
from desist_evaluation.study.baseline import ALIKE, MOST_LEVELS
from desist_evaluation.study.files import StudyData
from desist_evaluation.study.flow import arm_title
from desist_evaluation.study.follow import Followed
from desist_evaluation.study.plan import StudyPlan
from desist_evaluation.study.tables import Cell, Table, digits
from desist_evaluation.weighted_hazards import weighted_hazard_ratio

CRUDE, ADJUSTED, WEIGHTED = "As counted (Cox)", "Adjusted (Cox)", "Weighted (inverse probability)"
#: A column that is unknown for more people than this is adjusted for only where the plan names it.
MOST_UNKNOWN = 0.2
Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Adjusted:
    """The results by method, in order, and the warnings about them."""

    compared: str
    results: Mapping[str, Result]
    notes: tuple[str, ...]

    def ratios_table(self) -> Table:
        """Return the hazard ratio of the same people as counted, adjusted and weighted."""
        return Table(
            name="adjusted",
            title="Hazard ratio with the arms made alike",
            columns=("How", "Compared", "People", "Events", "Hazard ratio", "Low", "High", "p"),
            rows=tuple(self._row(how, found) for how, found in self.results.items()),
            notes=(
                *self.notes,
                "Alike on what was recorded, on nothing else: what nobody recorded may still explain a difference.",
            ),
        )

    def _row(self, how: str, found: Result) -> tuple[Cell, ...]:
        values = [found.values[name] for name in ("hazard_ratio", "low", "high", "p")]
        ratio, low, high, p = (value if isinstance(value, float) else None for value in values)
        return (
            how,
            self.compared,
            found.n,
            found.events,
            digits(ratio),
            digits(low),
            digits(high),
            digits(p, 4),
        )

    def balance_table(self) -> Table:
        """Return standardised mean differences before and after weighting."""
        found = self.results.get(WEIGHTED)
        before, after = (_mapping(found, name) for name in ("smd_before", "smd_after"))
        sizes = found.values["effective_n"] if found else ()
        notes = [f"Above {ALIKE} either way: not alike."]
        if isinstance(sizes, tuple) and sizes:
            worth = " and ".join(f"{size:.0f}" for size in sizes)
            notes.append(f"Weighted, the arms are worth {worth} people who all weigh the same.")
        return Table(
            name="balance",
            title="How alike the arms are, before and after weighting",
            columns=("Characteristic", "Standardised difference", "After weighting"),
            rows=tuple((name, digits(before[name]), digits(after[name])) for name in before),
            notes=tuple(notes),
        )


def _mapping(found: Result | None, name: str) -> Mapping[str, float | None]:
    values = found.values[name] if found else {}
    return values if isinstance(values, Mapping) else {}


def adjust(data: StudyData, plan: StudyPlan, people: Followed, reference: str) -> Adjusted:
    """Compare the first arm that is not the reference with it, among people whose characteristics are all known."""
    others = [arm for arm in data.arms if arm != reference]
    if len(others) != 1:
        return Adjusted(compared="", results={}, notes=("Arms are adjusted only where there are two.",))
    compared = f"{arm_title(others[0])} against {arm_title(reference)}"
    columns, notes = _columns(data, plan)
    rows = people.rows
    known = np.ones(len(rows), dtype=bool)
    for column in columns.values():
        known &= np.isfinite(column[rows])
    if not known.all():
        notes.append(
            f"{int((~known).sum()):,} people for whom one of these is not known are left out of all three."
        )
    treated = (people.arm == others[0]).astype(float)[known]
    if not people.happened[known].any() or len(set(treated.tolist())) < 2:
        notes.append("Nobody had the outcome, or an arm is empty: there is no hazard ratio.")
        return Adjusted(compared=compared, results={}, notes=tuple(notes))
    kept = {name: column[rows][known] for name, column in columns.items()}
    varying = {name: column for name, column in kept.items() if len(set(column.tolist())) > 1}
    results = _results(plan, people, known, treated, varying, notes=notes)
    return Adjusted(compared=compared, results=results, notes=tuple(notes))


def _results(
    plan: StudyPlan,
    people: Followed,
    known: NDArray[np.bool_],
    treated: Floats,
    columns: Mapping[str, Floats],
    *,
    notes: list[str],
) -> dict[str, Result]:
    """Return the ratio by each method; where one has no value a note says why."""
    days, happened = people.days[known], people.happened[known]
    about, level = plan.about(), plan.level
    ways: dict[str, Callable[[], Result]] = {
        CRUDE: lambda: cox_ph(t=days, e=happened, covariates={"arm": treated}, level=level, about=about)
    }
    if columns:
        notes.append(f"Made alike on: {', '.join(columns)}.")
        ways[ADJUSTED] = lambda: cox_ph(
            t=days, e=happened, covariates={"arm": treated, **columns}, term="arm", level=level, about=about
        )
        ways[WEIGHTED] = lambda: weighted_hazard_ratio(
            t=days, e=happened, treated=treated, covariates=columns, level=level, about=about
        )
    else:
        notes.append("Nothing was recorded before on which the arms could be made alike.")
    found: dict[str, Result] = {}
    for how, work_out in ways.items():
        try:
            found[how] = work_out()
        except (InvalidInputError, SeparationError) as error:
            notes.append(f"{how}: not given. {error}.")
        else:
            notes += [f"{how}: {text}" for text in found[how].warnings]
    return found


def _columns(data: StudyData, plan: StudyPlan) -> tuple[dict[str, Floats], list[str]]:
    """Return the columns to make alike, by name: numbers, and 0 or 1 for each word of a category but the commonest."""
    columns: dict[str, Floats] = {}
    notes = []
    for name in data.covariates if plan.adjust is None else plan.adjust:
        if name not in data.covariates:
            have = ", ".join(data.covariates) or "none"
            raise InvalidInputError("adjust", f"must name columns of EPISODES ({have}), not {name!r:.60}")
        unknown = data.blanks[name] / len(data.episodes)
        found = coded(name, data.covariates[name])
        if found is None:
            notes.append(f"{name} has more than {MOST_LEVELS} different words and is not adjusted for.")
        elif unknown > MOST_UNKNOWN and (plan.adjust is None or unknown == 1):
            notes.append(f"{name} is not known of {100 * unknown:.0f}% and is not adjusted for.")
        else:
            columns |= found
    return columns, notes


def coded(name: str, cells: Sequence[str]) -> dict[str, Floats] | None:
    """Return a column as numbers, unknown as NaN; None for a column of text."""
    numbers = _numbers(cells)
    if numbers is not None:
        return {name: numbers}
    levels = Counter(sorted(cell for cell in cells if cell))
    if len(levels) > MOST_LEVELS:
        return None
    words = np.array(cells, dtype=object)
    return {
        f"{name}: {level}": np.where(words == "", np.nan, words == level)
        for level, _ in levels.most_common()[1:]
    }


def _numbers(cells: Sequence[str]) -> Floats | None:
    try:
        values = np.array([float(cell) if cell else np.nan for cell in cells])
    except ValueError:
        return None
    known = np.array([bool(cell) for cell in cells])
    return values if np.isfinite(values[known]).all() else None
