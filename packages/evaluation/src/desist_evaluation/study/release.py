"""The release edition: small numbers are withheld, and others too, so that a reader cannot work them out.

Every table counts the same people, arm by arm, so two tables share only the arm's size. Each goes through `suppress`
with the rule of the returns to the commission: it withholds 1 to 9, while a nought identifies no person. Rows are
joined before a count is withheld. An arm of fewer than ten people is withheld from all tables. Results that no table
can keep safe are left out (the curve, whose steps are single people; counts that differ by a few from those here).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from desist_evaluation.design import CLAIMS
from desist_evaluation.disclosure import THRESHOLD, suppress
from desist_evaluation.episodes import Episode
from desist_evaluation.result import VERSION
from desist_evaluation.study.adjusted import Adjusted, adjust
from desist_evaluation.study.annex import design_grade, template
from desist_evaluation.study.baseline import MOST_LEVELS, read_column
from desist_evaluation.study.comparison import ITT, Comparison, Group, compare, reference_arm
from desist_evaluation.study.files import StudyData
from desist_evaluation.study.flow import arm_title, completed
from desist_evaluation.study.follow import Followed, followed, records_of
from desist_evaluation.study.plan import COMPETING, MAIN, StudyPlan
from desist_evaluation.study.plausible import refuse_implausible
from desist_evaluation.study.summary import ratio_words
from desist_evaluation.study.tables import Cell, Table, digits, percent
from desist_evaluation.wording import refuse_overclaim

WITHHELD = "withheld"
NOT_KNOWN = "not recorded"
#: The parts of an annex that no release holds, and the reasons.
LEFT_OUT = (
    "The curve and its table: a step of a curve is one person.",
    "The landmark and the completers from the start: their counts differ from those here by a few people.",
    "The other definitions of the outcome, the count of what is not known, and the fingerprint of the data, for the same reason.",
    "How much each characteristic differed between the arms, before and after weighting: counts can be worked out from it.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Partition:
    """The people of every arm shared out over some rows, each in one; a column of counts an arm."""

    name: str
    title: str
    rows: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Released:
    """A partition as it may leave: None is withheld. `sizes` are the arms' sizes, None for an arm that is too small."""

    partition: Partition
    cells: tuple[tuple[int | None, ...], ...]
    sizes: tuple[int | None, ...]

    @property
    def whole(self) -> bool:
        """Whether every count of every arm that is large enough is shown."""
        return not any(
            cell is None and size is not None
            for row in self.cells
            for cell, size in zip(row, self.sizes, strict=True)
        )

    def without_everyone(self) -> "Released":
        """Return it without each arm in which the first row is everyone: that would tell what each person did."""
        named = [
            cell is not None and cell == size for cell, size in zip(self.cells[0], self.sizes, strict=True)
        ]
        return replace(
            self,
            cells=tuple(
                tuple(None if everyone else cell for cell, everyone in zip(row, named, strict=True))
                for row in self.cells
            ),
        )

    def lines(self) -> list[tuple[Cell, ...]]:
        """Return the rows of a table, in words where a count is withheld."""
        return [
            (label, *map(_shown, cells)) for label, cells in zip(self.partition.rows, self.cells, strict=True)
        ]


def write(*, data: StudyData, plan: StudyPlan) -> Mapping[str, str]:
    """Return the release edition as file name -> text: release.html and a CSV file for each table."""
    refuse_implausible(data, plan)
    people = followed(records_of(data, plan), plan, MAIN)
    parts = [
        protected(each) for each in (_status(data), _outcome(data, plan, people), *_characteristics(data))
    ]
    parts[1] = parts[1].without_everyone()
    comparison = compare(data, plan, people)
    adjusted = adjust(data, plan, people, reference_arm(data, plan))
    safe = {arm for place, arm in enumerate(data.arms) if _enough(parts[1], place)}
    tables = (
        _counts_table(data, parts[0]),
        _counts_table(data, parts[1]),
        _characteristics_table(data, parts[2:], parts[0].sizes),
        _shares_table(plan, data, comparison, safe),
        _ratios_table(data, comparison, adjusted, safe),
    )
    told = _told(data, plan, comparison, safe)
    page = template("release.html").render(
        plan=plan,
        main=MAIN,
        threshold=THRESHOLD,
        arms=[arm_title(arm) for arm in data.arms],
        claim=CLAIMS[design_grade(data, plan)],
        told=told,
        tables=tables,
        left_out=LEFT_OUT,
        version=VERSION,
    )
    refuse_overclaim(field="release", text=page)
    return MappingProxyType(
        {"release.html": page, **{f"{table.name}.csv": table.as_csv() for table in tables}}
    )


