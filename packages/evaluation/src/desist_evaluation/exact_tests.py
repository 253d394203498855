"""Tests of counts: exact ones for the numbers a programme has, and chi-square with its warning."""

from collections.abc import Sequence
from typing import Literal, cast

import numpy as np
from scipy import stats

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About, Design
from desist_evaluation.proportions import exact_limits
from desist_evaluation.result import Interval, Result, Unit, finite, p_text, result

ALTERNATIVES = ("two-sided", "less", "greater")
Alternative = Literal["two-sided", "less", "greater"]


def binomial_test(
    *, events: int, n: int, p0: float, level: float = 0.95, about: About | None = None
) -> Result:
    """Return how surprising `events` of `n` would be if the true proportion were `p0`, exactly.

    The two-sided p adds up every outcome as unlikely as this one or more (as R's binom.test does).
    """
    happened, people = checks.events_of(events=events, n=n)
    published = checks.between(field="p0", value=p0, low=0, high=1)
    confidence = checks.level(level)
    low, high = exact_limits(happened, people, confidence)
    tails = {side: _binomial_p(happened, people, published, side) for side in ALTERNATIVES}
    return result(
        "binomial_test",
        inputs={"events": happened, "n": people, "p0": published, "level": confidence},
        finding=f"{happened:,} of {people:,} against a fixed {100 * published:.1f}% (two-sided {p_text(tails['two-sided'])})",
        estimate=happened / people,
        interval=Interval.of(low=low, high=high, method="Clopper-Pearson", level=confidence),
        unit=Unit.PERCENT,
        n=people,
        events=happened,
        no_difference=published,
        warnings=[
            "The figure compared with was published elsewhere: other people, other time, other counting."
        ],
        values={
            "p_two_sided": tails["two-sided"],
            "p_less": tails["less"],
            "p_greater": tails["greater"],
            "p0": published,
        },
        about=about,
    )


def _binomial_p(events: int, n: int, p0: float, alternative: str) -> float:
    return float(stats.binomtest(events, n, p0, alternative=cast("Alternative", alternative)).pvalue)


def sign_test(
    *, improved: int, worsened: int, unchanged: int = 0, level: float = 0.95, about: About | None = None
) -> Result:
    """Test exactly whether more people improved than got worse; the unchanged are separate, never counted as better."""
    better, worse, same = (
        checks.count(field=name, value=value)
        for name, value in (("improved", improved), ("worsened", worsened), ("unchanged", unchanged))
    )
    changed = better + worse
    if changed == 0:
        raise InvalidInputError("improved", "must not be zero together with worsened: nobody changed")
    confidence = checks.level(level)
    low, high = exact_limits(better, changed, confidence)
    tails = {side: _binomial_p(better, changed, 0.5, side) for side in ALTERNATIVES}
    return result(
        "sign_test",
        inputs={"improved": better, "worsened": worse, "unchanged": same, "level": confidence},
        finding=f"{better:,} improved, {same:,} stayed the same and {worse:,} got worse; of those who changed "
        f"{100 * better / changed:.1f}% improved",
        estimate=better / changed,
        interval=Interval.of(low=low, high=high, method="Clopper-Pearson", level=confidence),
        unit=Unit.PERCENT,
        n=changed + same,
        events=better,
        no_difference=0.5,
        warnings=[
            "People are referred when things are at their worst: some improvement is expected without any programme."
        ],
        values={
            "p_two_sided": tails["two-sided"],
            "p_greater": tails["greater"],
            "p_less": tails["less"],
            "improved": better,
            "unchanged": same,
            "worsened": worse,
        },
        about=about,
    )


def read_table(table: object, *, rows: int | None = None) -> np.ndarray:
    """Return a rectangular table of counts with no empty row or column; `rows` asks for a square of that size."""
    lines = [
        checks.sequence(field=f"table[{position}]", value=line, least=2)
        for position, line in enumerate(checks.sequence(field="table", value=table, least=2))
    ]
    if len({len(line) for line in lines}) > 1:
        raise InvalidInputError("table", "must have rows of equal length")
    if rows is not None and (len(lines), len(lines[0])) != (rows, rows):
        raise InvalidInputError("table", f"must have {rows} rows and {rows} columns")
    return np.array(
        [
            [checks.count(field=f"table[{row}][{column}]", value=cell) for column, cell in enumerate(line)]
            for row, line in enumerate(lines)
        ]
    )


def fisher_exact(
    *,
    table: Sequence[Sequence[int]],
    alternative: str = "two-sided",
    level: float = 0.95,
    about: About | None = None,
) -> Result:
    """Fisher's exact test of a 2 x 2 table, with the conditional odds ratio and its exact interval (as in R)."""
    cells = read_table(table, rows=2)
    side = checks.choice(field="alternative", value=alternative, options=ALTERNATIVES)
    confidence = checks.level(level)
    if cells.sum() == 0:
        raise InvalidInputError("table", "must not be empty: every cell is zero")
    p = float(stats.fisher_exact(cells, alternative=side).pvalue)
    odds = stats.contingency.odds_ratio(cells, kind="conditional")
    limits = odds.confidence_interval(confidence_level=confidence, alternative=side)
    empty = bool((cells.sum(axis=0) == 0).any() or (cells.sum(axis=1) == 0).any())
    warnings = ["A whole row or column is zero: the table cannot tell the groups apart."] if empty else []
    return result(
        "fisher_exact",
        inputs={"table": cells, "alternative": side, "level": confidence},
        finding=f"{cells[0, 0]} of {cells[0].sum()} against {cells[1, 0]} of {cells[1].sum()}, {side} {p_text(p)}, odds ratio {odds.statistic:.2f}",
        estimate=float(odds.statistic),
        interval=Interval.of(
            low=float(limits.low), high=float(limits.high), method="exact conditional", level=confidence
        ),
        n=int(cells.sum()),
        events=int(cells[:, 0].sum()),
        usual=Design.UNADJUSTED,
        no_difference=1,
        warnings=warnings,
        values={"p": p, "odds_ratio": finite(float(odds.statistic)), "alternative": side},
        about=about,
    )


def chi_square(*, table: Sequence[Sequence[int]], yates: bool = False, about: About | None = None) -> Result:
    """Pearson's chi-square of a table of counts; warns where an expected count is below five."""
    cells = read_table(table)
    corrected = checks.flag(field="yates", value=yates)
    if (cells.sum(axis=0) == 0).any() or (cells.sum(axis=1) == 0).any():
        raise InvalidInputError("table", "must not have an empty row or column")
    found = stats.chi2_contingency(cells, correction=corrected)
    warnings = []
    if found.expected_freq.min() < 5:
        warnings.append(
            f"The smallest expected count is {found.expected_freq.min():.1f}, below 5: chi-square is too sure; use fisher_exact."
        )
    return result(
        "chi_square",
        inputs={"table": cells, "yates": corrected},
        finding=f"Chi-square {found.statistic:.2f} on {found.dof} degrees of freedom, {p_text(found.pvalue)}",
        estimate=float(found.statistic),
        n=int(cells.sum()),
        events=int(cells[:, 0].sum()),
        usual=Design.UNADJUSTED,
        warnings=warnings,
        values={
            "chi2": float(found.statistic),
            "df": int(found.dof),
            "p": float(found.pvalue),
            "expected": found.expected_freq,
        },
        about=about,
    )
