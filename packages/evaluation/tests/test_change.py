"""Reliable and clinical change: directions, missing scores, and what chance selection alone would give."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import desist_evaluation as evaluation
from desist_evaluation.result import Result

SCORES = st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=1, max_size=40)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(SCORES, st.booleans())
def test_everyone_who_started_is_in_exactly_one_row(scores: list[tuple[float, float]], higher: bool) -> None:
    pre, post = [first for first, _ in scores], [None if second > 90 else second for _, second in scores]

    found = evaluation.reliable_change_table(
        pre=pre, post=post, sd=10, reliability=0.8, higher_is_better=higher
    )

    rows = ("improved", "no_change", "deteriorated", "not_measured")
    assert sum(int(str(found.values[row])) for row in rows) == found.n == len(scores)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(SCORES)
def test_turning_the_scale_round_turns_better_into_worse(scores: list[tuple[float, float]]) -> None:
    pre, post = [first for first, _ in scores], [second for _, second in scores]

    up, down = (
        evaluation.reliable_change_table(
            pre=pre, post=post, sd=10, reliability=0.8, higher_is_better=higher
        ).values
        for higher in (True, False)
    )

    assert (up["improved"], up["deteriorated"]) == (down["deteriorated"], down["improved"])


def test_recovery_needs_reliable_change_and_the_cut_off() -> None:
    found = evaluation.reliable_change_table(
        pre=[30, 48, 30, 55, 30], post=[55, 52, 42, 75, None], sd=7.5, reliability=0.8, higher_is_better=True, cutoff=50
    )  # fmt: skip

    assert [found.values[name] for name in ("improved", "recovered", "no_change", "not_measured")] == [
        3,
        1,
        1,
        1,
    ]
    assert found.missing == 1
    assert found.estimate == pytest.approx(3 / 5)


def test_many_missing_second_scores_are_said() -> None:
    found = evaluation.reliable_change_table(
        pre=[1, 2, 3], post=[None, 2, None], sd=1, reliability=0.5, higher_is_better=False
    )

    assert any("2 of 3 were not measured twice" in warning for warning in found.warnings)


@pytest.mark.parametrize(("post", "reliable"), [(47.5, True), (41.0, False), (23.0, True)])
def test_a_change_is_reliable_either_way_beyond_its_error(post: float, reliable: bool) -> None:
    found = evaluation.reliable_change_index(pre=32.5, post=post, sd=7.5, reliability=0.8)

    assert found.values["reliable"] is reliable


def test_cut_offs_follow_the_direction_of_the_scale() -> None:
    distress = evaluation.clinical_cutoffs(
        clinical_mean=60, clinical_sd=5, normal_mean=40, normal_sd=10, higher_is_better=False
    )
    alone = evaluation.clinical_cutoffs(clinical_mean=60, clinical_sd=5, higher_is_better=False)

    assert [distress.values[name] for name in "abc"] == [50, 60, pytest.approx(160 / 3)]
    assert (alone.values["a"], alone.values["c"]) == (50, None)
    assert alone.warnings


def test_regression_to_the_mean_is_what_a_simulation_shows() -> None:
    random = np.random.default_rng(2)
    true = random.normal(50, 10 * np.sqrt(0.7), 400_000)
    first, second = (true + random.normal(0, 10 * np.sqrt(0.3), 400_000) for _ in range(2))

    above = evaluation.expected_regression_to_mean(mu=50, sd=10, reliability=0.7, cutoff=60)
    below = evaluation.expected_regression_to_mean(
        mu=50, sd=10, reliability=0.7, cutoff=40, selection="below"
    )

    assert (second - first)[first > 60].mean() == pytest.approx(above.values["expected_change"], abs=0.05)
    assert (second - first)[first < 40].mean() == pytest.approx(below.values["expected_change"], abs=0.05)
    assert above.values["selected_mean"] == pytest.approx(first[first > 60].mean(), abs=0.05)


def test_a_measure_without_error_does_not_move_by_itself() -> None:
    found = evaluation.expected_regression_to_mean(mu=50, sd=10, reliability=1, cutoff=60)

    assert (found.estimate, found.values["selected_mean"]) == (0, None)


def test_far_out_cut_offs_stay_finite() -> None:
    found = evaluation.expected_regression_to_mean(mu=0, sd=1, reliability=0, cutoff=90)

    assert found.estimate == pytest.approx(90, abs=0.1)


def benchmark(found: Result) -> dict[str, float]:
    null = found.as_dict()["null_benchmark"]
    assert isinstance(null, dict)
    return null


def test_before_and_after_alone_comes_with_what_no_effect_would_give() -> None:
    found = evaluation.pre_post(pre=[2, 1, 3, 1, 1], post=[1, 1, 0, 2, None], seed=1)

    assert [found.values[name] for name in ("improved", "same", "worse")] == [2, 1, 1]
    assert found.missing == 1
    assert found.grade == "E"
    assert found.values["expected_regression_to_mean"] == benchmark(found)["mean_change"]
    assert "regression to the mean alone gives" in found.sentence


def test_no_effect_at_all_looks_like_most_people_did_not_get_worse() -> None:
    null = benchmark(evaluation.pre_post(pre=[1, 2], post=[1, 1], seed=0))

    assert null["improved"] == pytest.approx(0.60, abs=0.02)
    assert null["same"] == pytest.approx(0.23, abs=0.02)
    assert null["not_worse"] == pytest.approx(0.83, abs=0.02)
    assert null["change_pct"] == pytest.approx(-37, abs=2)


def test_the_same_seed_gives_the_same_benchmark() -> None:
    first, again, other = (
        benchmark(evaluation.pre_post(pre=[1, 2], post=[1, 1], seed=seed)) for seed in (4, 4, 5)
    )

    assert first == again
    assert first != other


def test_nobody_selected_for_anything_has_no_percentage_where_nothing_happened() -> None:
    found = evaluation.pre_post(
        pre=[0, 0], post=[0, 1], null={"selected_from": 0, "mean": 1e-12, "shape": 1}, seed=1
    )

    assert benchmark(found)["change_pct"] is None
    assert found.values["change_pct"] is None


def test_unequal_windows_are_compared_as_rates() -> None:
    found = evaluation.pre_post(pre=[2, 4], post=[1, 2], pre_days=180, post_days=90)

    assert found.values["same"] == 2
    assert any("0.5 times as long" in warning for warning in found.warnings)


def test_scores_need_the_populations_mean_and_get_the_formula() -> None:
    found = evaluation.pre_post(
        pre=[65, 70, 62], post=[60, 64, 61], kind="score", null={"mu": 50, "sd": 10, "reliability": 0.7, "cutoff": 60}
    )  # fmt: skip

    assert found.values["expected_regression_to_mean"] == pytest.approx(-4.5754, abs=1e-4)


def test_a_comparison_group_makes_it_a_difference_of_changes() -> None:
    random = np.random.default_rng(1)
    pre, comparator_pre = random.poisson(3, 200), random.poisson(3, 200)
    post, comparator_post = random.poisson(2, 200), random.poisson(3, 200)

    found = evaluation.pre_post(
        pre=pre.tolist(), post=post.tolist(),
        comparator_pre=comparator_pre.tolist(), comparator_post=comparator_post.tolist(),
    )  # fmt: skip

    expected = (post - pre).mean() - (comparator_post - comparator_pre).mean()
    assert found.estimate == pytest.approx(expected)
    assert found.grade == "D"
    assert "null_benchmark" not in found.values


def test_changes_without_any_spread_have_an_interval_of_no_width() -> None:
    found = evaluation.pre_post(pre=[1, 1], post=[0, 0], comparator_pre=[1, 1], comparator_post=[1, 1])

    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == (-1, -1)
