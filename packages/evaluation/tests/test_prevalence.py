"""Survey proportions and people: published figures, limits that cover, and what rounding leaves open."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import desist_evaluation as evaluation
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.prevalence import survey_limits
from desist_evaluation.result import Interval


def limits(interval: Interval | None) -> tuple[float, float]:
    assert interval is not None
    assert interval.low is not None
    assert interval.high is not None
    return interval.low, interval.high


def test_three_point_six_per_cent_of_the_surveys_population_is_one_and_a_half_million() -> None:
    found = evaluation.prevalence_count(prevalence=0.036, population_16_74=41_800_000)

    assert found.values["rounded_million"] == 1.5
    assert limits(found.interval) == pytest.approx((0.0355 * 41.8e6, 0.0365 * 41.8e6))


def test_published_limits_of_a_proportion_become_limits_of_the_count() -> None:
    found = evaluation.prevalence_count(prevalence=0.032, population=1e6, low=0.029, high=0.036)

    assert limits(found.interval) == pytest.approx((29_000, 36_000))


def test_a_rounding_that_was_said_is_used() -> None:
    whole = evaluation.prevalence_count(prevalence=0.2, population=1000, prevalence_rounded_to=0.01)
    implied = evaluation.implied_population(
        count=2_000_000, prevalence=0.04, count_rounded_to=1e6, prevalence_rounded_to=0.01
    )

    assert limits(whole.interval) == pytest.approx((195, 205))
    assert limits(implied.interval) == pytest.approx((1.5e6 / 0.045, 2.5e6 / 0.035))


def test_rounding_never_leaves_zero_to_one() -> None:
    nobody = evaluation.prevalence_count(prevalence=0, population=1000)
    everybody = evaluation.prevalence_count(prevalence=1, population=1000)

    assert limits(nobody.interval)[0] == 0
    assert limits(everybody.interval)[1] == 1000


@given(
    population=st.integers(10_000, 60_000_000),
    share=st.integers(5, 999).map(lambda thousandths: thousandths / 1000),
)
@settings(max_examples=50)
def test_the_implied_population_undoes_the_count(population: int, share: float) -> None:
    count = evaluation.prevalence_count(prevalence=share, population=population).estimate

    implied = evaluation.implied_population(count=count, prevalence=share)

    assert implied.estimate == pytest.approx(population)


def test_a_survey_interval_is_the_published_one() -> None:
    found = evaluation.survey_ci(p=0.036, n=30_000, deft=1.2, population=42_000_000)

    assert limits(found.interval) == pytest.approx((0.0334703149, 0.0385296851), abs=1e-9)
    assert found.values["count_low"] == pytest.approx(1_405_753, abs=1)


def test_another_level_gives_a_wider_interval() -> None:
    usual = limits(evaluation.survey_ci(p=0.036, n=30_000).interval)
    wider = limits(evaluation.survey_ci(p=0.036, n=30_000, level=0.99).interval)

    assert wider[0] < usual[0] < usual[1] < wider[1]


def test_nobody_of_twenty_still_allows_for_one_in_six() -> None:
    found = evaluation.survey_ci(p=0, n=20)

    assert limits(found.interval) == pytest.approx((0, 0.1684), abs=5e-5)


def test_everybody_of_twenty_mirrors_nobody() -> None:
    found = evaluation.survey_ci(p=1, n=20)

    assert limits(found.interval) == pytest.approx((0.8316, 1), abs=5e-5)


def test_a_handful_of_cases_gets_the_exact_interval() -> None:
    found = evaluation.survey_ci(p=0.2, n=20)
    exact = evaluation.clopper_pearson(events=4, n=20)

    assert limits(found.interval) == pytest.approx(limits(exact.interval))


def test_a_simple_random_sample_is_said_to_be_one() -> None:
    assert "simple random sample" in evaluation.survey_ci(p=0.2, n=2000).sentence
    assert "simple random sample" not in evaluation.survey_ci(p=0.2, n=2000, deft=1.3).sentence


@pytest.mark.parametrize(("share", "n"), [(0.036, 2000), (0.01, 400), (0.5, 100)])
def test_survey_intervals_cover_as_often_as_they_say(share: float, n: int) -> None:
    counts = np.random.default_rng(20_250_401).binomial(n, share, size=1500)
    known = {int(count): survey_limits(count / n, n, 1.0, 0.95)[:2] for count in set(counts.tolist())}

    covered = np.mean([known[int(count)][0] <= share <= known[int(count)][1] for count in counts])

    assert covered >= 0.93


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("prevalence_count", {"prevalence": 3.6, "population": 1}, "prevalence: must be from 0 to 1"),
        ("prevalence_count", {"prevalence": 0.1}, "population: is needed once"),
        (
            "prevalence_count",
            {"prevalence": 0.1, "population": 1, "population_16_59": 1},
            "population: is needed once",
        ),
        ("prevalence_count", {"prevalence": 0.1, "population": 0}, "population: must be above zero"),
        ("prevalence_count", {"prevalence": 0.1, "population": 9, "low": 0.05}, "low: and high go together"),
        (
            "prevalence_count",
            {"prevalence": 0.1, "population": 9, "low": 0.2, "high": 0.3},
            "low: must be from 0 to 0.1",
        ),
        (
            "prevalence_count",
            {"prevalence": 0.1, "population": 9, "prevalence_rounded_to": -1},
            "prevalence_rounded_to: must be above zero",
        ),
        ("implied_population", {"count": 0, "prevalence": 0.1}, "count: must be above zero"),
        (
            "implied_population",
            {"count": 10, "prevalence": 0.0004, "prevalence_rounded_to": 0.001},
            "prevalence: must be larger than its rounding error",
        ),
        ("survey_ci", {"p": float("nan"), "n": 10}, "p: must be a finite number"),
        ("survey_ci", {"p": 0.1, "n": 0}, "n: must be at least 1"),
        ("survey_ci", {"p": 0.1, "n": 10, "deft": 0}, "deft: must be above zero"),
        ("survey_ci", {"p": 0.1, "n": 10, "population": -5}, "population: must be above zero"),
    ],
)
def test_bad_input_names_the_field_and_the_rule(name: str, arguments: dict[str, float], words: str) -> None:
    with pytest.raises(InvalidInputError, match=words):
        getattr(evaluation, name)(**arguments)
