"""Bad input: a sentence that names the field and the rule, from every function."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from desist_evaluation import checks, registry, requests

CASES = list(csv.DictReader(Path(__file__).with_name("cases.csv").read_text().splitlines()))
T, E = [5, 8, 13, 21, 30, 34, 41, 50, 55, 60, 61, 70], [1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1, 0]
X = [1, 2, 3, 4, 1, 5, 2, 3, 1, 4, 2, 6]
GROUP = ["a", "b"] * 6
COX = {"t": T, "e": E, "covariates": {"x": X}}
PERSON = {"person": "p1", "start": "2025-01-01"}
FOLLOW: dict[str, Any] = {"episodes": [PERSON], "outcome": ["stalking"], "data_cut": "2025-12-31"}
SERIES: dict[str, Any] = {"counts": [5, 6, 7, 5, 6, 4, 3, 4], "intervention": [0, 0, 0, 0, 1, 1, 1, 1]}
ARMS = {"A": {"s": [1, 5], "l": [2, 6]}, "B": {"s": [2, 5], "l": [3, 6]}}
ROWS = {
    "treated": [0, 1, 0, 1, 0, 1],
    "outcome": [0, 1, 1, 0, 0, 1],
    "covariates": {"age": [1, 2, 3, 1, 2, 2]},
}
TABLE: dict[str, Any] = {
    "pre": [10, 20],
    "post": [12, 30],
    "sd": 5,
    "reliability": 0.8,
    "higher_is_better": True,
}

BAD: list[tuple[str, dict[str, Any], str]] = [
    ("clopper_pearson", {"events": -1, "n": 20}, "events: must not be negative"),
    ("clopper_pearson", {"events": 21, "n": 20}, "events: must not be more than n"),
    ("clopper_pearson", {"events": 0, "n": 0}, "n: must be at least 1"),
    ("clopper_pearson", {"events": 1.5, "n": 20}, "events: must be a whole number"),
    ("clopper_pearson", {"events": float("nan"), "n": 20}, "events: must be a finite number"),
    ("clopper_pearson", {"events": True, "n": 20}, "events: must be a number, not True"),
    ("clopper_pearson", {"events": "4", "n": 20}, "events: must be a number, not '4'"),
    ("clopper_pearson", {"events": None, "n": 20}, "events: must be a number, not None"),
    ("clopper_pearson", {"events": 1, "n": 10**12}, "n: must be at most 10,000,000,000"),
    ("clopper_pearson", {"events": 1, "n": 10**400}, "n: must be one number that fits"),
    ("clopper_pearson", {"events": np.array([1, 2]), "n": 10}, "events: must be one number that fits"),
    ("clopper_pearson", {"events": 1, "n": 10, "level": 1}, "level: must lie between 0 and 1"),
    ("clopper_pearson", {"n": 10}, "events: is needed"),
    ("clopper_pearson", {"events": 1, "n": 10, "x": 1}, "x: is not an argument of clopper_pearson"),
    ("no_such", {}, "function: must be one of"),
    ("wilson", {"events": 1, "n": 10, "about": 3}, "about: must be an object"),
    ("wilson", {"events": 1, "n": 10, "about": {"who": 1}}, "about: must be one of"),
    ("wilson", {"events": 1, "n": 10, "about": {"design": "magic"}}, "about.design: must be one of"),
    ("wilson", {"events": 1, "n": 10, "about": {"analysis": "x"}}, "about.analysis: must be one of"),
    ("wilson", {"events": 1, "n": 10, "about": {"data_cut": "soon"}}, "about.data_cut: must be a day"),
    ("wilson", {"events": 1, "n": 10, "about": {"missing": -3}}, "about.missing: must not be negative"),
    ("wilson", {"dataset": "rossi"}, "dataset: must be one that wilson can use"),
    ("kaplan_meier", {"dataset": "nobody"}, "dataset: must be one of"),
    ("kaplan_meier", {"dataset": ""}, "dataset: must be one of"),
    ("kaplan_meier", {"dataset": "rossi", "duration": "years"}, "duration: must be one of"),
    ("kaplan_meier", {"dataset": "rossi", "fin": 7}, "t: must have at least 1 entries"),
    ("interrupted_time_series", {"dataset": "sicily", "terms": "time+moon"}, "terms: must be one of"),
    ("interrupted_time_series", {"dataset": "sicily", "offset": "pop"}, "offset: must be one of"),
    ("newcombe_difference", {"a": 3, "n1": 2, "b": 1, "n2": 5}, "a: must not be more than n1"),
    ("risk_ratio", {"a": 1, "n1": 2, "b": 9, "n2": 5}, "b: must not be more than n2"),
    ("binomial_test", {"events": 1, "n": 4, "p0": 2}, "p0: must be from 0 to 1"),
    ("sign_test", {"improved": 0, "worsened": 0}, "improved: must not be zero together with worsened"),
    ("fisher_exact", {"table": [[1, 2], [3]]}, "table"),
    ("fisher_exact", {"table": [[1, 2, 3], [3, 4, 5]]}, "table: must have 2 rows and 2 columns"),
    ("fisher_exact", {"table": [[1, 2, 3], [3, 4]]}, "table: must have rows of equal length"),
    ("fisher_exact", {"table": [[0, 0], [0, 0]]}, "table: must not be empty"),
    ("fisher_exact", {"table": [[0, -1], [0, 3]]}, "table[0][1]: must not be negative"),
    ("fisher_exact", {"table": [[1, 2], [3, 4]], "alternative": "more"}, "alternative: must be one of"),
    ("chi_square", {"table": [[0, 0], [1, 3]]}, "table: must not have an empty row or column"),
    ("chi_square", {"table": "x"}, "table: must be a list"),
    ("chi_square", {"table": [[1, 2], [3, 4]], "yates": 1}, "yates: must be true or false"),
    ("poisson_exact_ci", {"events": 3}, "exposure: or population is needed"),
    ("poisson_exact_ci", {"events": 3, "exposure": 1, "population": 1}, "exposure: or population is needed"),
    ("poisson_exact_ci", {"events": 3, "exposure": 0}, "exposure: must be above zero"),
    ("poisson_exact_ci", {"events": 3, "population": 5e-324}, "population: is too small"),
    ("rate_ratio_exact", {"a": 1, "ta": -1, "b": 1, "tb": 1}, "ta: must be above zero"),
    ("rate_ratio_exact", {"a": 1, "ta": 1e-300, "b": 1, "tb": 1}, "ta: and tb must be of comparable size"),
    ("kaplan_meier", {"t": [1, 2], "e": [1]}, "e: must be as long as t"),
    ("kaplan_meier", {"t": [], "e": []}, "t: must have at least 1 entries"),
    ("kaplan_meier", {"t": [-3, 2], "e": [1, 0]}, "t: must not be negative, not -3: an end before the start"),
    ("kaplan_meier", {"t": [1, 2], "e": [1, 2]}, "e: must be a whole number from 0 to 1"),
    ("kaplan_meier", {"t": [1, 2], "e": [1, 0.5]}, "e: must be a whole number from 0 to 1"),
    ("kaplan_meier", {"t": [1, float("nan")], "e": [1, 0]}, "t: must hold finite numbers"),
    ("kaplan_meier", {"t": ["a", "b"], "e": [1, 0]}, "t: must hold numbers"),
    ("kaplan_meier", {"t": [[1], [2]], "e": [1, 0]}, "t: must be a flat list"),
    ("kaplan_meier", {"t": [1, [2]], "e": [1, 0]}, "t: must be a flat list"),
    ("kaplan_meier", {"t": [1, {}], "e": [1, 0]}, "t[1]: must be a number"),
    ("kaplan_meier", {"t": [None, 1], "e": [1, None]}, "t: must have at least one person whose time and event are known"),
    ("kaplan_meier", {"t": {"1": 2}, "e": [1]}, "t: must be a list"),
    ("kaplan_meier", {"t": T, "e": E, "ci": "exact"}, "ci: must be one of"),
    ("kaplan_meier", {"t": T, "e": E, "times": [9, 3]}, "times: must not be negative and must be in order"),
    ("kaplan_meier", {"t": T, "e": E, "times": [-1]}, "times: must not be negative and must be in order"),
    ("cumulative_incidence", {"t": T, "event": [99, *E[1:]]}, "event: must be a code from 0"),
    ("cumulative_incidence", {"t": T, "event": [-1, *E[1:]]}, "event: must not be negative"),
    ("logrank_test", {"t": T, "e": E, "group": ["a"] * 12}, "group: must name at least two groups"),
    ("logrank_test", {"t": T, "e": E, "group": ["a"]}, "group: must be as long as t"),
    ("logrank_test", {"t": T, "e": E, "group": [*GROUP[1:], None]}, "group: must name a group for everyone"),
    ("logrank_test", {"t": [None, *T[1:]], "e": E, "group": GROUP}, "t: must be known for everyone compared"),
    ("landmark", {"t": T, "e": E, "exposed_at": [None], "landmark": 5}, "exposed_at: must be as long as t"),
    ("landmark", {"t": [None, *T[1:]], "e": E, "exposed_at": [None] * 12, "landmark": 5}, "t: must be known"),
    ("landmark", {"t": T, "e": E, "exposed_at": [90] * 12, "landmark": 5}, "exposed_at: must not be after t"),
    ("landmark", {"t": T, "e": E, "exposed_at": [None] * 12, "landmark": 5}, "landmark: must leave people in both"),
    ("landmark", {"t": T, "e": E, "exposed_at": [-1] * 12, "landmark": 5}, "exposed_at[0]: must not be negative"),
    ("cox_ph", {"t": T, "e": E, "covariates": {}}, "covariates: must name at least one covariate"),
    ("cox_ph", {"t": T, "e": E, "covariates": {"x": X[1:]}}, "covariates.x: must be as long as t"),
    ("cox_ph", {"t": T, "e": E, "covariates": {"x": [2] * 12}}, "covariates.x: must vary"),
    ("cox_ph", {"t": T, "e": E, "covariates": {"x": X, "y": [2 * x for x in X]}}, "covariates: must not repeat"),
    ("cox_ph", {"t": T, "e": [0] * 12, "covariates": {"x": X}}, "e: must have at least one event"),
    ("cox_ph", {"t": [None, *T[1:]], "e": E, "covariates": {"x": X}}, "t: must be known for everyone"),
    ("cox_ph", {**COX, "term": "y"}, "term: must be one of x"),
    ("cox_ph", {**COX, "ties": "exact"}, "ties: must be one of"),
    ("cox_ph", {"t": T, "e": E, "covariates": {"x": E}}, "covariates: must not separate"),
    ("cox_ph", {"t": T, "e": E, "covariates": {"x": E}, "ties": "breslow"}, "covariates: must not separate"),
    ("ph_test", {"t": [0, *T[1:]], "e": E, "covariates": {"x": X}, "transform": "log"}, "transform: must not be log"),
    ("reliable_change_index", {"pre": 1, "post": 2, "sd": 0, "reliability": 0.8}, "sd: must be above zero"),
    ("reliable_change_index", {"pre": 1, "post": 2, "sd": 1, "reliability": 1}, "reliability: must be below 1"),
    ("clinical_cutoffs", {"clinical_mean": 40, "clinical_sd": 7, "normal_mean": 60, "higher_is_better": True}, "normal_mean: and normal_sd are needed together"),
    ("clinical_cutoffs", {"clinical_mean": 40, "clinical_sd": 7, "normal_mean": 30, "normal_sd": 5, "higher_is_better": True}, "normal_mean: must lie on the better side"),
    ("reliable_change_table", {**TABLE, "post": [1]}, "post: must be as long as pre"),
    ("expected_regression_to_mean", {"mu": 5, "sd": 1, "reliability": 0.5, "cutoff": 500}, "cutoff: must be within 100 sd"),
    ("expected_regression_to_mean", {"mu": 5, "sd": 1, "reliability": 0.5, "cutoff": 6, "selection": "x"}, "selection: must be one of"),
    ("pre_post", {"pre": [1, 2], "post": [1]}, "post: must be as long as pre"),
    ("pre_post", {"pre": [1, None], "post": [1, 2]}, "pre: must have at least two people"),
    ("pre_post", {"pre": [1.5, 2], "post": [1, 2]}, "pre[0]: must be a whole number"),
    ("pre_post", {"pre": [1, 2], "post": [1, 2], "comparator_pre": [1, 2]}, "comparator_pre: and comparator_post are needed together"),
    ("pre_post", {"pre": [1, 2], "post": [1, 2], "kind": "score"}, "null: must name mu, sd, reliability, cutoff"),
    ("pre_post", {"pre": [1, 2], "post": [1, 2], "kind": "score", "post_days": 2}, "post_days: must equal pre_days"),
    ("pre_post", {"pre": [1, 2], "post": [1, 2], "null": 3}, "null: must be an object"),
    ("pre_post", {"pre": [1, 2], "post": [1, 2], "null": {"selected_from": 10**6}}, "null.mean: must leave some people"),
    ("overlap", {"A": [1, 2], "B": []}, "B: must have at least 1 entries"),
    ("overlap", {"A": [None], "B": [1]}, "A: must have at least one day with a value"),
    ("overlap", {"A": [1], "B": [1], "improvement": "up"}, "improvement: must be one of"),
    ("kendall_tau_b", {"x": [1, 2], "y": [1, 2, 3]}, "y: must be as long as x"),
    ("baseline_corrected_tau", {"A": [1], "B": [1], "correct": "maybe"}, "correct: must be one of"),
    ("cost_per_place", {"grant": 5, "places": 0}, "places: must be at least 1"),
    ("cost_per_place", {"grant": -5, "places": 1}, "grant: must not be negative"),
    ("implied_cost", {"benefit": 5, "bcr": 0.4, "decimals": 0}, "bcr: must be larger than its rounding error"),
    ("break_even", {"cost": 5, "unit_cost": 5, "unit_cost_low": 6}, "unit_cost: must lie from unit_cost_low"),
    ("benefit_cost", {"benefit": 5, "cost": 5, "benefit_high": 4}, "benefit: must lie from benefit_low"),
    ("sample_size_two_proportions", {"p1": 0.3, "p2": 0.3}, "p2: must differ from p1"),
    ("schoenfeld_events", {"hazard_ratio": 1}, "hazard_ratio: must differ from 1"),
    ("single_arm_exact", {"p0": 0.3, "p1": 0.3}, "p1: must differ from p0"),
    ("single_arm_exact", {"p0": 0.3, "p1": 0.299}, "p1: is so near p0"),
    ("minimum_detectable_effect", {"p1": 0.3, "n_per_arm": 1}, "n_per_arm: must be at least 2"),
    ("funnel_limits", {"target": 0.3, "n": 20, "phi": 0.5}, "phi: must be 1 or more"),
    ("funnel_limits", {"target": 0.3, "n": 20, "method": "guess"}, "method: must be one of"),
    ("overdispersion_phi", {"observed": [1, 2]}, "expected: or denominators is needed"),
    ("overdispersion_phi", {"observed": [1, 2], "expected": [1]}, "expected: must be as long as observed"),
    ("overdispersion_phi", {"observed": [1, 2], "denominators": [1, 0]}, "denominators: must be above zero"),
    ("overdispersion_phi", {"observed": [1, 2], "expected": [1, 2], "z": "O-E"}, "z: must be one of"),
    ("interrupted_time_series", {**SERIES, "intervention": [0] * 8}, "intervention: must be 0 before and 1 after"),
    ("interrupted_time_series", {**SERIES, "intervention": [0, 1]}, "intervention: must be as long as counts"),
    ("interrupted_time_series", {**SERIES, "exposure": [0] * 8}, "exposure: must be above zero"),
    ("interrupted_time_series", {**SERIES, "counts": [0] * 8}, "counts: must not all be zero"),
    ("interrupted_time_series", {**SERIES, "harmonics": 4}, "counts: are too few"),
    ("iptw", {}, "A: and B are needed"),
    ("iptw", {"A": [1], "B": {}}, "A: must be an object of strata"),
    ("iptw", {**ARMS, "B": {"s": [1, 5]}}, "B: must have the strata of A"),
    ("iptw", {**ARMS, "B": {"s": [1, 5, 6], "l": [1, 2]}}, "B.s: must be [events, people]"),
    ("iptw", {**ARMS, "B": {"s": [7, 5], "l": [1, 2]}}, "B.s[0]: must not be more than"),
    ("iptw", {"A": {"s": [1, 10**7]}, "B": {"s": [1, 5]}}, "A: and B must not have more than"),
    ("iptw", {**ROWS, "covariates": {}}, "covariates: must name at least one"),
    ("iptw", {**ROWS, "outcome": [1]}, "outcome: must be as long as treated"),
    ("iptw", {**ROWS, "outcome": [0, 1, 1, 0, 0, 2]}, "outcome: must be 0 or 1"),
    ("iptw", {**ROWS, "treated": [0] * 6}, "treated: must have people in both arms"),
    ("iptw", {**ROWS, "covariates": {"age": [1] * 6}}, "covariates: must vary"),
    ("iptw", {**ROWS, "covariates": {"age": [1, 9, 2, 8, 1, 7]}}, "covariates: must not decide who was treated"),
    ("standardised_mean_difference", {"treated": [1, 1], "untreated": [1, 1]}, "treated: and untreated must vary"),
    ("bootstrap_survival", {"t": T, "e": E, "times": [5], "seed": 1, "replicates": 10**6}, "replicates: must be at most"),
    ("bootstrap_survival", {"t": T, "e": E, "times": None, "seed": 1}, "times: is needed"),
    ("follow_up", {**FOLLOW, "episodes": [PERSON, PERSON]}, "episodes[1].person: must not appear twice"),
    ("follow_up", {**FOLLOW, "episodes": [{**PERSON, "end": "2024-01-01"}]}, "episodes[0].end: must not be before start"),
    ("follow_up", {**FOLLOW, "episodes": [{"start": "2025-01-01"}]}, "episodes[0].person: is needed"),
    ("follow_up", {**FOLLOW, "episodes": [{**PERSON, "shoe": 4}]}, "episodes[0].shoe: is not known"),
    ("follow_up", {**FOLLOW, "episodes": [3]}, "episodes[0]: must be an object"),
    ("follow_up", {**FOLLOW, "episodes": [{**PERSON, "start": "31/12/2025"}]}, "episodes[0].start: must be a day"),
    ("follow_up", {**FOLLOW, "gaps": [4]}, "gaps[0]: must be an object"),
    ("follow_up", {**FOLLOW, "gaps": [{"person": "p1", "from": "2025-03-01", "to": "2025-02-01"}]}, "gaps[0].end: must not be before start"),
    ("follow_up", {**FOLLOW, "events": [{"person": "p1", "date": "2025-03-01"}]}, "events[0].kind: is needed"),
    ("follow_up", {**FOLLOW, "competing": ["stalking"]}, "competing: must not name a kind that outcome names"),
    ("follow_up", {**FOLLOW, "outcome": []}, "outcome: must have at least 1 entries"),
    ("follow_up", {**FOLLOW, "lag_days": 10**7}, "lag_days: must not reach before"),
    ("follow_up", {**FOLLOW, "data_cut": "2024-12-31"}, "episodes: must have someone to follow; people who started after"),
    ("follow_up", {**FOLLOW, "time_zero": "birth"}, "time_zero: must be one of"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("function", "arguments", "message"), BAD, ids=[f"{row[0]} {row[2]}"[:70] for row in BAD]
)
def test_bad_input_is_refused_with_the_field_and_the_rule(
    function: str, arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError) as refusal:  # noqa: PT011  # the message is what is tested, below
        requests.answer(function=function, arguments=arguments)

    assert str(refusal.value).startswith(message), str(refusal.value)


def test_every_function_refuses_no_arguments() -> None:
    for name in registry.FUNCTIONS:
        with pytest.raises(ValueError, match="need"):
            requests.answer(function=name, arguments={})


def test_a_long_value_is_cut_in_the_message() -> None:
    with pytest.raises(checks.InvalidInputError) as refusal:
        checks.number(field="n", value="9" * 10_000)

    assert len(str(refusal.value)) < 120


ODD: list[Any] = [
    *(None, True, -1, 0, 0.5, 1e308, 10**400, "", "x", [], [None], [[]], [[1], 2], {}, {"a": 1}, [1, "x"]),
    *(
        [1, float("nan")],
        float("inf"),
        [10**30, 1],
        {"a": [1, 2]},
        {"a": None},
        [{}],
        [None] * 12,
        ["x"] * 12,
    ),
]
VALID: list[tuple[str, dict[str, Any]]] = [
    *(
        (case["function"], json.loads(case["inputs"]))
        for case in CASES
        if case["function"] in registry.FUNCTIONS
    ),
    ("cox_ph", COX),
    ("ph_test", COX),
    ("logrank_test", {"t": T, "e": E, "group": GROUP}),
    ("landmark", {"t": T, "e": E, "exposed_at": [3, None] * 6, "landmark": 7}),
    ("follow_up", {**FOLLOW, "events": [], "gaps": [], "competing": ["death"], "lag_days": 3, "horizon": 90}),
    ("pre_post", {"pre": [1, 2, 3], "post": [1, 1, 0], "null": {}, "pre_days": 1, "post_days": 2, "seed": 1}),
    (
        "interrupted_time_series",
        {**SERIES, "covariates": {}, "exposure": [1] * 8, "harmonics": 0, "period": 4},
    ),
    ("iptw", ARMS),
    ("reliable_change_table", {**TABLE, "cutoff": 3}),
    ("bootstrap_survival", {"t": T, "e": E, "times": [5], "seed": 1, "replicates": 100}),
    ("standardised_mean_difference", {"treated": [1, 2], "untreated": [2, 3]}),
    ("baseline_corrected_tau", {"A": [1, 2, 3], "B": [3, 4, 5], "alpha": 0.1}),
    ("break_even", {"cost": 5, "unit_cost": 7, "unit_cost_low": 6, "unit_cost_high": 8}),
    ("benefit_cost", {"benefit": 5, "cost": 7, "benefit_low": 4, "benefit_high": 8}),
    ("minimum_detectable_effect", {"p1": 0.5, "n_per_arm": 40, "alpha": 0.05, "power": 0.8}),
]


@pytest.mark.parametrize(("function", "arguments"), VALID, ids=[name for name, _ in VALID])
def test_one_odd_argument_gives_a_result_or_a_refusal_in_words(
    function: str, arguments: dict[str, Any]
) -> None:
    for name in arguments:
        for value in ODD:
            try:
                text = requests.answer(function=function, arguments={**arguments, name: value}).to_json()
            except ValueError as refusal:
                text = str(refusal)
            assert len(text) > 0