def protected(finest_first: Sequence[Partition]) -> Released:
    """Return the finest partition of the same people that leaves whole, else the coarsest with counts withheld."""
    found = [_released(part) for part in finest_first]
    return next((one for one in found if one.whole), found[-1])


def _released(part: Partition) -> Released:
    """Pass a partition through `suppress`. An arm whose size would give a count away shows no count at all."""
    sizes = [sum(column) for column in zip(*part.counts, strict=True)]
    large = [place for place, size in enumerate(sizes) if size >= THRESHOLD]
    cells: list[list[int | None]] = [[None] * len(sizes) for _ in part.rows]
    if large:
        found = suppress(table=[[row[place] for place in large] for row in part.counts], zeros=False).values
        totals = _row(found["column_totals"])
        for line, row in enumerate(_rows(found["table"])):
            for column, place in enumerate(large):
                cells[line][place] = None if totals[column] is None else row[column]
    return Released(
        partition=part,
        cells=tuple(map(tuple, cells)),
        sizes=tuple(size if place in large else None for place, size in enumerate(sizes)),
    )


def _rows(value: object) -> list[list[int | None]]:
    return [_row(row) for row in value] if isinstance(value, tuple) else []


def _row(value: object) -> list[int | None]:
    cells = value if isinstance(value, tuple) else ()
    return [cell if isinstance(cell, int) else None for cell in cells]


def _shared_out(
    data: StudyData, name: str, title: str, classes: Iterable[str], of: Callable[[int, Episode], str]
) -> Partition:
    """Count everyone in the file by arm and class; a class without people stays with its noughts."""
    labels = tuple(dict.fromkeys(classes))
    places = {label: place for place, label in enumerate(labels)}
    counts = np.zeros((len(labels), len(data.arms)), dtype=int)
    for row, one in enumerate(data.episodes):
        counts[places[of(row, one)], data.arms.index(one.arm or "")] += 1
    return Partition(name=name, title=title, rows=labels, counts=tuple(map(tuple, counts.tolist())))


def _joined(part: Partition, joined: Mapping[str, str]) -> Partition:
    """Return these people over fewer rows: each row under the name that it is joined to, or its own."""
    rows = tuple(dict.fromkeys(joined.get(row, row) for row in part.rows))
    counts = np.zeros((len(rows), len(part.counts[0])), dtype=int)
    for row, cells in zip(part.rows, part.counts, strict=True):
        counts[rows.index(joined.get(row, row))] += cells
    return Partition(name=part.name, title=part.title, rows=rows, counts=tuple(map(tuple, counts.tolist())))


def _status(data: StudyData) -> list[Partition]:
    never, done, left, still = ("Never started", "Completed", "Left before completing", "No end yet")

    completers = completed(data.episodes).tolist()

    def status(row: int, one: Episode) -> str:
        if one.start is None:
            return never
        if one.end is None:
            return still
        return done if completers[row] else left

    fine = _shared_out(data, "status", "Who came and who completed", (never, done, left, still), status)
    rest = "Never started, left, or no end yet"
    return [
        fine,
        _joined(fine, dict.fromkeys((never, still), "Never started, or no end yet")),
        _joined(fine, dict.fromkeys((never, left, still), rest)),
    ]


def _outcome(data: StudyData, plan: StudyPlan, people: Followed) -> list[Partition]:
    """Return what came first by the horizon, the basis of the shares."""
    day = plan.horizon
    first = f"{MAIN} by day {day}"
    stopped = {k + 2: f"Stopped by {kind} by day {day}" for k, kind in enumerate(COMPETING)}
    whole, short, none = f"Neither by day {day}", f"Follow-up ended before day {day}", "Not followed"
    ended = {1: first, **stopped}
    each = {
        person: ended[code] if code and days <= day else (whole if days >= day else short)
        for person, days, code in zip(people.person, people.days.tolist(), people.code.tolist(), strict=True)
    }
    labels = (*ended.values(), whole, short, none)
    fine = _shared_out(
        data, "outcome", f"What happened by day {day}", labels, lambda _, one: each.get(one.person, none)
    )
    sooner = f"In custody, dead or not followed to day {day}"
    without = f"Not known to have had it by day {day}"
    return [
        fine,
        _joined(fine, dict.fromkeys((*stopped.values(), short, none), sooner)),
        _joined(fine, dict.fromkeys(labels[1:], without)),
    ]


