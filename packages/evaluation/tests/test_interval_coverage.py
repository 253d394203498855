"""Intervals cover what they say: by counting every outcome where that can be done, else by seeded simulation."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

import desist_evaluation as evaluation
from desist_evaluation.proportions import exact_limits, score_limits
from desist_evaluation.result import Result
from desist_evaluation.single_case import nap_limits, pairs_difference

GRID = np.linspace(0.02, 0.98, 49)


def coverage_of_proportions(limits: Callable[[int, int, float], tuple[float, float]], n: int) -> np.ndarray:
    """The chance, at each true proportion of the grid, that the interval holds it: the sum over all outcomes."""
    intervals = np.array([limits(events, n, 0.95) for events in range(n + 1)])
    chance = stats.binom.pmf(np.arange(n + 1)[:, None], n, GRID)
    held = (intervals[:, :1] <= GRID) & (intervals[:, 1:] >= GRID)
    return np.asarray((chance * held).sum(axis=0))


def holds(result: Result, truth: float) -> bool:
    interval = result.interval
    assert interval is not None
    low = -np.inf if interval.low is None else interval.low
    high = np.inf if interval.high is None else interval.high
    return bool(low <= truth <= high)


def covered(
    simulate: Callable[[np.random.Generator], Result], truth: float, *, times: int, seed: int = 7
) -> float:
    random = np.random.default_rng(seed)
    return float(np.mean([holds(simulate(random), truth) for _ in range(times)]))


@pytest.mark.parametrize("n", [14, 29, 80])
def test_clopper_pearson_never_covers_less_than_it_says(n: int) -> None:
    assert coverage_of_proportions(exact_limits, n).min() >= 0.95


@pytest.mark.parametrize("n", [14, 29, 80])
def test_wilson_covers_what_it_says_on_average(n: int) -> None:
    found = coverage_of_proportions(score_limits, n)

    assert found.mean() == pytest.approx(0.95, abs=0.01)
    assert found.min() > 0.83


@pytest.mark.parametrize(("first", "second"), [(0.1, 0.3), (0.3, 0.3), (0.05, 0.05), (0.5, 0.25)])
def test_newcombes_difference_covers_about_what_it_says(first: float, second: float) -> None:
    chance = np.outer(stats.binom.pmf(range(15), 14, first), stats.binom.pmf(range(16), 15, second))

    held = [
        [holds(evaluation.newcombe_difference(a=a, n1=14, b=b, n2=15), first - second) for b in range(16)]
        for a in range(15)
    ]

    assert 0.935 <= (chance * held).sum() <= 1


@pytest.mark.parametrize("mean", [0.5, 3, 11, 30])
def test_garwood_never_covers_less_than_it_says(mean: float) -> None:
    counts = range(100)

    held = [holds(evaluation.poisson_exact_ci(events=count, exposure=1), mean) for count in counts]

    assert (stats.poisson.pmf(counts, mean) * held).sum() >= 0.95


def test_the_exact_rate_ratio_never_covers_less_than_it_says() -> None:
    counts = range(36)
    chance = np.outer(stats.poisson.pmf(counts, 9), stats.poisson.pmf(counts, 12))

    held = [[holds(evaluation.rate_ratio_exact(a=a, ta=9, b=b, tb=12), 1) for b in counts] for a in counts]

    assert (chance * held).sum() >= 0.95


@pytest.mark.slow
def test_kaplan_meiers_log_log_interval_covers_with_40_people_and_censoring() -> None:
    def simulate(random: np.random.Generator) -> Result:
        event, left = random.exponential(200, 40), random.uniform(60, 365, 40)
        return evaluation.kaplan_meier(t=np.minimum(event, left), e=(event <= left).astype(int), times=[120])

    assert covered(simulate, float(np.exp(-120 / 200)), times=3000) == pytest.approx(0.95, abs=0.015)


@pytest.mark.slow
@pytest.mark.parametrize("ci", ["log", "plain"])
def test_the_other_two_limits_of_a_curve_cover_with_100_people(ci: str) -> None:
    def simulate(random: np.random.Generator) -> Result:
        event, left = random.exponential(200, 100), random.uniform(60, 365, 100)
        t, e = np.minimum(event, left), (event <= left).astype(int)
        return evaluation.kaplan_meier(t=t, e=e, times=[120], ci=ci)

    assert covered(simulate, float(np.exp(-120 / 200)), times=3000) == pytest.approx(0.95, abs=0.015)


@pytest.mark.slow
def test_the_interval_of_a_curve_without_events_is_not_too_sure() -> None:
    def simulate(random: np.random.Generator) -> Result:
        event = random.exponential(3000, 20)
        return evaluation.kaplan_meier(t=np.minimum(event, 365), e=(event <= 365).astype(int), times=[90])

    assert covered(simulate, float(np.exp(-90 / 3000)), times=3000) >= 0.935


@pytest.mark.slow
def test_aalen_johansens_interval_covers_with_custody_competing() -> None:
    def simulate(random: np.random.Generator) -> Result:
        event, custody = random.exponential(250, 80), random.exponential(500, 80)
        left = random.uniform(100, 400, 80)
        t = np.minimum(np.minimum(event, custody), left)
        codes = np.where(t == event, 1, np.where(t == custody, 2, 0))
        return evaluation.cumulative_incidence(t=t, event=codes, times=[180])

    hazard = 1 / 250 + 1 / 500
    truth = (1 / 250) / hazard * (1 - np.exp(-180 * hazard))
    assert covered(simulate, float(truth), times=3000) == pytest.approx(0.95, abs=0.015)


@pytest.mark.slow
@pytest.mark.parametrize("hazard_ratio", [1, 0.7, 0.35])
def test_petos_hazard_ratio_covers_with_and_without_a_difference(hazard_ratio: float) -> None:
    group = np.repeat([0, 1], 60)

    def simulate(random: np.random.Generator) -> Result:
        event = random.exponential(200, 120) / np.where(group, hazard_ratio, 1)
        return evaluation.logrank_test(t=np.minimum(event, 300), e=(event <= 300).astype(int), group=group)

    assert covered(simulate, hazard_ratio, times=2000) == pytest.approx(0.95, abs=0.015)


@pytest.mark.slow
def test_the_landmark_covers_no_difference_where_completers_from_the_start_do_not() -> None:
    naive = []

    def simulate(random: np.random.Generator) -> Result:
        event = random.exponential(300, 200)
        t, done = np.minimum(event, 365), random.uniform(50, 90, 200)
        exposed = [
            day if day <= end and wants else None
            for day, end, wants in zip(done, t, random.random(200) < 0.6, strict=True)
        ]
        found = evaluation.landmark(t=t, e=(event <= 365).astype(int), exposed_at=exposed, landmark=90)
        other = found.as_dict()["naive"]
        assert isinstance(other, dict)
        naive.append(other["p"] < 0.05)
        return found

    assert covered(simulate, 1.0, times=1000) == pytest.approx(0.95, abs=0.02)
    assert np.mean(naive) > 0.3


@pytest.mark.slow
def test_the_cox_interval_covers_the_true_hazard_ratio() -> None:
    def simulate(random: np.random.Generator) -> Result:
        x = random.integers(0, 2, 120)
        event = random.exponential(200 / np.exp(-0.5 * x))
        return evaluation.cox_ph(t=np.minimum(event, 300), e=(event <= 300).astype(int), covariates={"x": x})

    assert covered(simulate, float(np.exp(-0.5)), times=150) == pytest.approx(0.95, abs=0.04)


@pytest.mark.slow
def test_the_log_risk_ratio_covers() -> None:
    def simulate(random: np.random.Generator) -> Result:
        a, b = random.binomial(100, 0.2), random.binomial(100, 0.3)
        return evaluation.risk_ratio(a=int(a), n1=100, b=int(b), n2=100)

    assert covered(simulate, 2 / 3, times=4000) == pytest.approx(0.95, abs=0.015)


def nap_holds(before: np.ndarray, after: np.ndarray, truth: float) -> bool:
    nap = (pairs_difference(before, after) / (len(before) * len(after)) + 1) / 2
    low, high = nap_limits(nap, len(before), len(after), 0.95)
    return low <= truth <= high


@pytest.mark.slow
def test_the_interval_of_nap_covers_where_days_are_independent() -> None:
    random, truth = np.random.default_rng(7), float(stats.norm.cdf(1 / np.sqrt(2)))

    held = [nap_holds(random.normal(0, 1, 8), random.normal(1, 1, 12), truth) for _ in range(3000)]

    assert 0.93 <= np.mean(held) <= 0.98


@pytest.mark.slow
def test_nap_is_too_sure_where_days_depend_on_each_other_as_the_warning_says() -> None:
    random = np.random.default_rng(7)
    days = random.normal(size=(1000, 60))
    for day in range(1, 60):
        days[:, day] += 0.7 * days[:, day - 1]

    held = [nap_holds(row[:20], row[20:], 0.5) for row in days]

    assert np.mean(held) < 0.85


@pytest.mark.slow
def test_a_difference_of_changes_covers() -> None:
    def simulate(random: np.random.Generator) -> Result:
        groups = [random.poisson(mean, 60).tolist() for mean in (3, 2, 3, 2.5)]
        return evaluation.pre_post(
            pre=groups[0], post=groups[1], comparator_pre=groups[2], comparator_post=groups[3]
        )

    assert covered(simulate, -0.5, times=3000) == pytest.approx(0.95, abs=0.015)


@pytest.mark.slow
def test_a_single_mean_change_covers_for_scores_and_for_counts() -> None:
    null = {"mu": 10, "sd": 3, "reliability": 0.8, "cutoff": 0, "selection": "above"}

    def scores(random: np.random.Generator) -> Result:
        pre, post = random.normal(10, 3, 40).tolist(), random.normal(9, 3, 40).tolist()
        return evaluation.pre_post(pre=pre, post=post, kind="score", null=null)

    def counts(random: np.random.Generator) -> Result:
        return evaluation.pre_post(pre=random.poisson(3, 60).tolist(), post=random.poisson(2, 60).tolist())

    assert covered(scores, -1.0, times=3000) == pytest.approx(0.95, abs=0.015)
    assert covered(counts, -1.0, times=300) == pytest.approx(0.95, abs=0.03)


@pytest.mark.slow
def test_the_interrupted_series_covers_its_jump() -> None:
    time = np.arange(60)
    after = (time >= 36).astype(int)

    def simulate(random: np.random.Generator) -> Result:
        counts = random.poisson(np.exp(4 + 0.005 * time - 0.2 * after))
        return evaluation.interrupted_time_series(counts=counts, intervention=after, family="quasipoisson")

    assert covered(simulate, float(np.exp(-0.2)), times=800) == pytest.approx(0.95, abs=0.025)


@pytest.mark.slow
def test_the_weighted_difference_covers_what_confounding_hides() -> None:
    def simulate(random: np.random.Generator) -> Result:
        severe = random.integers(0, 2, 400)
        treated = (random.random(400) < 0.3 + 0.4 * severe).astype(int)
        outcome = (random.random(400) < 0.3 + 0.3 * severe - 0.1 * treated).astype(int)
        return evaluation.iptw(treated=treated, outcome=outcome, covariates={"severe": severe})

    assert covered(simulate, -0.1, times=250) == pytest.approx(0.95, abs=0.04)


@pytest.mark.slow
def test_the_bootstrap_covers_about_what_it_says() -> None:
    def simulate(random: np.random.Generator) -> Result:
        event, left = random.exponential(200, 80), random.uniform(60, 365, 80)
        return evaluation.bootstrap_survival(
            t=np.minimum(event, left), e=(event <= left).astype(int), times=[120], seed=1, replicates=300
        )

    assert covered(simulate, float(np.exp(-120 / 200)), times=500) == pytest.approx(0.94, abs=0.03)


@pytest.mark.slow
def test_the_exact_first_event_rate_of_a_follow_up_covers() -> None:
    episodes = [{"person": f"p{number}", "start": "2025-01-01"} for number in range(40)]

    def simulate(random: np.random.Generator) -> Result:
        days = np.floor(random.exponential(300, 40)).astype(int)
        events = [
            {"person": f"p{number}", "date": str(np.datetime64("2025-01-01") + day), "kind": "stalking"}
            for number, day in enumerate(days)
            if day <= 364
        ]
        return evaluation.follow_up(
            episodes=episodes, events=events, outcome=["stalking"], data_cut="2025-12-31"
        )

    assert covered(simulate, 365.25 / 300, times=400) >= 0.93
