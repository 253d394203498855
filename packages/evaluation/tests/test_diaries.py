"""Two phases of a diary: the indices count what they say, and the diary's gaps are said."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import desist_evaluation as evaluation

FEW = settings(max_examples=50, deadline=None, derandomize=True)
PHASE = st.lists(st.integers(0, 10), min_size=1, max_size=8)


@FEW
@given(PHASE, PHASE)
def test_nap_is_the_share_of_pairs_and_the_mann_whitney_statistic(a: list[int], b: list[int]) -> None:
    found = evaluation.overlap(A=a, B=b).values["nap"]

    statistic = stats.mannwhitneyu(b, a, method="asymptotic", use_continuity=False).statistic
    assert found == pytest.approx(statistic / (len(a) * len(b)))


@FEW
@given(PHASE, PHASE)
def test_turning_the_scale_round_mirrors_every_index(a: list[int], b: list[int]) -> None:
    up = evaluation.overlap(A=a, B=b).as_dict()

    down = evaluation.overlap(A=[-x for x in a], B=[-x for x in b], improvement="decrease").as_dict()

    names = ("nap", "pnd", "pem", "pand", "ird", "tau", "p_permutation")
    assert [up[name] for name in names] == [down[name] for name in names]
    assert up["mean_difference"] == -float(str(down["mean_difference"]))


@FEW
@given(PHASE, PHASE)
def test_pand_is_the_fewest_days_to_take_away(a: list[int], b: list[int]) -> None:
    found = evaluation.overlap(A=a, B=b).values["pand"]

    days = [(value, 0) for value in a] + [(value, 1) for value in b]
    kept = max(
        size
        for size in range(len(days) + 1)
        if any(
            all(x < y for x, p in chosen for y, q in chosen if (p, q) == (0, 1))
            for chosen in ([days[:0]] if size == 0 else combinations_of(days, size))
        )
    )
    assert found == pytest.approx(kept / len(days))


def combinations_of(days: list[tuple[int, int]], size: int) -> list[list[tuple[int, int]]]:
    """Choosing the lowest of A and the highest of B is never worse than another choice."""
    low = sorted(value for value, phase in days if phase == 0)
    high = sorted((value for value, phase in days if phase == 1), reverse=True)
    return [
        [(value, 0) for value in low[:first]] + [(value, 1) for value in high[: size - first]]
        for first in range(max(0, size - len(high)), min(size, len(low)) + 1)
    ]


@FEW
@given(PHASE, PHASE)
def test_the_interval_holds_the_estimate_and_stays_within_0_and_1(a: list[int], b: list[int]) -> None:
    found = evaluation.overlap(A=a, B=b)

    assert found.interval is not None
    assert found.interval.low is not None
    assert found.interval.high is not None
    assert found.estimate is not None
    assert 0 <= found.interval.low <= found.estimate + 1e-9
    assert found.estimate - 1e-9 <= found.interval.high <= 1


def test_the_permutation_p_of_short_phases_counts_every_dealing() -> None:
    a, b = [1, 3, 2, 5], [4, 6, 7]
    seen = abs(sum(int(np.sign(y - x)) for x in a for y in b))
    pooled = [*a, *b]
    totals = [
        abs(sum(int(np.sign(pooled[j] - pooled[i])) for i in chosen for j in range(7) if j not in chosen))
        for chosen in combinations(range(7), 4)
    ]

    found = evaluation.overlap(A=a, B=b).values

    assert found["p_permutation"] == pytest.approx(np.mean([total >= seen for total in totals]))
    assert found["permutation"] == "every dealing of days"


def test_the_permutation_p_of_long_phases_is_drawn_with_the_seed() -> None:
    random = np.random.default_rng(3)
    a, b = random.normal(size=20).tolist(), random.normal(0.5, size=30).tolist()

    first, again, other = (
        evaluation.overlap(A=a, B=b, seed=seed).values["p_permutation"] for seed in (1, 1, 2)
    )

    assert first == again
    assert first == pytest.approx(stats.mannwhitneyu(a, b).pvalue, abs=0.02)
    assert first != other


def test_a_drawn_permutation_p_is_never_nought() -> None:
    found = evaluation.overlap(A=list(range(20)), B=list(range(20, 50)))

    assert found.values["p_permutation"] == pytest.approx(1 / 20_001)


def test_short_baselines_missing_days_and_dependent_days_are_said() -> None:
    warnings = evaluation.overlap(A=[1, None, 2], B=[3, 4, 5, 6, 7, 8, None]).warnings

    assert any("The baseline has 2 days" in warning for warning in warnings)
    assert any("2 days without an entry" in warning for warning in warnings)
    assert any("Days depend on the days before them" in warning for warning in warnings)


def test_a_diary_that_never_varies_has_no_correlation_of_days() -> None:
    found = evaluation.overlap(A=[2] * 5, B=[2] * 5)

    assert found.values["lag_1"] is None
    assert found.estimate == 0.5
    assert not found.warnings


def test_a_steady_climb_is_an_effect_to_tau_and_none_once_its_trend_is_taken_out() -> None:
    a, b = [1, 2, 3, 4, 5], [6, 7, 8, 9, 10]

    found = evaluation.baseline_corrected_tau(A=a, B=b).values

    assert [found[name] for name in ("tau", "tau_bc", "tau_b", "slope", "corrected")] == [1, 0, 0, 1, True]
    assert evaluation.tau_u(A=a, B=b).estimate == pytest.approx(0.6)


def test_a_baseline_without_a_clear_trend_is_left_alone_unless_asked() -> None:
    a, b = [3, 3, 4, 5], [4, 5, 6, 7, 7]

    left, always, never = (
        evaluation.baseline_corrected_tau(A=a, B=b, correct=correct).values
        for correct in ("if significant", "always", "never")
    )

    assert (left["corrected"], always["corrected"], never["corrected"]) == (False, True, False)
    assert left["tau_bc"] == never["tau_bc"] == pytest.approx(0.8)
    assert always["tau_bc"] != left["tau_bc"]


@pytest.mark.parametrize("baseline", [[4], [4, 4, 4]])
def test_a_baseline_that_cannot_have_a_trend_is_not_corrected(baseline: list[float]) -> None:
    found = evaluation.baseline_corrected_tau(A=baseline, B=[5, 6], correct="always").values

    assert (found["baseline_trend_p"], found["slope"]) == (1, 0)


@FEW
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=20))
def test_rank_correlation_is_scipys(pairs: list[tuple[int, int]]) -> None:
    x, y = [first for first, _ in pairs], [second for _, second in pairs]

    found = evaluation.kendall_tau_b(x=x, y=y)

    if len(set(x)) > 1 and len(set(y)) > 1:
        assert found.estimate == pytest.approx(stats.kendalltau(x, y).statistic)
    else:
        assert found.estimate is None
        assert found.warnings
