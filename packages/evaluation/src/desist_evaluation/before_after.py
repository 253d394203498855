"""Before and after: never alone, because people are referred when things are at their worst."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from scipy import special

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About, Design
from desist_evaluation.regression_to_mean import count_benchmark, score_benchmark
from desist_evaluation.result import Interval, Result, result

KINDS = ("count", "score")
ALONE = (
    "There is no comparison group: read the change beside what regression to the mean alone would give "
    "(expected_regression_to_mean, null_benchmark)."
)
ASSUMED = "The null benchmark rests on assumptions, not on these people: try others (null)."
NO_NULL: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True, slots=True)
class Windows:
    """Counts or scores of the same people before and after, and the number who lack one of the two."""

    pre: np.ndarray
    post: np.ndarray
    missing: int

    def changes(self, ratio: float) -> np.ndarray:
        """Return after less before, over the length of the window before."""
        return np.asarray(self.post / ratio - self.pre)

    def told_apart(self, ratio: float) -> dict[str, object]:
        """Return how many got better, stayed the same and got worse, and the change in all."""
        changes, before = self.changes(ratio), float(self.pre.sum())
        return {
            "improved": int((changes < 0).sum()),
            "same": int((changes == 0).sum()),
            "worse": int((changes > 0).sum()),
            "mean_change": float(changes.mean()),
            "change_pct": 100 * float(changes.sum()) / before if before else None,
        }

    def told(self, ratio: float) -> str:
        """Return those figures in words."""
        found = self.told_apart(ratio)
        return f"{found['improved']} improved, {found['same']} stayed the same, {found['worse']} got worse"


def read_windows(pre: object, post: object, *, names: tuple[str, str], counts: bool) -> Windows:
    """Return people measured twice; a missing value (null) leaves the person out and is counted."""
    columns = [
        checks.sequence(field=name, value=value) for name, value in zip(names, (pre, post), strict=True)
    ]
    if len(columns[0]) != len(columns[1]):
        raise InvalidInputError(
            names[1], f"must be as long as {names[0]} ({len(columns[1])} and {len(columns[0])})"
        )
    read = checks.count if counts else checks.number
    pairs = [
        [read(field=f"{name}[{row}]", value=value) for name, value in zip(names, pair, strict=True)]
        for row, pair in enumerate(zip(*columns, strict=True))
        if None not in pair
    ]
    if len(pairs) < 2:
        raise InvalidInputError(names[0], "must have at least two people measured before and after")
    known = np.array(pairs, dtype=float)
    return Windows(pre=known[:, 0], post=known[:, 1], missing=len(columns[0]) - len(pairs))


def mean_interval(changes: np.ndarray, level: float) -> tuple[float, float]:
    """Student's interval of a mean."""
    half = (
        float(special.stdtrit(len(changes) - 1, (1 + level) / 2))
        * float(changes.std(ddof=1))
        / math.sqrt(len(changes))
    )
    return float(changes.mean()) - half, float(changes.mean()) + half


def welch(treated: np.ndarray, others: np.ndarray, level: float) -> tuple[float, float]:
    """Welch's interval of the difference of two means."""
    parts = [group.var(ddof=1) / len(group) for group in (treated, others)]
    total = sum(parts)
    centre = float(treated.mean() - others.mean())
    if total == 0:
        return centre, centre
    freedom = total**2 / sum(
        part**2 / (len(group) - 1) for part, group in zip(parts, (treated, others), strict=True)
    )
    half = float(special.stdtrit(freedom, (1 + level) / 2)) * math.sqrt(total)
    return centre - half, centre + half


