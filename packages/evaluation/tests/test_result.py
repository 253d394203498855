"""What every figure carries, and what no figure can say."""

import json
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from typing import Any

import numpy as np
import pytest

import desist_evaluation as evaluation
from desist_evaluation import (
    About,
    Analysis,
    Design,
    Estimand,
    Grade,
    InvalidInputError,
    OverclaimError,
    Unit,
)
from desist_evaluation.result import VERSION, Interval, Result, result
from desist_evaluation.wording import refuse_overclaim


def figure(changes: Mapping[str, Any]) -> Result:
    return result("example", **{"inputs": {"n": 1}, "finding": "One of two", **changes})


def test_a_result_carries_all_that_is_needed_to_read_it() -> None:
    estimand = Estimand(
        population="everyone referred", time_zero="referral", outcome="new stalking", censoring="none"
    )
    about = About(estimand=estimand, data_cut=date(2026, 3, 31), missing=2)

    found = evaluation.clopper_pearson(events=4, n=29, about=about).as_dict()

    assert set(found) >= {
        "estimate", "interval", "n", "events", "missing", "estimand", "grade", "warnings",
        "data_cut", "version", "input_hash", "sentence",
    }  # fmt: skip
    assert found["estimand"] == {
        "population": "everyone referred",
        "time_zero": "referral",
        "outcome": "new stalking",
        "censoring": "none",
        "analysis": "intention to treat",
    }
    assert (found["missing"], found["data_cut"]) == (2, "2026-03-31")


def test_the_version_is_the_packages() -> None:
    assert version("desist-evaluation") == VERSION


@pytest.mark.parametrize(
    ("design", "grade"),
    [
        (Design.RANDOMISED, Grade.A),
        (Design.ADJUSTED, Grade.B),
        (Design.INTERRUPTED, Grade.C),
        (Design.UNADJUSTED, Grade.D),
        (Design.NONE, Grade.E),
    ],
)
def test_a_comparison_has_the_grade_of_its_design(design: Design, grade: Grade) -> None:
    found = evaluation.risk_ratio(a=1, n1=10, b=2, n2=10, about=About(design=design))

    assert found.grade is grade


def test_a_figure_without_a_comparison_stays_at_e_whatever_the_caller_says() -> None:
    found = evaluation.clopper_pearson(events=1, n=10, about=About(design=Design.RANDOMISED))

    assert found.grade is Grade.E


def test_a_landmark_of_a_trial_is_not_randomised_any_more() -> None:
    found = evaluation.landmark(
        t=[30, 40, 50, 60],
        e=[1, 0, 1, 1],
        exposed_at=[6, 7, None, None],
        landmark=10,
        about=About(design=Design.RANDOMISED),
    )

    assert found.grade is Grade.D


def test_per_protocol_undoes_randomisation() -> None:
    about = About(design=Design.RANDOMISED, estimand=Estimand(analysis=Analysis.PER_PROTOCOL))

    found = evaluation.newcombe_difference(a=1, n1=10, b=2, n2=10, about=about)

    assert found.grade is Grade.D


def test_the_sentence_says_what_the_figure_cannot_show() -> None:
    sentence = evaluation.newcombe_difference(a=0, n1=14, b=4, n2=15, about=About(missing=3)).sentence

    assert "-52.0 percentage points to +0.0 percentage points" in sentence
    assert "The interval includes no difference." in sentence
    assert "3 missing." in sentence
    assert "cannot show that the programme caused a difference" in sentence


def test_an_interval_without_a_limit_is_written_so_and_includes_what_lies_beyond() -> None:
    open_below = Interval.of(low=-np.inf, high=2, method="m", level=0.95)
    open_above = Interval.of(low=0.5, high=np.inf, method="m", level=0.95)

    sentences = [
        figure({"interval": interval, "no_difference": 1}).sentence for interval in (open_below, open_above)
    ]

    assert all("no limit" in sentence and "includes no difference" in sentence for sentence in sentences)


