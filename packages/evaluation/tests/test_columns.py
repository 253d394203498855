"""Published tables in the place of lists."""

import pytest
from lifelines.datasets import load_rossi

import desist_evaluation as evaluation
from desist_evaluation import InvalidInputError, published, requests


def test_a_column_with_a_value_keeps_the_rows_that_have_it() -> None:
    everyone, some = (
        requests.answer(function="kaplan_meier", arguments={"dataset": "rossi", **kept}).n
        for kept in ({}, {"fin": 1, "race": 0})
    )

    rows = load_rossi().query("fin == 1 and race == 0")
    assert (everyone, some) == (432, len(rows))


def test_covariates_can_be_a_list_or_a_text_of_names() -> None:
    found = [
        requests.answer(function="cox_ph", arguments={"dataset": "rossi", "covariates": names}).estimate
        for names in ("fin, age", ["fin", "age"])
    ]

    assert found[0] == found[1]


def test_gehans_pairs_have_a_log_rank_of_16_8() -> None:
    found = requests.answer(function="logrank_test", arguments={"dataset": "gehan"})

    assert found.values["chi2"] == pytest.approx(16.79, abs=0.01)
    assert found.values["observed"] == pytest.approx([9, 21])


def test_sicilys_slope_can_change_too() -> None:
    found = requests.answer(
        function="interrupted_time_series",
        arguments={"dataset": "sicily", "terms": "smokban+time+smokban:time"},
    )

    assert "slope_change" in found.as_dict()["terms"]  # type: ignore[operator]  # a mapping of terms


def test_one_minus_kaplan_meier_doubles_the_risk_of_the_usual_example() -> None:
    found = requests.answer(
        function="cumulative_incidence", arguments={"dataset": "mgus2", "times": [240]}
    ).values

    assert found["one_minus_km_cause1_at_240"] == pytest.approx(0.210, abs=5e-4)
    assert found["cif1"] == pytest.approx([0.100], abs=5e-4)


@pytest.mark.parametrize(
    ("function", "arguments", "message"),
    [
        ("kaplan_meier", {"dataset": "rossi", "group": "fin"}, "group: is not an argument of kaplan_meier"),
        ("logrank_test", {"dataset": "mgus2"}, "group: must be one of etime, event"),
        ("cox_ph", {"dataset": "mgus2"}, "covariates: must be a list"),
    ],
)
def test_a_column_is_named_where_the_table_has_no_usual_one(
    function: str, arguments: dict[str, object], message: str
) -> None:
    with pytest.raises(InvalidInputError, match=message):
        requests.answer(function=function, arguments=arguments)


def test_the_bbcs_table_has_39_forces() -> None:
    found = evaluation.overdispersion_phi(
        observed=published.orders()["granted"], denominators=published.orders()["incidents"]
    )

    assert (found.n, found.events) == (39, 281)
    assert found.estimate == pytest.approx(8.4955, abs=1e-4)
