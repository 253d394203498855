"""Synthetic estimates for an area: labelled, with an interval that adds up."""

from typing import Any

import numpy as np
import pytest

import desist_evaluation as evaluation
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.need import Stratum, combined

KENT = {"name": "adults", "population": 1_506_690, "prevalence": 0.032, "low": 0.029, "high": 0.036}


def test_a_county_gets_a_labelled_estimate_with_its_range() -> None:
    found = evaluation.area_need(area="Kent", strata=[KENT])

    assert found.values["label"] == "synthetic estimate"
    assert "Synthetic: national proportions" in found.sentence
    assert found.interval is not None
    assert [round(float(part or 0), -2) for part in (found.interval.low, found.interval.high)] == [
        43_700,
        54_200,
    ]


def test_recorded_offences_stand_beside_the_estimate_and_are_not_people() -> None:
    found = evaluation.area_need(area="Kent", strata=[KENT], recorded=882)

    assert found.values["recorded_per_100"] == pytest.approx(1.83, abs=0.01)
    assert "Recorded offences are not people" in found.sentence


def test_nobody_stalked_has_no_share_recorded() -> None:
    found = evaluation.area_need(
        area="Nowhere", strata=[{"population": 10, "prevalence": 0, "low": 0, "high": 0}], recorded=1
    )

    assert found.values["recorded_per_100"] is None


def test_rounding_alone_is_the_range_where_nothing_else_is_known() -> None:
    found = evaluation.area_need(area="Kent", strata=[{"population": 1000, "prevalence": 0.032}])

    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((31.5, 32.5))


def test_ranges_add_as_they_are_and_sampling_errors_by_their_squares() -> None:
    def group(*, sampled: bool) -> Stratum:
        return Stratum(name="a", population=100, prevalence=0.5, low=0.4, high=0.6, sampled=sampled)

    ranges = combined([group(sampled=False)] * 2)
    sampled = combined([group(sampled=True)] * 2)

    assert ranges == pytest.approx((100, 80, 120))
    assert sampled == pytest.approx((100, 100 - 200**0.5, 100 + 200**0.5))


def test_the_interval_over_strata_covers_the_sum() -> None:
    random = np.random.default_rng(7)
    shares, sizes, people = np.array([0.04, 0.023, 0.088]), np.array([4000, 4000, 600]), [7e5, 7e5, 6e4]
    truth = float(shares @ people)

    covered = 0
    for _ in range(300):
        counts = random.binomial(sizes, shares)
        strata = [
            {"population": population, "prevalence": count / size, "n": int(size)}
            for population, count, size in zip(people, counts, sizes, strict=True)
        ]
        interval = evaluation.area_need(area="Made-up", strata=strata).interval
        covered += interval is not None and (interval.low or 0) <= truth <= (interval.high or 0)

    assert covered / 300 >= 0.92


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"area": " ", "strata": [KENT]}, "area: is needed"),
        ({"area": "Kent", "strata": []}, "strata: must have at least 1"),
        ({"area": "Kent", "strata": [5]}, r"strata\[0\]: must be an object"),
        ({"area": "Kent", "strata": [{**KENT, "age": 1}]}, r"strata\[0\]: must be one of"),
        ({"area": "Kent", "strata": [{**KENT, "n": 100}]}, r"strata\[0\]: must have n or limits, not both"),
        ({"area": "Kent", "strata": [{"prevalence": 0.1}]}, r"strata\[0\].population: must be a number"),
        (
            {"area": "Kent", "strata": [{"population": 5, "prevalence": 0.1, "low": 0.05}]},
            r"strata\[0\].low: and high go together",
        ),
        (
            {"area": "Kent", "strata": [KENT, {"population": 5, "prevalence": 0.1, "n": 10}]},
            "strata: must all have n, or all be without it",
        ),
        (
            {"area": "Kent", "strata": [{"population": 0, "prevalence": 0.1}]},
            "strata: must have a person in them",
        ),
        ({"area": "Kent", "strata": [KENT], "recorded": -1}, "recorded: must not be negative"),
    ],
)
def test_bad_input_names_the_field_and_the_rule(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInputError, match=words):
        evaluation.area_need(**arguments)