def test_a_range_is_not_called_a_confidence_interval() -> None:
    interval = Interval.of(low=1, high=-2, method="m", level=1)

    sentence = figure({"interval": interval, "unit": Unit.POUNDS}).sentence

    assert "(range £1.00 to -£2.00, m)" in sentence


@pytest.mark.parametrize(
    "text",
    [
        "proven to work",
        "Proven",
        "a success rate of 79%",
        "SUCCESS RATES",
        "success-rate",
        "success_rate",
        "successful rate",
        "suc\u00adcess rate",
        "\uff30\uff32\uff2f\uff36\uff25\uff2e",
        "unproven",
    ],
)
def test_no_result_can_be_made_with_an_overclaiming_word_anywhere(text: str) -> None:
    places: list[Mapping[str, Any]] = [
        {"finding": text},
        {"warnings": [text]},
        {"values": {"label": text}},
        {"values": {text: 1}},
        {"values": {"nested": [{"deep": (text,)}]}},
    ]
    for place in places:
        with pytest.raises(OverclaimError, match="claims more than a figure can show"):
            figure(place)
    with pytest.raises(OverclaimError, match=r"estimand\.outcome: this wording claims more"):
        Estimand(outcome=text)


@pytest.mark.parametrize("text", ["provenance of the data", "Provence", "rates of success in court"])
def test_ordinary_words_are_left_alone(text: str) -> None:
    refuse_overclaim(field="finding", text=text)


def test_labels_that_a_caller_gives_cannot_smuggle_a_claim_in() -> None:
    with pytest.raises(OverclaimError):
        evaluation.logrank_test(t=[1, 2, 3, 4], e=[1, 1, 1, 1], group=["proven", "proven", "b", "b"])


def test_equal_inputs_have_equal_hashes_and_others_have_others() -> None:
    first, again, other = (evaluation.wilson(events=events, n=20) for events in (4, 4, 5))

    assert first.input_hash == again.input_hash
    assert first.input_hash != other.input_hash


def test_a_hash_tells_functions_apart() -> None:
    assert (
        evaluation.wilson(events=4, n=20).input_hash != evaluation.clopper_pearson(events=4, n=20).input_hash
    )


def test_the_result_of_a_curve_cannot_be_changed() -> None:
    found = evaluation.kaplan_meier(t=[1, 2, 3], e=[1, 0, 1])
    curve = found.values["survival"]
    assert isinstance(curve, np.ndarray)

    with pytest.raises(ValueError, match="read-only"):
        curve[0] = 1
    with pytest.raises(TypeError):
        found.values["survival"] = []  # type: ignore[index]  # that it cannot be set is the point


def test_json_has_no_infinity_and_no_nan() -> None:
    found = evaluation.rate_ratio_exact(a=3, ta=1, b=0, tb=1)

    read = json.loads(found.to_json(), parse_constant=pytest.fail)

    assert read["ratio"] is None
    assert read["interval"]["high"] is None


def test_a_missing_count_below_zero_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="missing: must not be negative"):
        About(missing=-1)


def test_a_data_cut_in_the_future_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="data_cut: must not be after 2026-01-01"):
        About(data_cut=date(2026, 1, 2), as_of=date(2026, 1, 1))


def test_the_package_lists_its_functions_and_knows_no_others() -> None:
    assert {"kaplan_meier", "Result"} <= set(dir(evaluation))
    with pytest.raises(AttributeError, match="no_such_function"):
        evaluation.no_such_function()


@pytest.mark.parametrize(("value", "text"), [(0.12345, "0.123"), (12345.6, "12,346"), (-1500.0, "-1,500")])
def test_numbers_are_written_for_people(value: float, text: str) -> None:
    interval = Interval.of(low=value, high=value, method="m", level=0.95)

    assert f"{text} to {text}" in figure({"interval": interval}).sentence
