"""Curves agree with lifelines and say where they must not be read."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test

import desist_evaluation as evaluation
from desist_evaluation.lifetables import life_table, read_times
from desist_evaluation.survival import curve_of

FEW = settings(max_examples=40, deadline=None, derandomize=True)
PEOPLE = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 1)), min_size=2, max_size=80)


def times_and_ends(people: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [t for t, _ in people], [e for _, e in people]


@FEW
@given(PEOPLE)
def test_the_curve_and_its_log_log_limits_are_lifelines(people: list[tuple[int, int]]) -> None:
    t, e = times_and_ends(people)
    curve = curve_of(life_table(read_times(t, e)))
    low, high = curve.band(level=0.95, ci="log-log")

    fitted = KaplanMeierFitter().fit(t, e)

    steps = curve.table.times
    assert curve.survival == pytest.approx(fitted.survival_function_at_times(steps).to_numpy(), abs=1e-12)
    inside = (curve.survival > 1e-9) & (curve.survival < 1)
    limits = fitted.confidence_interval_survival_function_.loc[steps].to_numpy()
    assert low[inside] == pytest.approx(limits[inside, 0], abs=1e-9)
    assert high[inside] == pytest.approx(limits[inside, 1], abs=1e-9)


@FEW
@given(PEOPLE)
def test_whole_days_and_sorted_times_give_the_same_table(people: list[tuple[int, int]]) -> None:
    t, e = times_and_ends(people)

    counted, ordered = life_table(read_times(t, e)), life_table(read_times([day / 3 for day in t], e))

    assert counted.times == pytest.approx(3 * ordered.times)
    assert counted.at_risk.tolist() == ordered.at_risk.tolist()
    assert counted.ended.tolist() == ordered.ended.tolist()


@FEW
@given(PEOPLE)
def test_without_censoring_the_curve_is_the_share_still_without_an_event(
    people: list[tuple[int, int]],
) -> None:
    t = np.array([t for t, _ in people])

    found = evaluation.kaplan_meier(t=t, e=np.ones(len(t), dtype=int), times=[0, 10, 20, 40])

    expected = [(t > day).mean() for day in (0, 10, 20, 40)]
    assert found.values["survival"] == pytest.approx(expected)


def test_days_written_with_a_decimal_point_are_the_same_days() -> None:
    whole, written = (evaluation.kaplan_meier(t=t, e=[1, 0, 1]) for t in ([5, 7, 9], [5.0, 7.0, 9.0]))

    assert whole.as_dict() == written.as_dict()


def test_an_event_on_the_day_of_a_censoring_comes_first() -> None:
    found = evaluation.kaplan_meier(t=[5, 5], e=[1, 0], times=[5])

    assert found.values["survival"] == pytest.approx([0.5])


def test_an_event_on_day_0_counts() -> None:
    found = evaluation.kaplan_meier(t=[0, 10, 10, 10], e=[1, 0, 0, 0], times=[0])

    assert found.estimate == pytest.approx(0.75)


def test_all_censored_gives_what_that_still_allows() -> None:
    found = evaluation.kaplan_meier(t=[90] * 30, e=[0] * 30)

    assert found.estimate == 1
    assert found.interval is not None
    assert found.interval.low == pytest.approx(1 - 0.1157, abs=1e-4)
    assert any("Nobody had an event" in warning for warning in found.warnings)


def test_one_person_is_a_result_with_a_warning() -> None:
    found = evaluation.kaplan_meier(t=[4], e=[1])

    assert found.estimate == 0
    assert any("fewer than 10 people are at risk" in warning for warning in found.warnings)


def test_the_curve_ends_where_follow_up_ends() -> None:
    found = evaluation.kaplan_meier(t=[5, 9, 10] * 10, e=[1, 0, 0] * 10, times=[5, 50])

    assert found.estimate is None
    assert found.interval is None
    assert found.as_dict()["survival"] == [pytest.approx(2 / 3), None]
    assert any("Follow-up ends at time 10" in warning for warning in found.warnings)


def test_once_everyone_had_the_event_the_curve_stays_at_nought() -> None:
    assert evaluation.kaplan_meier(t=[1, 2], e=[1, 1], times=[99]).estimate == 0


def test_before_the_first_event_the_lower_limit_is_exact() -> None:
    found = evaluation.kaplan_meier(t=[10] * 20, e=[1] * 20, times=[3])

    assert found.interval is not None
    assert found.interval.low == pytest.approx(1 - 0.1684, abs=1e-4)


def test_missing_times_are_left_out_and_counted() -> None:
    found = evaluation.kaplan_meier(t=[5, None, 7, 8], e=[1, 1, None, 0])

    assert (found.n, found.missing) == (2, 2)
    assert any("2 without a known time" in warning for warning in found.warnings)


@pytest.mark.parametrize("ci", ["log", "plain"])
def test_other_limits_hold_the_estimate_between_them(ci: str) -> None:
    found = evaluation.kaplan_meier(t=list(range(1, 41)), e=[1, 0] * 20, ci=ci).values
    survival, low, high = (np.asarray(found[name]) for name in ("survival", "low", "high"))

    assert (low <= survival).all()
    assert (survival <= high).all()
    assert (low >= 0).all()
    assert (high <= 1).all()


def test_truth_values_and_absurdly_late_days_are_read() -> None:
    found = evaluation.kaplan_meier(t=np.array([1, 10**12]), e=np.array([True, False]))

    assert found.events == 1


@FEW
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 1), st.integers(0, 2)), min_size=6, max_size=90))
def test_the_log_rank_test_is_lifelines(people: list[tuple[int, int, int]]) -> None:
    t, e, group = (list(column) for column in zip(*people, strict=True))
    if len(set(group)) < 2 or not any(e):
        return

    found = evaluation.logrank_test(t=t, e=e, group=group)

    if found.values["df"] == len(set(group)) - 1:
        expected = multivariate_logrank_test(t, group, e)
        assert found.values["chi2"] == pytest.approx(expected.test_statistic, abs=1e-6)
        assert found.values["p"] == pytest.approx(expected.p_value, abs=1e-6)


@FEW
@given(PEOPLE)
def test_groups_named_by_text_number_or_array_and_times_with_fractions_agree(
    people: list[tuple[int, int]],
) -> None:
    t, e = times_and_ends(people)
    group = [place % 2 for place in range(len(t))]

    found = [
        evaluation.logrank_test(t=t, e=e, group=[f"arm {value}" for value in group]),
        evaluation.logrank_test(t=np.array(t), e=np.array(e), group=np.array(group)),
        evaluation.logrank_test(t=[day + 0.5 for day in t], e=e, group=group),
    ]

    assert len({round(float(str(result.values["chi2"])), 9) for result in found}) == 1


def test_groups_without_an_event_cannot_be_told_apart() -> None:
    found = evaluation.logrank_test(t=[5, 6, 7, 8], e=[0, 0, 0, 0], group=[1, 1, 2, 2])

    assert (found.values["chi2"], found.values["df"], found.values["p"]) == (0, 0, 1)
    assert found.estimate is None
    assert any("cannot be told apart" in warning for warning in found.warnings)


def test_the_hazard_ratio_is_the_second_group_over_the_first() -> None:
    early, late = list(range(1, 31)), list(range(31, 61))

    found = evaluation.logrank_test(t=[*early, *late], e=[1] * 60, group=["a"] * 30 + ["b"] * 30)

    assert found.estimate is not None
    assert found.estimate < 1
    assert not found.warnings


def test_a_hazard_ratio_without_a_bound_is_no_number() -> None:
    found = evaluation.logrank_test(
        t=[1] * 2 + [2] * 1000, e=[1, 1] + [0] * 1000, group=["a"] * 2 + ["b"] * 1000
    )

    assert found.interval is None or found.interval.high is None or found.interval.high > 0


@FEW
@given(st.lists(st.tuples(st.integers(0, 2)), min_size=5, max_size=60))
def test_cumulative_incidence_is_lifelines_where_no_days_are_tied(people: list[tuple[int]]) -> None:
    codes = [code for (code,) in people]
    t = [3 * place + 1 for place in range(len(codes))]
    if 1 not in codes:
        return

    found = evaluation.cumulative_incidence(t=t, event=codes, times=t)

    fitted = AalenJohansenFitter(calculate_variance=True).fit(t, codes, event_of_interest=1)
    shares, errors = np.asarray(found.values["cif1"]), np.asarray(found.values["se1"])
    assert shares == pytest.approx(fitted.cumulative_density_.loc[t].to_numpy().ravel(), abs=1e-9)
    known = np.array(t) < t[-1]
    expected = np.sqrt(np.maximum(fitted.variance_.loc[t].to_numpy().ravel(), 0))
    assert errors[known] == pytest.approx(expected[known], abs=1e-9)


@FEW
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3)), min_size=3, max_size=60))
def test_all_causes_and_survival_share_out_everyone(people: list[tuple[int, int]]) -> None:
    t, codes = [day for day, _ in people], [code for _, code in people]
    last = max(t)

    found = evaluation.cumulative_incidence(t=t, event=codes, times=[last])

    alone = evaluation.kaplan_meier(t=t, e=[int(code > 0) for code in codes], times=[last]).estimate
    causes = sum(float(np.asarray(found.values[f"cif{cause}"])[0]) for cause in range(1, max(1, *codes) + 1))
    assert causes + (alone or 0) == pytest.approx(1)


@FEW
@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3)), min_size=1, max_size=60),
    st.lists(st.integers(0, 40), min_size=1, max_size=6),
)
def test_the_counts_at_each_time_are_those_of_going_through_everyone(
    people: list[tuple[int, int]], asked: list[int]
) -> None:
    t, codes, times = [day for day, _ in people], [code for _, code in people], sorted(set(asked))

    found = evaluation.cumulative_incidence(t=t, event=codes, times=times).as_dict()

    assert found["at_risk"] == [sum(day >= time for day in t) for time in times]
    for name, code in (
        ("censored", 0),
        ("events1", 1),
        *((f"events{k}", k) for k in range(2, max(codes) + 1)),
    ):
        assert found[name] == [sum(day <= time and end == code for day, end in people) for time in times]
    assert found["still_followed"] == [sum(day > time for day in t) for time in times]


def test_one_cause_alone_is_one_minus_kaplan_meier() -> None:
    t, e = list(range(1, 31)), [1, 0, 1] * 10

    found = evaluation.cumulative_incidence(t=np.array(t), event=np.array(e))

    assert found.estimate == pytest.approx(1 - (evaluation.kaplan_meier(t=t, e=e).estimate or 0))
    assert not any("competing" in warning for warning in found.warnings)


def test_competing_events_make_one_minus_kaplan_meier_read_too_high() -> None:
    t, codes = list(range(1, 31)), [1, 2, 2] * 10

    found = evaluation.cumulative_incidence(t=t, event=codes)

    assert float(str(found.values["one_minus_km_cause1_at_30"])) > (found.estimate or 1)
    assert any("reads too high" in warning for warning in found.warnings)


def test_incidence_without_the_event_has_no_interval() -> None:
    found = evaluation.cumulative_incidence(t=[5, None] * 10, event=[0, 1] * 10)

    assert found.estimate == 0
    assert found.interval is not None
    assert found.interval.low is None
    assert found.missing == 10


def test_incidence_beyond_follow_up_is_unknown() -> None:
    found = evaluation.cumulative_incidence(t=[1, 2, 3], event=[1, 2, 0], times=[1, 9])

    assert found.as_dict()["cif1"] == [pytest.approx(1 / 3), None]


def test_the_bootstrap_is_the_same_for_the_same_seed_and_near_the_formula() -> None:
    random = np.random.default_rng(5)
    t, e = random.integers(1, 365, 400), random.integers(0, 2, 400)

    first, again, other = (
        evaluation.bootstrap_survival(t=t, e=e, times=[180], seed=seed).as_dict() for seed in (1, 1, 2)
    )

    formula = evaluation.kaplan_meier(t=t, e=e, times=[180]).as_dict()
    assert first == again
    assert first["low"] != other["low"]
    assert np.abs(np.array([first["low"], first["high"]]) - [formula["low"], formula["high"]]).max() < 0.02