def _characteristics(data: StudyData) -> list[list[Partition]]:
    """Return each column of words that is a characteristic: its words, and the commonest against the rest."""
    found = []
    for name, cells in data.covariates.items():
        words = Counter(sorted(cell for cell in cells if cell))
        if _is_numbers(data, name) or not 0 < len(words) <= MOST_LEVELS:
            continue
        labels = [f"{name}: {word}" for word in [*sorted(words), NOT_KNOWN]]
        each = [f"{name}: {cell or NOT_KNOWN}" for cell in cells]
        fine = _shared_out(data, "characteristics", "", labels, lambda row, _, each=each: each[row])  # type: ignore[misc]  # bound as it is made
        most = f"{name}: {words.most_common(1)[0][0]}"
        rest = f"{name}: anything else, or {NOT_KNOWN}"
        found.append([fine, _joined(fine, {label: rest for label in labels if label != most})])
    return found


def _is_numbers(data: StudyData, name: str) -> bool:
    return read_column(name, data.covariates[name], ("",), [""] * len(data.episodes)).numbers is not None


def _shown(count: int | None) -> Cell:
    return WITHHELD if count is None else count


def _counts_table(data: StudyData, part: Released) -> Table:
    return Table(
        name=part.partition.name,
        title=part.partition.title,
        columns=("People", *map(arm_title, data.arms)),
        rows=(*part.lines(), ("All", *map(_shown, part.sizes))),
    )


def _characteristics_table(data: StudyData, parts: Sequence[Released], sizes: Sequence[int | None]) -> Table:
    of = data.episodes.words["arm"]
    rows = [line for part in parts for line in part.lines()]
    for name, cells in data.covariates.items():
        if _is_numbers(data, name):
            numbers = read_column(name, cells, data.arms, of).numbers or ()
            shown = [
                size is not None and len(part) >= THRESHOLD for part, size in zip(numbers, sizes, strict=True)
            ]
            for words, figure in (("mean", np.mean), ("standard deviation", lambda part: part.std(ddof=1))):
                values = [
                    digits(float(figure(part))) if open_ else WITHHELD
                    for part, open_ in zip(numbers, shown, strict=True)
                ]
                rows.append((f"{name}: {words}", *values))
    return Table(
        name="characteristics",
        title="Who they were before",
        columns=("Characteristic", *map(arm_title, data.arms)),
        rows=tuple(rows),
    )


def _enough(outcome: Released, place: int) -> bool:
    """Return whether the arm's first events are shown, so that figures from them may be."""
    return outcome.cells[0][place] is not None


def _everyone(comparison: Comparison) -> list[Group]:
    return [group for group in comparison.groups if group.analysis == ITT]


def _shares_table(plan: StudyPlan, data: StudyData, comparison: Comparison, safe: set[str]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (group.name, *(map(percent, group.limits) if arm in safe else [WITHHELD] * 3))
        for arm, group in zip(data.arms, _everyone(comparison), strict=True)
    ]
    return Table(
        name="shares",
        title=f"{MAIN} by day {plan.horizon}",
        columns=("Arm", "With a first event, %", "Low", "High"),
        rows=tuple(rows),
    )


def _ratios_table(data: StudyData, comparison: Comparison, adjusted: Adjusted, safe: set[str]) -> Table:
    """Return hazard ratios between arms whose first events are all shown."""
    rows: list[tuple[Cell, ...]] = []
    if safe == set(data.arms):
        rows = [
            ("As counted (log-rank)", ratio.name, *map(digits, ratio.limits), digits(ratio.p, 4))
            for ratio in comparison.ratios
            if ratio.analysis == ITT
        ]
        rows += [(row[0], row[1], *row[4:]) for row in adjusted.ratios_table().rows]
    return Table(
        name="ratios",
        title="Hazard ratios",
        columns=("How", "Compared", "Hazard ratio", "Low", "High", "p"),
        rows=tuple(rows),
        notes=("Given only where the first events of every arm are shown.",),
    )


def _told(data: StudyData, plan: StudyPlan, comparison: Comparison, safe: set[str]) -> tuple[str, ...]:
    """Return a summary: the share of each arm that may be told, and the comparison where every arm may."""
    said = [
        f"{group.name}: {100 * share:.1f}%{_limits(group, plan)} had a first event by day {plan.horizon}."
        for arm, group in zip(data.arms, _everyone(comparison), strict=True)
        if arm in safe and (share := group.share) is not None
    ]
    if safe == set(data.arms):
        said += [ratio_words(ratio, plan.level) for ratio in comparison.ratios if ratio.analysis == ITT]
    if len(safe) < len(data.arms):
        said.append("What happened to people of an arm is withheld where too few had a first event to tell.")
    return tuple(said)


def _limits(group: Group, plan: StudyPlan) -> str:
    if group.low is None or group.high is None:
        return ""
    return f" ({100 * plan.level:g}% interval {100 * group.low:.1f}% to {100 * group.high:.1f}%)"
