"""Every evaluation function by name; nothing is imported before it is asked for."""

import importlib
from collections.abc import Callable
from typing import cast

from desist_evaluation.checks import InvalidInputError
from desist_evaluation.result import Result

#: function -> (the module that holds it, one line of help)
FUNCTIONS = {
    "area_change": ("force_comparison", "Two periods of a per-force file, never over unequal times"),
    "area_counts": ("force_files", "A public per-force file with its dirt named"),
    "area_need": ("need", "A synthetic estimate of the people stalked in an area"),
    "baseline_corrected_tau": ("trends", "Two phases of a diary without the baseline's trend"),
    "benefit_cost": ("costs", "Benefit over cost, one account at a time"),
    "binomial_test": ("exact_tests", "A count of people against a published proportion, exactly"),
    "bootstrap_survival": ("resampling", "Percentile intervals of survival by resampling people"),
    "break_even": ("costs", "How many cases must be averted to pay for a cost"),
    "caseload_change": ("caseload", "A rise in a service's caseload with base, periods and interval"),
    "chi_square": ("exact_tests", "Pearson's chi-square of a table"),
    "clinical_cutoffs": ("change", "Where a score leaves the clinical range"),
    "clopper_pearson": ("proportions", "A proportion with its exact interval"),
    "cost_per_place": ("costs", "Grant and match funding over places"),
    "cox_ph": ("cox", "Hazard ratios adjusted for each other"),
    "cumulative_incidence": ("competing", "The share with an event where custody or death may come first"),
    "expected_regression_to_mean": (
        "regression_to_mean",
        "How far people chosen at their worst move back by themselves",
    ),
    "fisher_exact": ("exact_tests", "Fisher's exact test of a 2 x 2 table"),
    "follow_up": ("following", "Time at risk from episodes, events and gaps"),
    "funnel_limits": ("funnels", "How far chance alone spreads an area's proportion"),
    "implied_cost": ("costs", "The cost behind a published benefit-cost ratio"),
    "implied_population": ("prevalence", "The population behind a published count and proportion"),
    "interrupted_time_series": ("time_series", "A series of counts before and after a change"),
    "iptw": ("weighting", "A comparison group weighted to be alike"),
    "kaplan_meier": ("survival", "The share without an event over time"),
    "kendall_tau_b": ("trends", "Rank correlation with ties"),
    "landmark": ("landmarks", "Completers against the rest from a landmark day on"),
    "logrank_test": ("logrank", "Whether groups differ in the time to their first event"),
    "minimum_detectable_effect": ("power", "The smallest difference that two arms can show"),
    "newcombe_difference": ("proportions", "The difference of two proportions"),
    "overdispersion_phi": ("funnels", "How far areas scatter beyond chance"),
    "overlap": ("single_case", "Non-overlap of two phases of a diary"),
    "ph_test": ("hazards", "Whether hazards stay proportional"),
    "poisson_exact_ci": ("rates", "A rate with its exact interval"),
    "pre_post": ("before_after", "Before and after, with a comparator or what chance selection would give"),
    "prevalence_count": ("prevalence", "A published proportion in numbers of people"),
    "proportion": ("proportions", "A proportion with Wilson's interval"),
    "rate_ratio_exact": ("rates", "The ratio of two rates over their own exposures"),
    "release_together": ("together", "Counts that leave one after another, and tell no small one together"),
    "reliable_change_index": ("change", "Whether one score moved by more than measurement error"),
    "reliable_change_table": ("change", "How many reliably improved, did not change, or got worse"),
    "risk_ratio": ("proportions", "The ratio of two proportions"),
    "sample_size_two_proportions": ("power", "People needed to tell two proportions apart"),
    "schoenfeld_events": ("power", "Events needed to see a hazard ratio"),
    "sign_test": ("exact_tests", "Whether more people improved than got worse"),
    "single_arm_exact": ("power", "People needed to tell one arm from a fixed proportion"),
    "standardised_mean_difference": ("weighting", "How far apart two arms are on one characteristic"),
    "suppress": ("disclosure", "A table that may leave: small counts withheld, and others with them"),
    "survey_ci": ("prevalence", "A survey's proportion with its design factor"),
    "tau_u": ("trends", "Tau between two phases less the baseline's trend"),
    "weighted_hazard_ratio": ("weighted_hazards", "A hazard ratio with the arms weighted to be alike"),
    "wilson": ("proportions", "A proportion with Wilson's score interval"),
}


def find(name: str) -> Callable[..., Result]:
    """Return the function of that name. Raises `InvalidInputError` where there is none."""
    if name not in FUNCTIONS:
        raise InvalidInputError("function", f"must be one of {', '.join(FUNCTIONS)}, not {name!r:.60}")
    module = importlib.import_module(f"desist_evaluation.{FUNCTIONS[name][0]}")
    return cast("Callable[..., Result]", getattr(module, name))
