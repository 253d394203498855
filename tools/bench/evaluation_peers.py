"""Run in the peers' environment: time every implementation on the same made-up people, and print JSON."""

import json
import sys
import time
import warnings
from collections.abc import Callable

import numpy as np
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from lifelines.statistics import logrank_test
from sksurv.compare import compare_survival
from sksurv.nonparametric import cumulative_incidence_competing_risks, kaplan_meier_estimator
from sksurv.util import Surv
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight, survdiff

import desist_evaluation as evaluation

Timed = dict[str, Callable[[], object]]
LAST_DAY = 1500


def people(size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return days to the first end, whether it was an event, the competing code, and the arm; from a fixed seed."""
    random = np.random.default_rng(20261124)
    event, custody, left = (random.exponential(scale, size) for scale in (900, 2500, 1800))
    days = np.minimum(np.minimum(np.minimum(event, custody), left), LAST_DAY - 1).astype(np.int64)
    codes = np.where(days == event.astype(np.int64), 1, np.where(days == custody.astype(np.int64), 2, 0))
    return days, (codes == 1).astype(np.int64), codes.astype(np.int64), random.integers(0, 2, size)


def subjects(size: int) -> dict[str, Timed]:
    """Return the timed functions, by measurement and implementation."""
    t, e, codes, arm = people(size)
    surv = Surv.from_arrays(e.astype(bool), t.astype(float))
    first = arm == 0
    return {
        "Kaplan-Meier": {
            "desist": lambda: evaluation.kaplan_meier(t=t, e=e),
            "numpy bincount": lambda: (np.bincount(t), np.bincount(t, weights=e)),
            "lifelines": lambda: KaplanMeierFitter().fit(t, e),
            "statsmodels": lambda: SurvfuncRight(t, e),
            "scikit-survival": lambda: kaplan_meier_estimator(e.astype(bool), t, conf_type="log-log"),
        },
        "log-rank": {
            "desist": lambda: evaluation.logrank_test(t=t, e=e, group=arm),
            "lifelines": lambda: logrank_test(t[first], t[~first], e[first], e[~first]),
            "statsmodels": lambda: survdiff(t, e, arm),
            "scikit-survival": lambda: compare_survival(surv, arm),
        },
        "Aalen-Johansen": {
            "desist": lambda: evaluation.cumulative_incidence(t=t, event=codes),
            "lifelines": lambda: AalenJohansenFitter(calculate_variance=False, seed=1).fit(t, codes, 1),
            "statsmodels": lambda: CumIncidenceRight(t, codes),
            "scikit-survival": lambda: cumulative_incidence_competing_risks(codes, t, conf_type="log-log"),
        },
    }


def best(call: Callable[[], object], *, patience: float) -> float:
    """Return the shortest of up to thirty runs within the patience (seconds); at least one."""
    shortest, spent = float("inf"), 0.0
    for _ in range(30):
        began = time.perf_counter()
        call()
        took = time.perf_counter() - began
        shortest, spent = min(shortest, took), spent + took
        if spent > patience:
            break
    return shortest


def measured(size: int) -> dict[str, dict[str, float | str]]:
    """Return seconds by measurement and implementation; the error's first words where a peer fails."""
    found: dict[str, dict[str, float | str]] = {}
    for subject, timed in subjects(size).items():
        found[subject] = {}
        for name, call in timed.items():
            try:
                found[subject][name] = best(call, patience=4)
            except Exception as error:  # noqa: BLE001  # a peer that cannot do it is a finding
                found[subject][name] = f"{type(error).__name__}: {error}"[:60]
    return found


def main() -> None:
    """Print the measurements of the size that the first argument names."""
    warnings.simplefilter("ignore")
    print(json.dumps(measured(int(sys.argv[1]))))  # noqa: T201  # read by the process that started this one


if __name__ == "__main__":
    main()