def pre_post(
    *,
    pre: Sequence[float | None],
    post: Sequence[float | None],
    comparator_pre: Sequence[float | None] | None = None,
    comparator_post: Sequence[float | None] | None = None,
    kind: str = "count",
    pre_days: float = 1,
    post_days: float = 1,
    null: Mapping[str, object] = NO_NULL,
    seed: int = 0,
    level: float = 0.95,
    about: About | None = None,
) -> Result:
    """Return the mean change from before to after; fewer is better.

    With a comparison group (both comparator lists) the estimate is the difference of the mean changes. Without
    one, what regression to the mean alone would give is attached: simulated for counts (`null`: shape, mean,
    selected_from), by formula for scores (`null`: mu, sd, reliability, cutoff, selection). Counts over windows of
    unequal length (`pre_days`, `post_days`) are compared as rates over the length of the first.
    """
    counts = checks.choice(field="kind", value=kind, options=KINDS) == "count"
    ratio = _ratio(pre_days, post_days, counts=counts)
    people = read_windows(pre, post, names=("pre", "post"), counts=counts)
    confidence = checks.level(level)
    if (comparator_pre is None) != (comparator_post is None):
        raise InvalidInputError("comparator_pre", "and comparator_post are needed together, or neither")
    if comparator_pre is not None:
        names = ("comparator_pre", "comparator_post")
        others = read_windows(comparator_pre, comparator_post, names=names, counts=counts)
        return _compared(people, others, ratio, confidence, about)
    start = checks.count(field="seed", value=seed)
    if not isinstance(null, Mapping):
        raise InvalidInputError("null", "must be an object")
    benchmark = (
        count_benchmark(null=null, windows_ratio=ratio, seed=start) if counts else score_benchmark(null)
    )
    return _alone(people, ratio, benchmark, confidence, about)


def _ratio(pre_days: object, post_days: object, *, counts: bool) -> float:
    before = checks.positive(field="pre_days", value=pre_days)
    after = checks.positive(field="post_days", value=post_days)
    if before != after and not counts:
        raise InvalidInputError("post_days", "must equal pre_days for scores; only counts grow with time")
    return after / before


def _alone(
    people: Windows, ratio: float, benchmark: Mapping[str, object], level: float, about: About | None
) -> Result:
    changes = people.changes(ratio)
    low, high = mean_interval(changes, level)
    return result(
        "pre_post",
        inputs={"pre": people.pre, "post": people.post, "ratio": ratio, "level": level, "null": benchmark},
        finding=f"{people.told(ratio)}; regression to the mean alone gives a mean change of "
        f"{benchmark['mean_change']:+.2f}; theirs is {changes.mean():+.2f}",
        estimate=float(changes.mean()),
        interval=Interval.of(low=low, high=high, method="Student", level=level),
        n=len(changes),
        missing=people.missing,
        no_difference=0,
        warnings=[ALONE, ASSUMED, *_unequal(ratio)],
        values={
            **people.told_apart(ratio),
            "expected_regression_to_mean": benchmark["mean_change"],
            "null_benchmark": benchmark,
        },
        about=about,
    )


def _compared(people: Windows, others: Windows, ratio: float, level: float, about: About | None) -> Result:
    treated, untreated = people.changes(ratio), others.changes(ratio)
    low, high = welch(treated, untreated, level)
    return result(
        "pre_post",
        inputs={
            "pre": people.pre,
            "post": people.post,
            "comparator_pre": others.pre,
            "comparator_post": others.post,
            "ratio": ratio,
            "level": level,
        },
        finding=f"{people.told(ratio)}; mean change {treated.mean():+.2f} against {untreated.mean():+.2f} in the comparison "
        f"group; difference {treated.mean() - untreated.mean():+.2f}",
        estimate=float(treated.mean() - untreated.mean()),
        interval=Interval.of(low=low, high=high, method="Welch", level=level),
        n=len(treated) + len(untreated),
        missing=people.missing + others.missing,
        usual=Design.UNADJUSTED,
        no_difference=0,
        warnings=_unequal(ratio),
        values={
            **people.told_apart(ratio),
            "difference": float(treated.mean() - untreated.mean()),
            "comparator": others.told_apart(ratio),
        },
        about=about,
    )


def _unequal(ratio: float) -> list[str]:
    if ratio == 1:
        return []
    return [f"The window after is {ratio:.3g} times as long as the one before: counts are compared as rates."]
