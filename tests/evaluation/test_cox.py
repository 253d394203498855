"""Cox models: both ties, few events, and the two tests of proportional hazards."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.hazard_regression import PHReg

from desist import evaluation
from desist.evaluation import published
from desist.evaluation.columns import from_published
from desist.evaluation.cox import SeparationError


def test_efrons_and_breslows_ties_differ_on_the_remission_data() -> None:
    found = [
        evaluation.cox_ph(**from_published(function="cox_ph", arguments={"dataset": "gehan", "ties": ties}))
        for ties in ("efron", "breslow")
    ]

    assert [result.estimate for result in found] == pytest.approx([4.8169, 4.5231], abs=1e-4)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(st.integers(0, 10_000))
def test_lifelines_and_statsmodels_agree_on_efrons_fit(seed: int) -> None:
    random = np.random.default_rng(seed)
    x, y = random.normal(size=80), random.integers(0, 2, 80)
    t, e = np.ceil(random.exponential(20 * np.exp(-0.5 * x))), random.integers(0, 2, 80)

    found = evaluation.cox_ph(t=t, e=e, covariates={"x": x, "y": y}).values["terms"]

    fitted = PHReg(t, np.column_stack([x, y]), status=e, ties="efron").fit()
    for place, name in enumerate(("x", "y")):
        assert found[name]["coef"] == pytest.approx(fitted.params[place], abs=1e-6)  # type: ignore[index]  # as above
        assert found[name]["se"] == pytest.approx(fitted.bse[place], abs=1e-6)  # type: ignore[index]  # as above


def test_few_events_for_the_covariates_are_said() -> None:
    columns = published.gehan()

    few = evaluation.cox_ph(
        t=columns["t"], e=columns["e"], covariates={name: np.arange(42) % k for k, name in ((2, "a"), (3, "b"), (5, "c"), (7, "d"))}
    )  # fmt: skip
    enough = evaluation.cox_ph(t=columns["t"], e=columns["e"], covariates={"treatment": columns["treatment"]})

    assert any("30 events for 4 covariates" in warning for warning in few.warnings)
    assert not enough.warnings


def test_separation_is_refused_with_what_to_do() -> None:
    t = np.arange(1, 41)
    e = (t % 2).tolist()

    with pytest.raises(SeparationError, match="use fewer covariates or an exact test"):
        evaluation.cox_ph(t=t, e=e, covariates={"x": e, "y": np.arange(40) % 3})


@pytest.mark.parametrize("transform", ["km", "identity", "log", "rank"])
def test_the_score_test_has_a_test_of_all_terms_together(transform: str) -> None:
    arguments = from_published(function="ph_test", arguments={"dataset": "rossi", "transform": transform})

    found = evaluation.ph_test(**arguments).as_dict()

    together, terms = found["global"], found["terms"]
    assert isinstance(together, dict)
    assert isinstance(terms, dict)
    assert together["df"] == 7
    assert together["chi2"] > max(term["chi2"] for term in terms.values())


def test_hazards_that_cross_are_found_and_proportional_ones_are_not() -> None:
    random = np.random.default_rng(8)
    group = np.repeat([0, 1], 300)
    crossing = np.where(group, random.weibull(3, 600), random.exponential(1, 600)) * 100 + 1
    proportional = np.where(group, random.exponential(50, 600), random.exponential(100, 600)) + 1

    p = [
        evaluation.ph_test(t=times, e=np.ones(600, dtype=int), covariates={"group": group}).values["p"]
        for times in (crossing, proportional)
    ]

    assert float(str(p[0])) < 1e-6
    assert float(str(p[1])) > 0.05
