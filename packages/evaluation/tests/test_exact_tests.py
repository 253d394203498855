"""Exact tests agree with scipy's own and with published p-values."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import desist_evaluation as evaluation

FEW = settings(max_examples=50, deadline=None, derandomize=True)
CELL = st.integers(0, 40)


@FEW
@given(CELL, CELL, CELL, CELL, st.sampled_from(["two-sided", "less", "greater"]))
def test_fishers_p_is_the_hypergeometric_sum(a: int, b: int, c: int, d: int, alternative: str) -> None:
    if a + b + c + d == 0:
        return

    found = evaluation.fisher_exact(table=[[a, b], [c, d]], alternative=alternative)

    law = stats.hypergeom(a + b + c + d, a + b, a + c)
    seen = law.pmf(a)
    expected = {
        "less": law.cdf(a),
        "greater": law.sf(a - 1),
        "two-sided": sum(p for k in range(a + min(b, c) + 1) if (p := law.pmf(k)) <= seen * (1 + 1e-7)),
    }[alternative]
    assert found.values["p"] == pytest.approx(expected, abs=1e-9)


def test_an_empty_group_cannot_be_told_apart() -> None:
    found = evaluation.fisher_exact(table=[[0, 0], [3, 4]])

    assert found.values["p"] == 1
    assert any("cannot tell the groups apart" in warning for warning in found.warnings)


def test_chi_square_warns_where_fisher_must_be_used() -> None:
    few = evaluation.chi_square(table=[[0, 14], [4, 11]])
    many = evaluation.chi_square(table=[[40, 60], [50, 50]])

    assert any("below 5" in warning for warning in few.warnings)
    assert not many.warnings


def test_the_correction_of_yates_gives_the_larger_p() -> None:
    table = [[0, 14], [4, 11]]

    plain, corrected = (
        evaluation.chi_square(table=table, yates=yates).values["p"] for yates in (False, True)
    )

    assert plain == pytest.approx(0.0374, abs=1e-4)
    assert corrected == pytest.approx(0.123, abs=1e-3)


@FEW
@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 20))
def test_the_sign_test_ignores_the_unchanged_but_counts_them(better: int, worse: int, same: int) -> None:
    if better + worse == 0:
        return

    found = evaluation.sign_test(improved=better, worsened=worse, unchanged=same)

    assert found.values["p_two_sided"] == pytest.approx(stats.binomtest(better, better + worse).pvalue)
    assert found.n == better + worse + same


def test_the_unchanged_are_told_apart_in_the_sentence() -> None:
    sentence = evaluation.sign_test(improved=16, worsened=6, unchanged=7).sentence

    assert "16 improved, 7 stayed the same and 6 got worse" in sentence
    assert "79" not in sentence


@FEW
@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.01, 0.99))
def test_both_tails_of_the_binomial_test_overlap_in_what_was_seen(counts: tuple[int, int], p0: float) -> None:
    events, n = counts

    found = evaluation.binomial_test(events=events, n=n, p0=p0).values

    assert found["p_less"] == pytest.approx(stats.binom.cdf(events, n, p0))
    assert found["p_less"] + found["p_greater"] == pytest.approx(1 + stats.binom.pmf(events, n, p0))  # type: ignore[operator]  # both are numbers
